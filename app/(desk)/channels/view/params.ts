import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { RANGE_IDS } from "@/lib/channels/history/trend";
import type { Region } from "@/lib/chat-api/regions";
import type { ExportFormat } from "@/lib/export/formats";
import { parseAsFlag } from "@/lib/list-params";
import { chooseTimeZone } from "@/lib/messages/time-zone";

/** Channels that one is compared with, at most. */
export const MOST_OTHERS = 4;

const PAGE = /^[1-9]\d{0,5}$/;

const NONE: readonly string[] = [];

/** Ids with commas between them; a comma in one is written as in an address. */
const parseAsIds = createParser<readonly string[]>({
  parse: (text) =>
    text.split(",").map((id) => id.replace(/%2C|%25/g, (code) => (code === "%25" ? "%" : ","))),
  serialize: (ids) => ids.map((id) => id.replaceAll("%", "%25").replaceAll(",", "%2C")).join(","),
  eq: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
});

/** A zone that this server knows; others fall back to the person's own. */
const parseAsZone = createParser<string>({
  parse: (text) => (chooseTimeZone(text) === text ? text : null),
  serialize: String,
});

/** The grammar of an address that shows a channel over time. */
const viewParsers = {
  app: parseAsString,
  channel: parseAsString,
  range: parseAsStringLiteral(RANGE_IDS).withDefault("30d"),
  zone: parseAsZone,
  with: parseAsIds.withDefault(NONE),
  index: parseAsFlag.withDefault(false),
  /** Of the table, the newest rows first. */
  page: createParser<number>({
    parse: (text) => (PAGE.test(text) ? Number(text) : null),
    serialize: String,
  }).withDefault(1),
};

export type ViewParams = inferParserType<typeof viewParsers>;

const load = createLoader(viewParsers);
const serialize = createSerializer(viewParsers);

/** What an address asks for; what is of no use in it falls back. */
export function readViewParams(query: URLSearchParams): ViewParams {
  const params = load(query);
  const others = new Set(params.with.filter((id) => id !== "" && id !== params.channel));
  return { ...params, channel: params.channel || null, with: [...others].slice(0, MOST_OTHERS) };
}

/** The address that says it otherwise in some points, from the first page of the table on. */
export function viewAddress(
  params: ViewParams,
  changes: Partial<ViewParams> = {},
  path = "/channels/view",
): string {
  return serialize(path, { ...params, page: 1, ...changes });
}

/** Where the numbers of a view are to be had as a file. */
export function exportAddress(params: ViewParams, format: ExportFormat): string {
  const address = viewAddress(params, {}, "/channels/view/export");
  return `${address}${address.includes("?") ? "&" : "?"}format=${format}`;
}

/** The directory of an app, with one channel of it opened where there is one. */
export function directoryAddress(app: string | null, channelId: string | null): string {
  const said = Object.entries({ app, row: channelId }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return said.length === 0 ? "/channels" : `/channels?${new URLSearchParams(said)}`;
}

/** The usual time zone of each region. */
const ZONES: Readonly<Record<Region, string>> = {
  china: "Asia/Shanghai",
  singapore: "Asia/Singapore",
  seoul: "Asia/Seoul",
  tokyo: "Asia/Tokyo",
  frankfurt: "Europe/Berlin",
  siliconvalley: "America/Los_Angeles",
  jakarta: "Asia/Jakarta",
};

/** Returns the time zones to choose from: the person's own, UTC, and those of the regions, the app's first. */
export function zonesOf(own: string, region: Region | null, chosen: string | null): string[] {
  const ofRegion = region === null ? [] : [ZONES[region]];
  const named = chosen === null ? [] : [chosen];
  return [...new Set([own, "UTC", ...ofRegion, ...Object.values(ZONES), ...named])];
}
