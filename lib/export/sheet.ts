import type { FileManifest } from "./manifest";

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

/** Encodes the rows of one export file. */
export type FileWriter<Id extends string = string> = {
  /** Number of characters that the format cannot hold and that were replaced. Final after `finish`. */
  readonly replacedCharacters: number;
  /** Returns the encoded bytes that are ready after these rows. */
  write(rows: readonly SheetRow<Id>[]): Uint8Array;
  /** Returns the remaining bytes. */
  finish(manifest: FileManifest): Promise<Uint8Array>;
  /** Releases the writer's resources. Also called for an unfinished file. */
  close?(): Promise<void>;
};
