import { stringify } from "csv-stringify/sync";
import type { CsvSeparator } from "./formats";
import { cellOf, type FileWriter, type Sheet, type SheetColumn, type SheetRow } from "./sheet";
import { numberText, protectCell } from "./spreadsheet-cell";

/**
 * NUL, at which many readers stop, and half characters, which UTF-8 does not have. A picture of NUL and
 * the replacement character stand for them.
 */
const UNWRITABLE = /(?=\0)\p{Cc}|\p{Cs}/gu;

const DELIMITERS: Readonly<Record<CsvSeparator, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
};

/** Writes separated values for spreadsheets: marked as UTF-8, every value quoted, lines ended by CR LF. */
export class CsvWriter<Id extends string> implements FileWriter<Id> {
  replacedCharacters = 0;
  #headed = false;
  readonly #sheet: Sheet<Id>;
  readonly #separator: CsvSeparator;

  constructor(sheet: Sheet<Id>, separator: CsvSeparator = "comma") {
    this.#sheet = sheet;
    this.#separator = separator;
  }

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    const { columns } = this.#sheet;
    const records = rows.map((row) => columns.map((column) => this.#cell(row, column)));
    return Buffer.from(this.#head() + this.#lines(records));
  }

  async finish(): Promise<Uint8Array> {
    return Buffer.from(this.#head());
  }

  #head(): string {
    if (this.#headed) return "";
    this.#headed = true;
    return `\ufeff${this.#lines([this.#sheet.columns.map(({ label }) => protectCell(label, false))])}`;
  }

  #cell(row: SheetRow<Id>, { id, kind }: SheetColumn<Id>): string {
    const value = cellOf(row, id) ?? "";
    if (typeof value === "number") return this.#number(value);
    const text = value instanceof Date ? value.toISOString() : value;
    return protectCell(this.#writable(text), kind === "id");
  }

  #writable(text: string): string {
    return text.replace(UNWRITABLE, (character) => {
      this.replacedCharacters += 1;
      return character === "\0" ? "␀" : "\ufffd";
    });
  }

  // Where a semicolon separates values, a comma separates decimals.
  #number(value: number): string {
    const text = numberText(value);
    return this.#separator === "semicolon" ? text.replace(".", ",") : text;
  }

  // Naming a record delimiter makes the library leave other line breaks unquoted, so every value is quoted.
  #lines(records: readonly (readonly string[])[]): string {
    return stringify([...records], {
      delimiter: DELIMITERS[this.#separator],
      record_delimiter: "\r\n",
      quoted: true,
      quoted_empty: true,
    });
  }
}
