/** What a cell holds; null where nothing is given. */
export type CellValue = string | number | Date | null;

/** An id is a text even when it looks like a number. */
export type CellKind = "id" | "text" | "count" | "time";

export type SheetColumn<Id extends string = string> = {
  readonly id: Id;
  /** What it is called in the person's language. */
  readonly label: string;
  readonly kind: CellKind;
};

/** What a file holds: rows of these columns, from left to right. */
export type Sheet<Id extends string = string> = {
  /** What the rows are, in one word: the name of the sheet, and the key before the rows of JSON. */
  readonly name: string;
  readonly columns: readonly SheetColumn<Id>[];
};

/** What is absent is not given either, unless the row names it in `unreadable`. */
export type SheetRow<Id extends string = string> = { readonly [Column in Id]?: CellValue } & {
  /** The columns whose value came in a form that cannot be read. */
  readonly unreadable?: readonly string[];
};

/** What a cell holds in place of a value that could not be read. */
export const UNREADABLE = "[unreadable]";

/** The value of a cell, for formats in which a row has nothing but cells. */
export function cellOf<Id extends string>(row: SheetRow<Id>, id: Id): CellValue {
  return row.unreadable?.includes(id) ? UNREADABLE : (row[id] ?? null);
}
