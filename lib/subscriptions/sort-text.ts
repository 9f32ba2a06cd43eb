import type { ColumnSort } from "./filter";

/** More than three columns nobody follows by eye. */
export const MAX_SORTS = 3;

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
