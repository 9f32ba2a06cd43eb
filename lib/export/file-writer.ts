import { CsvWriter } from "./csv";
import type { CsvSeparator, ExportFormat } from "./formats";
import { JsonWriter } from "./json";
import type { FileManifest } from "./manifest";
import { NdjsonWriter } from "./ndjson";
import type { Sheet, SheetRow } from "./sheet";

/** Makes the bytes of one file. */
export type FileWriter<Id extends string = string> = {
  /** Characters that stand for others; known for sure when the file is finished. */
  readonly replacedCharacters: number;
  /** The bytes that these rows add, as far as they are ready. */
  write(rows: readonly SheetRow<Id>[]): Uint8Array;
  /** The rest of the bytes. */
  finish(manifest: FileManifest): Promise<Uint8Array>;
  /** Lets go of what the file is made with, also when it was not finished. */
  close?(): Promise<void>;
};

export async function createFileWriter<Id extends string>(
  format: ExportFormat,
  sheet: Sheet<Id>,
  separator: CsvSeparator = "comma",
): Promise<FileWriter<Id>> {
  switch (format) {
    case "csv":
      return new CsvWriter(sheet, separator);
    case "json":
      return new JsonWriter(sheet);
    case "ndjson":
      return new NdjsonWriter(sheet);
    case "xlsx": {
      // Its library is of use to few requests.
      const { XlsxWriter } = await import("./xlsx");
      return new XlsxWriter(sheet);
    }
  }
}
