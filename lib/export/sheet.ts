import type { Field } from "@/lib/chat-api/types";
import { COLUMN_IDS, type ColumnId, FILTER_KINDS } from "@/lib/subscriptions/filter";
import type { FileManifest } from "./manifest";

/** The value of a cell; null if empty. */
export type CellValue = string | number | Date | null;

/** An ID is text even if it looks like a number. */
export type CellKind = "id" | "text" | "count" | "time";

export type SheetColumn<Id extends string = string> = {
  readonly id: Id;
  readonly label: string;
  readonly kind: CellKind;
};

/** The content of a file: rows of these columns, from left to right. */
export type Sheet<Id extends string = string> = {
  /** What the rows are, in one word: the name of the sheet and the key of the rows in JSON. */
  readonly name: string;
  readonly columns: readonly SheetColumn<Id>[];
};

/** Absent values are empty, unless the row names them in `unreadable`. */
export type SheetRow<Id extends string = string> = { readonly [Column in Id]?: CellValue } & {
  /** The columns with an unreadable value. */
  readonly unreadable?: readonly string[];
};

/** The cell text for an unreadable value. */
const UNREADABLE = "[unreadable]";

/** Returns the value of a cell, for formats that have nothing but cells. */
export function cellOf<Id extends string>(row: SheetRow<Id>, id: Id): CellValue {
  return row.unreadable?.includes(id) ? UNREADABLE : (row[id] ?? null);
}

/** Encodes the rows of one export file. */
export type FileWriter<Id extends string = string> = {
  /** Number of characters that the format cannot hold and that were replaced. Final after `finish`. */
  readonly replacedCharacters: number;
  /** Returns the encoded bytes that are ready after these rows. */
  write(rows: readonly SheetRow<Id>[]): Uint8Array;
  finish(manifest: FileManifest): Promise<Uint8Array>;
  /** Releases the writer's resources. Also called for an unfinished file. */
  close?(): Promise<void>;
};

/** Moves the address of the picture, which is first on the screen, behind the other columns. */
export function withPictureLast<Id extends string>(columns: readonly Id[]): Id[] {
  const rank = (column: Id) => (column === "avatarUrl" ? 1 : 0);
  return columns.toSorted((a, b) => rank(a) - rank(b));
}

/** Returns the columns of a file: the shown ones and always the ID, in the requested order. */
export function exportColumns(shown: readonly Field[], order: readonly string[]): ColumnId[] {
  const place = (column: ColumnId) => {
    const index = order.indexOf(column);
    return index === -1 ? order.length : index;
  };
  const isShown = (column: ColumnId) => column === "channelId" || shown.includes(column);
  return withPictureLast(COLUMN_IDS.filter(isShown).sort((a, b) => place(a) - place(b)));
}

/** Returns the sheet of a subscriber's channels. */
export function sheetOf(
  columns: readonly ColumnId[],
  labels: Readonly<Record<ColumnId, string>>,
): Sheet<ColumnId> {
  return {
    name: "channels",
    columns: columns.map((id) => ({ id, label: labels[id], kind: cellKind(id) })),
  };
}

/** IDs are text even if they look like numbers. */
export function cellKind(column: ColumnId): CellKind {
  if (column === "channelId" || column === "ownerId") return "id";
  const kind = FILTER_KINDS[column];
  return kind === "count" || kind === "time" ? kind : "text";
}
