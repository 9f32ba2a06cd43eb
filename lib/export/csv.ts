import { stringify } from "csv-stringify/sync";
import type { FileWriter } from "./file-writer";
import { cellOf, type Sheet, type SheetColumn, type SheetRow } from "./sheet";
import { protectCell } from "./spreadsheet-cell";

/**
 * NUL, at which many readers stop, and half characters, which UTF-8 does not have. A picture of NUL and
 * the replacement character stand for them.
 */
const UNWRITABLE = /(?=\0)\p{Cc}|\p{Cs}/gu;

/** Writes comma-separated values for spreadsheets: marked as UTF-8, every value quoted, lines ended by CR LF. */
export class CsvWriter<Id extends string> implements FileWriter<Id> {
  replacedCharacters = 0;
  #headed = false;
  readonly #sheet: Sheet<Id>;

  constructor(sheet: Sheet<Id>) {
    this.#sheet = sheet;
  }

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    const { columns } = this.#sheet;
    const records = rows.map((row) => columns.map((column) => this.#cell(row, column)));
    return Buffer.from(this.#head() + lines(records));
  }

  async finish(): Promise<Uint8Array> {
    return Buffer.from(this.#head());
  }

  #head(): string {
    if (this.#headed) return "";
    this.#headed = true;
    return `\ufeff${lines([this.#sheet.columns.map(({ label }) => protectCell(label, false))])}`;
  }

  #cell(row: SheetRow<Id>, { id, kind }: SheetColumn<Id>): string {
    const value = cellOf(row, id) ?? "";
    if (typeof value === "number") return String(value);
    const text = value instanceof Date ? value.toISOString() : value;
    return protectCell(this.#writable(text), kind === "id");
  }

  #writable(text: string): string {
    return text.replace(UNWRITABLE, (character) => {
      this.replacedCharacters += 1;
      return character === "\0" ? "␀" : "\ufffd";
    });
  }
}

// Naming a record delimiter makes the library leave other line breaks unquoted, so every value is quoted.
function lines(records: readonly (readonly string[])[]): string {
  return stringify([...records], { record_delimiter: "\r\n", quoted: true, quoted_empty: true });
}
