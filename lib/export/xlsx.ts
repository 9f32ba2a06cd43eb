import writeExcelFile, { type Cell } from "write-excel-file/node";
import type { Subscription } from "@/lib/chat-api/types";
import { type ColumnId, FILTER_KINDS } from "@/lib/subscriptions/filter";
import { isIdColumn } from "./columns";
import type { FileWriter, Sheet } from "./file-writer";
import type { Manifest } from "./manifest";
import { manifestCells } from "./xlsx-manifest";
import { xlsxText } from "./xlsx-text";

/** A spreadsheet has no time zones, so what is shown says which one is meant. */
const DATE_FORMAT = 'yyyy-mm-dd hh:mm:ss" UTC"';

/** The dates that every spreadsheet counts alike: before, Excel knows a day that never was. */
const FIRST_DATE = Date.UTC(1900, 2, 1);
const LAST_DATE = Date.UTC(9999, 11, 31, 23, 59, 59);

/** A workbook with the channels and, on a second sheet, the manifest. The format is made at once, at the end. */
export class XlsxWriter implements FileWriter {
  replacedCharacters = 0;
  readonly #sheet: Sheet;
  readonly #rows: Cell[][] = [];

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  write(rows: readonly Subscription[]): Uint8Array {
    const { columns } = this.#sheet;
    for (const row of rows) this.#rows.push(columns.map((column) => this.#cell(row, column)));
    return new Uint8Array();
  }

  async finish(manifest: Manifest): Promise<Uint8Array> {
    const { columns, labels } = this.#sheet;
    const head = columns.map((column) => ({ value: labels[column], fontWeight: "bold" as const }));
    const channels = {
      sheet: "channels",
      data: [head, ...this.#rows],
      columns: columns.map((column) => ({ width: width(column) })),
      stickyRowsCount: 1,
    };
    const about = {
      sheet: "manifest",
      data: manifestCells(manifest),
      columns: [{ width: 24 }, { width: 60 }],
    };
    return writeExcelFile([channels, about]).toBuffer();
  }

  #cell(row: Subscription, column: ColumnId): Cell {
    const value = row[column] ?? null;
    if (value === null) return null;
    if (typeof value === "number") return { value, type: Number, format: "#,##0" };
    if (!(value instanceof Date)) return this.#text(value, isIdColumn(column));
    return value.getTime() >= FIRST_DATE && value.getTime() <= LAST_DATE
      ? { value, type: Date, format: DATE_FORMAT }
      : this.#text(value.toISOString(), false);
  }

  #text(whole: string, isId: boolean): Cell {
    const { text, replacedCharacters } = xlsxText(whole);
    this.replacedCharacters += replacedCharacters;
    // Marked as text, an id stays one when somebody edits its cell.
    return { value: text, type: String, ...(isId && { format: "@" }) };
  }
}

function width(column: ColumnId): number {
  return FILTER_KINDS[column] === "count" ? 12 : FILTER_KINDS[column] === "time" ? 24 : 32;
}
