import type { ColumnFilters, Filter, FilterKind } from "@/lib/subscriptions/filter";

/** A column that can be filtered or sorted by, with the name it has on the screen. */
export type FilterColumn<Id extends string = string> = {
  readonly id: Id;
  readonly label: string;
  readonly kind: FilterKind;
  /** What a time that is not given means: that it never was, not that nobody tells it. */
  readonly never?: boolean;
  /** What the values of a choice are called that are words of ours; others are shown as they are. */
  readonly names?: ReadonlyMap<string, string>;
};

/** These filters, with another one of this column, or with none. */
export function withFilter<Id extends string>(
  filters: ColumnFilters<Id>,
  column: Id,
  filter: Filter | null,
): ColumnFilters<Id> {
  const others = { ...filters };
  delete others[column];
  return filter === null ? others : { ...others, [column]: filter };
}
