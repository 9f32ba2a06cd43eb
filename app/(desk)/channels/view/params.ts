import {
  createLoader,
  createParser,
  createSerializer,
  type inferParserType,
  type LoaderInput,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { instantOf, wallTimeOf } from "@/components/listing/filters/field-text";
import { MOST_COMPARED, writeIds } from "@/lib/channels/channels-address";
import { RANGE_IDS } from "@/lib/channels/history/trend";
import type { Region } from "@/lib/chat-api/hosts";
import type { ExportFormat } from "@/lib/export/formats";
import { parseAsFlag } from "@/lib/list-params";
import { chooseTimeZone } from "@/lib/messages/time-zone";
import { DAY_MS } from "@/lib/time";
import { clockOf } from "@/lib/zone-clock";

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

/** Parses a date such as "2026-03-08". */
const parseAsDate = createParser<string>({
  parse: (text) => (instantOf({ date: text, time: "00:00" }, "UTC") ? text : null),
  serialize: String,
});

/** The parameters of the address. */
const viewParsers = {
  app: parseAsString,
  channel: parseAsString,
  range: parseAsStringLiteral(RANGE_IDS).withDefault("30d"),
  /** The first and the last day, in place of a range that ends now. */
  from: parseAsDate,
  to: parseAsDate,
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
export function readViewParams(query: LoaderInput): ViewParams {
  const params = load(query);
  const others = new Set(params.with.filter((id) => id !== "" && id !== params.channel));
  const dates = chosenDates(params);
  return {
    ...params,
    // A date without a zone would mean another day for another person.
    ...(dates ? { zone: params.zone ?? "UTC" } : NO_DATES),
    channel: params.channel || null,
    with: [...others].slice(0, MOST_OTHERS),
  };
}

/** The change of an address that removes the dates. */
export const NO_DATES = { from: null, to: null } as const;

type Dates = { readonly from: string; readonly to: string };

/** Returns the first and the last day of an address; null unless it has both. */
export function chosenDates({ from, to }: ViewParams): Dates | null {
  return from === null || to === null ? null : { from, to };
}

/** Returns why these dates are no range up to now; null if they are one. */
export function datesProblem(
  { from, to }: Dates,
  timeZone: string,
  now: Date,
): "incomplete" | "reversed" | "future" | null {
  if (from === "" || to === "") return "incomplete";
  if (from > to) return "reversed";
  return from > wallTimeOf(now, timeZone).date ? "future" : null;
}

/** Returns the range of valid dates: whole days, but not later than now. */
export function rangeOfDates({ from, to }: Dates, timeZone: string, now: Date) {
  const { momentOf } = clockOf(timeZone);
  const end = momentOf(Date.parse(`${to}T00:00Z`) + DAY_MS);
  return {
    from: new Date(momentOf(Date.parse(`${from}T00:00Z`))),
    to: new Date(Math.min(end, now.getTime())),
  };
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
