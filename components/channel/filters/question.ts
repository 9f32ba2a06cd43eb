import type { Filter } from "@/lib/subscriptions/filter";
import type { ValueCount } from "@/lib/subscriptions/values";
import type { FilterColumn } from "./filter-column";

/** The values of a column; null while they are being read, "unreadable" when that failed. */
export type Values = readonly ValueCount[] | "unreadable" | null;

/** What the forms need to know of the rows. Methods, so that a form need not know a room's columns. */
export type RowFacts<Id extends string = string> = {
  /** The values of a column of kind `choice`. */
  valuesOf(column: Id): Values;
  /** The form of such a column opens, for whoever reads values only then. */
  onAsk?(column: Id): void;
  /** Whether the values of a column are only the most frequent ones, so that others can be typed. */
  isCut?(column: Id): boolean;
  /** The rows in hand are all there are. */
  readonly complete: boolean;
  /** The moment from which days are counted back. */
  readonly now: Date;
};

/** What can be asked of one column, and what is asked. */
export type Question = {
  readonly column: FilterColumn;
  readonly filter: Filter | undefined;
  readonly facts: RowFacts;
  /** Null asks for no filter. */
  readonly onApply: (filter: Filter | null) => void;
};
