import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "./filter";
import { searchableText } from "./match";
import { ranksOf } from "./sort";

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
