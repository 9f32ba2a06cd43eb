import type { Subscription } from "@/lib/chat-api/types";
import { type Ranks, ranksOf } from "./ranks";
import type { Sort } from "./view";

/**
 * The rows in another order: the first sort decides, the next breaks its ties, and what remains equal
 * stays in the list's order. What is not given comes last, ascending and descending.
 *
 * Names, introductions and organizations follow the order of the language. Ids, addresses and custom
 * data are the same in every language: by code unit, digits by value.
 */
export function sortSubscriptions(
  rows: readonly Subscription[],
  sorts: readonly Sort[],
  locale: string,
): Subscription[] {
  let order = rows.map((_, index) => index);
  // From the least of the sorts to the first, each of them stable.
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

/** Place and position in one number each, which the engine sorts without calling us. */
function reordered(order: readonly number[], { places, nothing }: Ranks, descending: boolean) {
  const keys = new Float64Array(order.length);
  // Counted, not iterated: at the first click this runs before it is compiled.
  for (let position = 0; position < order.length; position += 1) {
    const place = places[order[position] ?? 0] ?? nothing;
    const target = descending && place < nothing ? nothing - 1 - place : place;
    keys[position] = target * order.length + position;
  }
  return Array.from(keys.sort(), (key) => order[key % order.length] ?? 0);
}
