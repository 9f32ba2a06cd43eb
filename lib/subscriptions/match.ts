import type { Subscription } from "@/lib/chat-api/types";
import { COLUMN_IDS, type ColumnId, type Filter, type Filters } from "./filter";
import { foldedText, wellFormed } from "./folded-text";

/** What a search looks into. The address of a picture is no text. */
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

/** The texts of a row that were asked for, folded, in one: a search never finds across two of them. */
export const searchableText = remembered((row) => {
  let text = "";
  // Folded text has no small letter, so that one parts them.
  for (const column of SEARCHED) if (row[column]) text += `${columnText(row, column)}a`;
  return text;
});

/** One text of each row, folded; empty where there is none. */
export function foldedColumn(column: ColumnId): (row: Subscription) => string {
  return columns.get(column) ?? ((row) => columnText(row, column));
}

function columnText(row: Subscription, column: ColumnId): string {
  const value = row[column];
  return typeof value === "string" ? foldedText(value) : "";
}

/** Somebody who types asks the same of the same rows at every key. */
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
 * Whether a row matches the search and every filter. A column that was not asked for is unknown, so a
 * filter on it matches no row; where nothing is given, only `empty` and `oneOf` with null match. Blanks
 * around the search do not count, and half a character is U+FFFD, as the address has it.
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
  // Last, because it takes longest.
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
      // What lies ahead of our clock is new, not old: it counts.
      const since = now.getTime() - filter.days * DAY;
      return moment(column, (at) => at >= since);
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
