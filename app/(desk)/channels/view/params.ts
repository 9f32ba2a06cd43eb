import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { MOST_COMPARED, writeIds } from "@/lib/channels/channels-address";
import { RANGE_IDS } from "@/lib/channels/history/trend";
import type { Region } from "@/lib/chat-api/hosts";
import type { ExportFormat } from "@/lib/export/formats";
import { parseAsFlag } from "@/lib/list-params";
import { chooseTimeZone } from "@/lib/messages/time-zone";

/** The most channels to compare with. */
export const MOST_OTHERS = MOST_COMPARED - 1;

const PAGE = /^[1-9]\d{0,5}$/;

const NONE: readonly string[] = [];

/** Parses what `writeIds` wrote. */
const parseAsIds = createParser<readonly string[]>({
  parse: (text) =>
    text.split(",").map((id) => id.replace(/%2C|%25/g, (code) => (code === "%25" ? "%" : ","))),
  serialize: writeIds,
  eq: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
});

/** Parses a time zone that the server knows. */
const parseAsZone = createParser<string>({
  parse: (text) => (chooseTimeZone(text) === text ? text : null),
  serialize: String,
});

/** The parameters of the address. */
const viewParsers = {
  app: parseAsString,
  channel: parseAsString,
  range: parseAsStringLiteral(RANGE_IDS).withDefault("30d"),
  zone: parseAsZone,
  with: parseAsIds.withDefault(NONE),
  index: parseAsFlag.withDefault(false),
  /** Whether the table and the files have one row a day. */
  daily: parseAsFlag.withDefault(false),
  /** The page of the table, newest rows first. */
  page: createParser<number>({
    parse: (text) => (PAGE.test(text) ? Number(text) : null),
    serialize: String,
  }).withDefault(1),
};

export type ViewParams = inferParserType<typeof viewParsers>;

const load = createLoader(viewParsers);
const serialize = createSerializer(viewParsers);

/** Parses an address. Invalid values become the defaults. */
export function readViewParams(query: URLSearchParams): ViewParams {
  const params = load(query);
  const others = new Set(params.with.filter((id) => id !== "" && id !== params.channel));
  return { ...params, channel: params.channel || null, with: [...others].slice(0, MOST_OTHERS) };
}

/** Returns the address with some changes, at the first page of the table. */
export function viewAddress(
  params: ViewParams,
  changes: Partial<ViewParams> = {},
  path = "/channels/view",
): string {
  return serialize(path, { ...params, page: 1, ...changes });
}

/** Returns the address of the exported file. */
export function exportAddress(params: ViewParams, format: ExportFormat): string {
  const address = viewAddress(params, {}, "/channels/view/export");
  return `${address}${address.includes("?") ? "&" : "?"}format=${format}`;
}

/** Returns the address of the list of an app, with the drawer of a channel if there is one. */
export function directoryAddress(app: string | null, channelId: string | null): string {
  const query = Object.entries({ app, row: channelId }).flatMap(([name, value]) =>
    value === null ? [] : [[name, value]],
  );
  return query.length === 0 ? "/channels" : `/channels?${new URLSearchParams(query)}`;
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
