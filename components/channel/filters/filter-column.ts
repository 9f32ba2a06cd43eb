import type { ColumnId, Filter, Filters } from "@/lib/subscriptions/filter";

/** A column that can be filtered, by the name it has on the screen. */
export type FilterColumn = { readonly id: ColumnId; readonly label: string };

/** These filters, with another one of this column, or with none. */
export function withFilter(filters: Filters, column: ColumnId, filter: Filter | null): Filters {
  const { [column]: _replaced, ...others } = filters;
  return filter === null ? others : { ...others, [column]: filter };
}
