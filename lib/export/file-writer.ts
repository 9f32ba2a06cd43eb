import { CsvWriter } from "./csv";
import type { CsvSeparator, ExportFormat } from "./formats";
import { JsonWriter } from "./json";
import { NdjsonWriter } from "./ndjson";
import type { FileWriter, Sheet } from "./sheet";

/** Returns the writer of a format. */
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
      // Loaded on demand: few exports are workbooks.
      const { XlsxWriter } = await import("./xlsx");
      return new XlsxWriter(sheet);
    }
  }
}
