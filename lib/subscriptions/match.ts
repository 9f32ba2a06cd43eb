import type { Subscription } from "@/lib/chat-api/types";
import { COLUMN_IDS, type ColumnId, type Filter, type Filters } from "./filter";
import { foldedText, wellFormed } from "./folded-text";

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

/**
 * Returns the requested texts of a row, folded and joined. A search never matches across two of
 * them.
 */
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
  const wanted = foldedText(query.search.trim());
  // Last, because it is the slowest.
  if (wanted !== "") tests.push((row) => searchableText(row).includes(wanted));
  return (row) => tests.every((test) => test(row));
}

function rowTest(column: ColumnId, filter: Filter, now: Date): RowTest {
  switch (filter.op) {
    case "contains": {
      const text = foldedColumn(column);
      const wanted = foldedText(filter.text);
      return (row) => typeof row[column] === "string" && text(row).includes(wanted);
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
  const wanted = new Set(values.map((value) => value && wellFormed(value)));
  return (row) => {
    const value = row[column];
    if (value === null) return wanted.has(null);
    return typeof value === "string" && wanted.has(wellFormed(value));
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
