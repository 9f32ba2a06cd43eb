import type { Subscription } from "@/lib/chat-api/types";
import {
  COLUMN_IDS,
  type ColumnId,
  type ColumnSort,
  FILTER_KINDS,
  type Filter,
  type Filters,
  writeSorts,
} from "./filter";
import { foldedText, wellFormed } from "./folded-text";

export type Sort = ColumnSort<ColumnId>;

/** The query of a whole set. Without a sort the rows stay in the list's order. */
export type ViewQuery = {
  /** Searched in all requested texts of a row; empty matches all. */
  readonly search: string;
  readonly filters: Filters;
  /** The first decides, the next breaks ties. Empty values come last in both directions. */
  readonly sorts: readonly Sort[];
};

/** What a view depends on besides its rows. */
type ViewContext = {
  /** Days are counted back from here: when the rows were read. */
  readonly now: Date;
  readonly locale: string;
};

/** Returns the matching rows in the requested order; the same array for an empty query. */
export function viewOf(
  rows: readonly Subscription[],
  query: ViewQuery,
  { now, locale }: ViewContext,
): readonly Subscription[] {
  const sorted = query.sorts.length === 0 ? rows : sortedOnce(rows, query.sorts, locale);
  const isWhole = query.search.trim() === "" && !Object.values(query.filters).some(Boolean);
  return isWhole ? sorted : sorted.filter(matcherOf(query, now));
}

type Sorted = { readonly key: string; readonly rows: readonly Subscription[] };

const latest = new WeakMap<readonly Subscription[], Sorted>();

/** All rows are sorted before filtering, so that typing a filter does not sort again. */
function sortedOnce(rows: readonly Subscription[], sorts: readonly Sort[], locale: string) {
  const key = `${locale} ${writeSorts(sorts)}`;
  const known = latest.get(rows);
  if (known?.key === key) return known.rows;
  const sorted = sortSubscriptions(rows, sorts, locale);
  latest.set(rows, { key, rows: sorted });
  return sorted;
}

const ROWS_A_PIECE = 1000;

/**
 * Precomputes the first sort and the first search of these rows, in pieces of a few milliseconds,
 * so that an idle callback may stop after each.
 */
export function* prepareView(
  rows: readonly Subscription[],
  columns: readonly ColumnId[],
  locale: string,
): Generator<void, void> {
  for (let start = 0; start < rows.length; start += ROWS_A_PIECE) {
    for (const row of rows.slice(start, start + ROWS_A_PIECE)) searchableText(row);
    yield;
  }
  for (const column of columns) {
    ranksOf(rows, column, locale);
    yield;
  }
}

/** The searched columns. The URL of a picture is not text. */
const SEARCHED: readonly ColumnId[] = [
  "name",
  "channelId",
  "ownerId",
  "introduction",
  "organization",
  "customString",
  "subscriberCustomString",
];

const columns = new Map(
  COLUMN_IDS.map((column) => [column, remembered((row) => columnText(row, column))]),
);

/** Returns the folded texts of a row. A search never matches across two of them. */
export const searchableText = remembered((row) => {
  let text = "";
  // Folded text has no lower-case letter, so one separates them.
  for (const column of SEARCHED) if (row[column]) text += `${columnText(row, column)}a`;
  return text;
});

/** One folded text per row; empty if there is none. */
export function foldedColumn(column: ColumnId): (row: Subscription) => string {
  return columns.get(column) ?? ((row) => columnText(row, column));
}

function columnText(row: Subscription, column: ColumnId): string {
  const value = row[column];
  return typeof value === "string" ? foldedText(value) : "";
}

/** While somebody types, the same rows are searched for every key. */
function remembered(make: (row: Subscription) => string): (row: Subscription) => string {
  const known = new WeakMap<Subscription, string>();
  return (row) => {
    const before = known.get(row);
    if (before !== undefined) return before;
    const text = make(row);
    known.set(row, text);
    return text;
  };
}

type RowTest = (row: Subscription) => boolean;

const DAY = 24 * 60 * 60 * 1000;

/**
 * Returns whether a row matches the search and every filter. A column that was not requested is
 * unknown, so a filter on it matches no row. Empty values match only `empty` and `oneOf` with null.
 * Outer blanks of the search are ignored, and a lone surrogate is U+FFFD, as in a URL.
 */
export function matcherOf(
  query: { readonly search: string; readonly filters: Filters },
  now: Date,
): RowTest {
  const tests = COLUMN_IDS.flatMap((column) => {
    const filter = query.filters[column];
    return filter ? [rowTest(column, filter, now)] : [];
  });
  const search = foldedText(query.search.trim());
  // Last, because it is the slowest.
  if (search !== "") tests.push((row) => searchableText(row).includes(search));
  return (row) => tests.every((test) => test(row));
}

function rowTest(column: ColumnId, filter: Filter, now: Date): RowTest {
  switch (filter.op) {
    case "contains": {
      const text = foldedColumn(column);
      const folded = foldedText(filter.text);
      return (row) => typeof row[column] === "string" && text(row).includes(folded);
    }
    case "is":
      return oneOf(column, [filter.text]);
    case "empty":
      return (row) => row[column] === null;
    case "oneOf":
      return oneOf(column, filter.values);
    case "between":
      return between(column, filter.min, filter.max);
    case "before":
      return moment(column, (at) => at < filter.at.getTime());
    case "after":
      return moment(column, (at) => at >= filter.at.getTime());
    case "withinDays": {
      // A time ahead of our clock is new and matches.
      const since = now.getTime() - filter.days * DAY;
      return moment(column, (at) => at >= since);
    }
    case "notWithinDays": {
      const since = now.getTime() - filter.days * DAY;
      const isOlder = moment(column, (at) => at < since);
      return (row) => row[column] === null || isOlder(row);
    }
  }
}

function oneOf(column: ColumnId, values: readonly (string | null)[]): RowTest {
  const accepted = new Set(values.map((value) => value && wellFormed(value)));
  return (row) => {
    const value = row[column];
    if (value === null) return accepted.has(null);
    return typeof value === "string" && accepted.has(wellFormed(value));
  };
}

function between(column: ColumnId, min: number | null, max: number | null): RowTest {
  const [from, to] = [min ?? Number.NEGATIVE_INFINITY, max ?? Number.POSITIVE_INFINITY];
  return (row) => {
    const value = row[column];
    return typeof value === "number" && value >= from && value <= to;
  };
}

function moment(column: ColumnId, test: (at: number) => boolean): RowTest {
  return (row) => {
    const value = row[column];
    return value instanceof Date && test(value.getTime());
  };
}

/** The rank of each row by the distinct values of a column, from 0. Equal values share a rank. */
type Ranks = {
  /** `nothing` if a value is empty or was not requested. */
  readonly ranks: Uint32Array;
  /** The rank behind all others. */
  readonly nothing: number;
};

/** Columns in natural language. Every other text is an ID, a URL or made by a program. */
const WORDS: readonly ColumnId[] = ["name", "introduction", "organization"];

const known = new WeakMap<readonly Subscription[], Map<string, Ranks>>();

/** Ranks rows by a column, once for these rows, which must not change afterwards. */
export function ranksOf(rows: readonly Subscription[], column: ColumnId, locale: string): Ranks {
  const ofRows = known.get(rows) ?? new Map<string, Ranks>();
  known.set(rows, ofRows);
  const key = `${column} ${locale}`;
  const ranks = ofRows.get(key) ?? rank(rows, column, locale);
  ofRows.set(key, ranks);
  return ranks;
}

function rank(rows: readonly Subscription[], column: ColumnId, locale: string): Ranks {
  const kind = FILTER_KINDS[column];
  if (kind === "count" || kind === "time") {
    const numbers = rows.map((row) => (row[column] == null ? null : Number(row[column])));
    return rankValues(
      numbers,
      different(numbers).sort((a, b) => a - b),
    );
  }
  const texts = rows.map((row) => (row[column] == null ? null : String(row[column])));
  if (WORDS.includes(column)) {
    const order = wordOrder(locale);
    // Comparing in a language is slow, but its order is close to code units: a sorted start needs
    // fewer comparisons.
    return rankValues(texts, different(texts).sort().sort(order), order);
  }
  const keys = texts.map((text) => text && codeKey(text));
  return rankValues(keys, different(keys).sort());
}

function different<Value>(values: readonly (Value | null)[]): Value[] {
  return [...new Set(values)].filter((value) => value !== null);
}

/**
 * @param sorted the distinct values, in this order
 * @param order returns 0 for different values that are equal in it; by default none are
 */
function rankValues<Value>(
  values: readonly (Value | null)[],
  sorted: readonly Value[],
  order: (a: Value, b: Value) => number = () => 1,
): Ranks {
  const rankOf = new Map<Value | null, number>();
  let nothing = 0;
  let previous: Value | null = null;
  for (const value of sorted) {
    if (previous === null || order(previous, value) !== 0) nothing += 1;
    rankOf.set(value, nothing - 1);
    previous = value;
  }
  return { ranks: Uint32Array.from(values, (value) => rankOf.get(value) ?? nothing), nothing };
}

/**
 * Returns sorted rows. The first sort decides and the next ones break ties. Equal rows keep the list's order.
 * Missing values come last in both directions.
 *
 * Names, introductions and organizations follow the order of the language. Ids, addresses and custom
 * data are the same in every language: by code unit, digits by value.
 */
export function sortSubscriptions(
  rows: readonly Subscription[],
  sorts: readonly ColumnSort<ColumnId>[],
  locale: string,
): Subscription[] {
  let order = rows.map((_, index) => index);
  // The last sort runs first, because each sort is stable.
  for (const { column, descending } of sorts.toReversed()) {
    order = reordered(order, ranksOf(rows, column, locale), descending);
  }
  const sorted: Subscription[] = [];
  for (const index of order) {
    const row = rows[index];
    if (row) sorted.push(row);
  }
  return sorted;
}

/** Packs rank and position into one number, which the engine sorts without callbacks. */
function reordered(order: readonly number[], { ranks, nothing }: Ranks, descending: boolean) {
  const keys = new Float64Array(order.length);
  // An indexed loop: on the first click this runs before it is compiled.
  for (let position = 0; position < order.length; position += 1) {
    const place = ranks[order[position] ?? 0] ?? nothing;
    const target = descending && place < nothing ? nothing - 1 - place : place;
    keys[position] = target * order.length + position;
  }
  return Array.from(keys.sort(), (key) => order[key % order.length] ?? 0);
}

const collators = new Map<string, Intl.Collator>();

/** Compares words in a language. Digits compare by value, case and width only between equals. */
function wordOrder(locale: string): (a: string, b: string) => number {
  const collator = collators.get(locale) ?? new Intl.Collator(locale, { numeric: true });
  collators.set(locale, collator);
  return collator.compare;
}

/**
 * Returns a sort key of an ID, the same in every language: `user-9` comes before `user-10`. It compares by code
 * unit, and digits by value, then by leading zeros.
 */
function codeKey(text: string): string {
  return text.replace(/\d+/g, (run) => {
    const digits = run.replace(/^0+/, "");
    const zeros = run.length - digits.length;
    return `0${String.fromCharCode(digits.length)}${digits}${String.fromCharCode(zeros)}`;
  });
}
