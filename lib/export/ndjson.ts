import { rowAsJson } from "./json";
import type { FileManifest } from "./manifest";
import type { FileWriter, Sheet, SheetRow } from "./sheet";

/** A row a line, and on the last line the manifest. */
export class NdjsonWriter<Id extends string> implements FileWriter<Id> {
  readonly replacedCharacters = 0;
  readonly #sheet: Sheet<Id>;

  constructor(sheet: Sheet<Id>) {
    this.#sheet = sheet;
  }

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    return Buffer.from(rows.map((row) => `${rowAsJson(row, this.#sheet.columns)}\n`).join(""));
  }

  async finish(manifest: FileManifest): Promise<Uint8Array> {
    return Buffer.from(`${JSON.stringify({ manifest })}\n`);
  }
}
