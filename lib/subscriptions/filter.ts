import type { Field } from "@/lib/chat-api/types";
import { wellFormed } from "./folded-text";

/** What a row can be filtered and sorted by: each field of the API, and the id that always comes. */
export type ColumnId = Field | "channelId";

/** Which questions can be asked of a column. */
export type FilterKind = "text" | "choice" | "count" | "time";

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
 * One question of one column. Text compares without regard to case, composition and width (NFKC);
 * `is` compares exactly. Days are of 24 hours, counted back from the moment the rows were read.
 */
export type Filter =
  | { readonly op: "contains"; readonly text: string }
  | { readonly op: "is"; readonly text: string }
  /** Nothing is given; for a time: never. */
  | { readonly op: "empty" }
  /** Any of these values; null stands for "nothing is given". */
  | { readonly op: "oneOf"; readonly values: readonly (string | null)[] }
  /** Both ends included; null is open. */
  | { readonly op: "between"; readonly min: number | null; readonly max: number | null }
  | { readonly op: "before"; readonly at: Date }
  /** At this moment or later. */
  | { readonly op: "after"; readonly at: Date }
  | { readonly op: "withinDays"; readonly days: number };

/** At most one filter a column of a page; all of them must hold. */
export type ColumnFilters<Id extends string> = { readonly [Column in Id]?: Filter };

/** The filters of a subscriber's list. */
export type Filters = ColumnFilters<ColumnId>;

/** An order by one column of a page. */
export type ColumnSort<Id extends string> = {
  readonly column: Id;
  readonly descending: boolean;
};

/** The operators that a kind of column knows. */
const OPERATORS: Readonly<Record<FilterKind, readonly Filter["op"][]>> = {
  text: ["contains", "is", "empty"],
  choice: ["oneOf"],
  count: ["between"],
  time: ["before", "after", "withinDays", "empty"],
};

/** UTF-16 units of the longest text that a filter takes. */
export const MAX_FILTER_TEXT = 200;
/** UTF-16 units of the longest value to choose: an organization has up to 500 bytes. */
export const MAX_CHOICE_TEXT = 500;
export const MAX_CHOICES = 100;
export const MAX_DAYS = 3650;

/** "Nothing is given" among values; a value writes its own percent sign otherwise. */
const NOTHING = "%null";

/**
 * A filter as it stands in an address, such as `contains:foo`, `oneOf:a,%null`, `between:10..`, `empty`.
 * What `parseFilter` gives is written so that it gives the same again.
 */
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
      return `withinDays:${filter.days}`;
  }
}

/** The filter of a column of this kind that an address asks for, or null when that is none. */
export function parseFilter(kind: FilterKind, text: string): Filter | null {
  const [, name, rest = ""] = /^([a-zA-Z]+)(?::(.*))?$/s.exec(text) ?? [];
  const op = OPERATORS[kind].find((known) => known === name);
  return op ? READERS[op](rest) : null;
}

const READERS: Readonly<Record<Filter["op"], (rest: string) => Filter | null>> = {
  contains: (text) =>
    isText(text, MAX_FILTER_TEXT) ? { op: "contains", text: wellFormed(text) } : null,
  is: (text) => (isText(text, MAX_FILTER_TEXT) ? { op: "is", text: wellFormed(text) } : null),
  empty: (rest) => (rest === "" ? { op: "empty" } : null),
  oneOf: parseChoices,
  between: parseBetween,
  before: (text) => parseInstant("before", text),
  after: (text) => parseInstant("after", text),
  withinDays(text) {
    const days = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    return days >= 1 && days <= MAX_DAYS ? { op: "withinDays", days } : null;
  },
};

/** An empty text asks nothing: what the vendor left empty is null. */
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

function parseBetween(text: string): Filter | null {
  const match = /^(\d{0,16})\.\.(\d{0,16})$/.exec(text);
  if (!match) return null;
  const [min, max] = [match[1], match[2]].map((end) => (end ? Number(end) : null));
  if (min === undefined || max === undefined || (min === null && max === null)) return null;
  if (![min, max].every((end) => end === null || Number.isSafeInteger(end))) return null;
  return min !== null && max !== null && min > max ? null : { op: "between", min, max };
}

function parseInstant(op: "before" | "after", text: string): Filter | null {
  const iso = text.replace(/(:\d\d)Z$/, "$1.000Z");
  const at = new Date(iso);
  // Written back it must be the same: `Date` takes the 30th of February for the 2nd of March.
  return !Number.isNaN(at.getTime()) && at.toISOString() === iso ? { op, at } : null;
}

/** More than three columns nobody follows by eye. */
const MAX_SORTS = 3;

/** Sorts as they stand in an address: `-subscriberCount,name`, the minus for descending. */
export function writeSorts(sorts: readonly ColumnSort<string>[]): string {
  return sorts.map(({ column, descending }) => (descending ? `-${column}` : column)).join(",");
}

/**
 * The first three of the columns that can be sorted by, each as it stands first; null when there is none.
 * Names that the desk does not know are dropped, so that an address written by a later version still sorts.
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
