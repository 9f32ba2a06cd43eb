import type { Subscription } from "@/lib/chat-api/types";
import { type ColumnId, type ColumnSort, type Filters, writeSorts } from "./filter";
import { matcherOf, searchableText } from "./match";
import { ranksOf, sortSubscriptions } from "./sort";

export type Sort = ColumnSort<ColumnId>;

/** What is wanted of a whole set: the rows that match, in this order; without a sort in the list's own. */
export type ViewQuery = {
  /** Searched for in all texts of a row that were asked for; empty finds all. */
  readonly search: string;
  readonly filters: Filters;
  /** The first decides, the next breaks its ties. What is not given comes last, either way. */
  readonly sorts: readonly Sort[];
};

/** What a view depends on besides its rows. */
type ViewContext = {
  /** Days are counted back from here: when the rows were read. */
  readonly now: Date;
  readonly locale: string;
};

/** The rows that match, in the order wanted; the same array where nothing is wanted. */
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

/** All rows are sorted, then filtered: so that somebody who types a filter waits for no sort. */
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
 * Does what the first sort and the first search of these rows would do, and remembers it. In pieces of a
 * few milliseconds, so that whoever has nothing else to do may stop after each.
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
