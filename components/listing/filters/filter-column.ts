import type { ColumnFilters, Filter, FilterKind, ValueCount } from "@/lib/subscriptions/filter";

/** A column that can be filtered or sorted by, with its label. */
export type FilterColumn<Id extends string = string> = {
  readonly id: Id;
  readonly label: string;
  readonly kind: FilterKind;
  /** Whether an absent time means "never" instead of "not given". */
  readonly never?: boolean;
  /** Labels of the values of a choice. Other values are shown as they are. */
  readonly names?: ReadonlyMap<string, string>;
};

/** Returns the filters with the column's filter replaced, or removed for null. */
export function withFilter<Id extends string>(
  filters: ColumnFilters<Id>,
  column: Id,
  filter: Filter | null,
): ColumnFilters<Id> {
  const others = { ...filters };
  delete others[column];
  return filter === null ? others : { ...others, [column]: filter };
}

/** The values of a column; null while they are being read, "unreadable" when that failed. */
export type Values = readonly ValueCount[] | "unreadable" | null;

/** What the forms read from the rows. Methods, so that a form accepts the columns of every page. */
export type FilterRows<Id extends string = string> = {
  /** Returns the values of a column of kind `choice`. */
  valuesOf(column: Id): Values;
  /** Called before the form of such a column opens, to read its values on demand. */
  onOpenForm?(column: Id): void;
  /** Returns whether the values are only the most frequent ones. Others can then be typed. */
  isCut?(column: Id): boolean;
  readonly complete: boolean;
  /** The moment from which days are counted back. */
  readonly now: Date;
};

/** One column with its current filter: the props of a filter form. */
export type FilterFormProps = {
  readonly column: FilterColumn;
  readonly filter: Filter | undefined;
  readonly rows: FilterRows;
  /** Null removes the filter. */
  readonly onApply: (filter: Filter | null) => void;
};

/** The ID of the search box, focused by the key "/" and after the last filter is removed. */
export const SEARCH_BOX_ID = "filter-rows";
