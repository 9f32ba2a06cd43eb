import writeExcelFile, { type Cell } from "write-excel-file/node";
import type { FileWriter } from "./file-writer";
import type { FileManifest } from "./manifest";
import { type CellKind, cellOf, type Sheet, type SheetColumn, type SheetRow } from "./sheet";
import { manifestCells } from "./xlsx-manifest";
import { xlsxText } from "./xlsx-text";

/** A spreadsheet has no time zones, so what is shown says which one is meant. */
const DATE_FORMAT = 'yyyy-mm-dd hh:mm:ss" UTC"';

/** The dates that every spreadsheet counts alike: before, Excel knows a day that never was. */
const FIRST_DATE = Date.UTC(1900, 2, 1);
const LAST_DATE = Date.UTC(9999, 11, 31, 23, 59, 59);

const WIDTHS: Readonly<Record<CellKind, number>> = { id: 32, text: 32, count: 12, time: 24 };

/** A workbook with the rows and, on a second sheet, the manifest. The format is made at once, at the end. */
export class XlsxWriter<Id extends string> implements FileWriter<Id> {
  replacedCharacters = 0;
  readonly #sheet: Sheet<Id>;
  readonly #rows: Cell[][] = [];

  constructor(sheet: Sheet<Id>) {
    this.#sheet = sheet;
  }

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    const { columns } = this.#sheet;
    for (const row of rows) this.#rows.push(columns.map((column) => this.#cell(row, column)));
    return new Uint8Array();
  }

  async finish(manifest: FileManifest): Promise<Uint8Array> {
    const { name, columns } = this.#sheet;
    const head = columns.map(({ label }) => ({ value: label, fontWeight: "bold" as const }));
    const rows = {
      sheet: name,
      data: [head, ...this.#rows],
      columns: columns.map(({ kind }) => ({ width: WIDTHS[kind] })),
      stickyRowsCount: 1,
    };
    const about = {
      sheet: "manifest",
      data: manifestCells(manifest),
      columns: [{ width: 24 }, { width: 60 }],
    };
    return writeExcelFile([rows, about]).toBuffer();
  }

  #cell(row: SheetRow<Id>, { id, kind }: SheetColumn<Id>): Cell {
    const value = cellOf(row, id);
    if (value === null) return null;
    if (typeof value === "number") {
      return { value, type: Number, format: Number.isInteger(value) ? "#,##0" : "#,##0.0#" };
    }
    if (!(value instanceof Date)) return this.#text(value, kind === "id");
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
