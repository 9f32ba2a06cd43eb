import type { Field, Subscription } from "@/lib/chat-api/types";
import { wellFormed } from "./folded-text";

/** A column that rows can be filtered and sorted by: each field of the API, and the ID. */
export type ColumnId = Field | "channelId";

/** The kinds of filters. */
export type FilterKind = "text" | "choice" | "count" | "change" | "percent" | "time";

export const FILTER_KINDS: Readonly<Record<ColumnId, FilterKind>> = {
  name: "text",
  channelId: "text",
  ownerId: "choice",
  subscriberCount: "count",
  lastMessageAt: "time",
  createdAt: "time",
  introduction: "text",
  organization: "choice",
  avatarUrl: "text",
  customString: "text",
  subscribedAt: "time",
  subscriberCustomString: "text",
};

export const COLUMN_IDS = Object.keys(FILTER_KINDS) as readonly ColumnId[];

/**
 * A filter of one column. Text is compared without case, composition and width (NFKC); `is`
 * compares exactly. Days have 24 hours and are counted back from the time of the read.
 */
export type Filter =
  | { readonly op: "contains"; readonly text: string }
  | { readonly op: "is"; readonly text: string }
  /** Empty; for a time: never. */
  | { readonly op: "empty" }
  /** Any of these values; null stands for an empty one. */
  | { readonly op: "oneOf"; readonly values: readonly (string | null)[] }
  /** Both ends included; null is open. Changes may be negative, percentages also fractions. */
  | { readonly op: "between"; readonly min: number | null; readonly max: number | null }
  | { readonly op: "before"; readonly at: Date }
  /** At this time or later. */
  | { readonly op: "after"; readonly at: Date }
  | { readonly op: "withinDays"; readonly days: number }
  /** The opposite: longer ago, or never. */
  | { readonly op: "notWithinDays"; readonly days: number };

/** At most one filter per column of a page. All of them must match. */
export type ColumnFilters<Id extends string> = { readonly [Column in Id]?: Filter };

/** The filters of a subscriber's list. */
export type Filters = ColumnFilters<ColumnId>;

/** Sorts a page by one column. */
export type ColumnSort<Id extends string> = {
  readonly column: Id;
  readonly descending: boolean;
};

const OPERATORS: Readonly<Record<FilterKind, readonly Filter["op"][]>> = {
  text: ["contains", "is", "empty"],
  choice: ["oneOf"],
  count: ["between"],
  change: ["between"],
  percent: ["between"],
  time: ["before", "after", "withinDays", "notWithinDays", "empty"],
};

/** UTF-16 units of the longest text of a filter. */
export const MAX_FILTER_TEXT = 200;
/** UTF-16 units of the longest selectable value: an organization has up to 500 bytes. */
export const MAX_CHOICE_TEXT = 500;
export const MAX_CHOICES = 100;
export const MAX_DAYS = 3650;

/** The empty value in a list; a percent sign in a value is escaped. */
const NOTHING = "%null";

/** Writes a filter for a URL: `contains:foo`, `oneOf:a,%null`, `between:10..`, `empty`. */
export function writeFilter(filter: Filter): string {
  switch (filter.op) {
    case "contains":
    case "is":
      return `${filter.op}:${wellFormed(filter.text)}`;
    case "empty":
      return filter.op;
    case "oneOf":
      return `oneOf:${filter.values.map(writeChoice).join(",")}`;
    case "between":
      return `between:${filter.min ?? ""}..${filter.max ?? ""}`;
    case "before":
    case "after":
      return `${filter.op}:${filter.at.toISOString()}`;
    case "withinDays":
    case "notWithinDays":
      return `${filter.op}:${filter.days}`;
  }
}

/** Parses the filter of a column of this kind. Returns null for anything else. */
export function parseFilter(kind: FilterKind, text: string): Filter | null {
  const [, name, rest = ""] = /^([a-zA-Z]+)(?::(.*))?$/s.exec(text) ?? [];
  const op = OPERATORS[kind].find((known) => known === name);
  return op ? READERS[op](rest, kind) : null;
}

type Read = (rest: string, kind: FilterKind) => Filter | null;

const READERS: Readonly<Record<Filter["op"], Read>> = {
  contains: (text) =>
    isText(text, MAX_FILTER_TEXT) ? { op: "contains", text: wellFormed(text) } : null,
  is: (text) => (isText(text, MAX_FILTER_TEXT) ? { op: "is", text: wellFormed(text) } : null),
  empty: (rest) => (rest === "" ? { op: "empty" } : null),
  oneOf: parseChoices,
  between: parseBetween,
  before: (text) => parseInstant("before", text),
  after: (text) => parseInstant("after", text),
  withinDays: (text) => parseDays("withinDays", text),
  notWithinDays: (text) => parseDays("notWithinDays", text),
};

/** An empty text is no filter: empty values are null. */
function isText(text: string, max: number): boolean {
  return text !== "" && text.length <= max;
}

function writeChoice(value: string | null): string {
  return value === null ? NOTHING : wellFormed(value).replaceAll("%", "%25").replaceAll(",", "%2C");
}

function parseChoices(text: string): Filter | null {
  const written = text.split(",", MAX_CHOICES + 1);
  if (written.length > MAX_CHOICES) return null;
  const values = new Set<string | null>();
  for (const choice of written) {
    const value = choice === NOTHING ? null : parseChoice(choice);
    if (value === undefined) return null;
    values.add(value);
  }
  return { op: "oneOf", values: [...values] };
}

function parseChoice(text: string): string | undefined {
  if (/%(?!25|2c)/i.test(text)) return undefined;
  const value = wellFormed(text.replace(/%2c/gi, ",").replaceAll("%25", "%"));
  return isText(value, MAX_CHOICE_TEXT) ? value : undefined;
}

const RANGES: Readonly<Partial<Record<FilterKind, RegExp>>> = {
  count: /^(\d{1,16})?\.\.(\d{1,16})?$/,
  change: /^(-?\d{1,16})?\.\.(-?\d{1,16})?$/,
  percent: /^(-?\d{1,9}(?:\.\d{1,4})?)?\.\.(-?\d{1,9}(?:\.\d{1,4})?)?$/,
};

function parseBetween(text: string, kind: FilterKind): Filter | null {
  const match = RANGES[kind]?.exec(text);
  if (!match) return null;
  // Without a negative zero.
  const [min, max] = [match[1], match[2]].map((end) => (end ? Number(end) + 0 : null));
  if (min === undefined || max === undefined || (min === null && max === null)) return null;
  const isExact = (end: number | null) => Math.abs(end ?? 0) <= Number.MAX_SAFE_INTEGER;
  if (!isExact(min) || !isExact(max)) return null;
  return min !== null && max !== null && min > max ? null : { op: "between", min, max };
}

function parseDays(op: "withinDays" | "notWithinDays", text: string): Filter | null {
  const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  return days >= 1 && days <= MAX_DAYS ? { op, days } : null;
}

function parseInstant(op: "before" | "after", text: string): Filter | null {
  const iso = text.replace(/(:\d\d)Z$/, "$1.000Z");
  const at = new Date(iso);
  // The round trip must match: `Date` reads the 30th of February as the 2nd of March.
  return !Number.isNaN(at.getTime()) && at.toISOString() === iso ? { op, at } : null;
}

/** More than three sort columns are hard to follow. */
const MAX_SORTS = 3;

/** Returns sorts as in a URL: `-subscriberCount,name`, with a minus for descending. */
export function writeSorts(sorts: readonly ColumnSort<string>[]): string {
  return sorts.map(({ column, descending }) => (descending ? `-${column}` : column)).join(",");
}

/**
 * Parses the first three known columns, each in its first occurrence. Returns null if there is
 * none. Unknown names are dropped, so that a URL of a later version still sorts.
 */
export function parseSorts<Id extends string>(
  text: string,
  columns: readonly Id[],
): ColumnSort<Id>[] | null {
  const sorts: ColumnSort<Id>[] = [];
  for (const name of text.split(",")) {
    const descending = name.startsWith("-");
    const column = columns.find((id) => id === (descending ? name.slice(1) : name));
    if (!column || sorts.some((sort) => sort.column === column)) continue;
    sorts.push({ column, descending });
    if (sorts.length === MAX_SORTS) break;
  }
  return sorts.length > 0 ? sorts : null;
}

export type ValueCount = {
  /** Null: empty. */
  readonly value: string | null;
  readonly count: number;
};

/**
 * Returns the values of a column, most frequent first, then by text, with the empty value last.
 * Rows in which the column was not requested are not counted.
 */
export function countValues(rows: readonly Subscription[], column: ColumnId): ValueCount[] {
  const counts = new Map<string | null, number>();
  for (const row of rows) {
    const cell = row[column];
    if (cell === undefined) continue;
    const value = cell === null ? null : wellFormed(String(cell));
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return Array.from(counts, ([value, count]) => ({ value, count })).sort(byFrequency);
}

function byFrequency(a: ValueCount, b: ValueCount): number {
  if (a.value === null) return 1;
  if (b.value === null) return -1;
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}
