import type { ColumnLook } from "./column";

export type TableSort<Id extends string = string> = {
  readonly column: Id;
  readonly descending: boolean;
};

export type Sorting<Id extends string = string> = {
  /** The first decides, the next breaks its ties. */
  readonly sorts: readonly TableSort<Id>[];
  /** It was asked for and is not yet done: the rows are still on their way. */
  readonly pending: boolean;
  readonly onSort: (sorts: readonly TableSort<Id>[]) => void;
};

/** What a press on a header does: its first direction, then the other, then none. */
export function pressedSorts<Id extends string>(
  sorts: readonly TableSort<Id>[],
  { id, sorts: first }: { readonly id: Id; readonly sorts?: ColumnLook["sorts"] },
  added: boolean,
): readonly TableSort<Id>[] {
  const startsDescending = first === "descending";
  const present = sorts.find(({ column }) => column === id);
  if (!present) return withSort(sorts, { column: id, descending: startsDescending }, added);
  if (present.descending === startsDescending) {
    return withSort(sorts, { column: id, descending: !startsDescending }, added);
  }
  return added ? sorts.filter(({ column }) => column !== id) : [];
}

/** This sort alone, or added to the others; a column keeps its place among them. */
export function withSort<Id extends string>(
  sorts: readonly TableSort<Id>[],
  sort: TableSort<Id>,
  added: boolean,
): readonly TableSort<Id>[] {
  if (!added) return [sort];
  const known = sorts.some(({ column }) => column === sort.column);
  if (!known) return [...sorts, sort];
  return sorts.map((other) => (other.column === sort.column ? sort : other));
}
