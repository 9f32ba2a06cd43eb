import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "./filter";
import { wellFormed } from "./folded-text";

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
    const given = row[column];
    if (given === undefined) continue;
    const value = given === null ? null : wellFormed(String(given));
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return Array.from(counts, ([value, count]) => ({ value, count })).sort(byFrequency);
}

function byFrequency(a: ValueCount, b: ValueCount): number {
  if (a.value === null) return 1;
  if (b.value === null) return -1;
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}
