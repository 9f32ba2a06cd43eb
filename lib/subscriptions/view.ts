import type { Subscription } from "@/lib/chat-api/types";
import { type ColumnId, type ColumnSort, type Filters, writeSorts } from "./filter";
import { matcherOf, searchableText } from "./match";
import { ranksOf, sortSubscriptions } from "./sort";

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
