import { stringify } from "csv-stringify/sync";
import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { isIdColumn } from "./columns";
import { protectCell } from "./csv-text";
import type { FileWriter, Sheet } from "./file-writer";

/**
 * NUL, at which many readers stop, and half characters, which UTF-8 does not have. A picture of NUL and
 * the replacement character stand for them.
 */
const UNWRITABLE = /(?=\0)\p{Cc}|\p{Cs}/gu;

/** Comma-separated values as spreadsheets like them: marked as UTF-8, lines ended by CR LF. */
export class CsvWriter implements FileWriter {
  replacedCharacters = 0;
  #headed = false;
  readonly #sheet: Sheet;

  constructor(sheet: Sheet) {
    this.#sheet = sheet;
  }

  write(rows: readonly Subscription[]): Uint8Array {
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
    const { columns, labels } = this.#sheet;
    return `\ufeff${lines([columns.map((column) => labels[column])])}`;
  }

  #cell(row: Subscription, column: ColumnId): string {
    const value = row[column] ?? "";
    if (typeof value === "number") return String(value);
    const text = value instanceof Date ? value.toISOString() : value;
    return protectCell(this.#writable(text), isIdColumn(column));
  }

  #writable(text: string): string {
    return text.replace(UNWRITABLE, (character) => {
      this.replacedCharacters += 1;
      return character === "\0" ? "␀" : "\ufffd";
    });
  }
}

function lines(records: readonly (readonly string[])[]): string {
  return stringify([...records], { record_delimiter: "\r\n" });
}
