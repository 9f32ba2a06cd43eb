import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { CsvWriter } from "./csv";
import type { ExportFormat } from "./formats";
import { JsonWriter } from "./json";
import type { Manifest } from "./manifest";
import { NdjsonWriter } from "./ndjson";

/** Makes the bytes of one file. */
export type FileWriter = {
  /** Characters written so far that stand for others. */
  readonly replacedCharacters: number;
  /** The bytes that these rows add, as far as they are ready. */
  write(rows: readonly Subscription[]): Uint8Array;
  /** The rest of the bytes. */
  finish(manifest: Manifest): Promise<Uint8Array>;
};

export type Sheet = {
  readonly columns: readonly ColumnId[];
  /** What each column is called in the person's language. */
  readonly labels: Readonly<Record<ColumnId, string>>;
};

export async function createFileWriter(format: ExportFormat, sheet: Sheet): Promise<FileWriter> {
  switch (format) {
    case "csv":
      return new CsvWriter(sheet);
    case "json":
      return new JsonWriter(sheet.columns);
    case "ndjson":
      return new NdjsonWriter(sheet.columns);
    case "xlsx": {
      // Its library is of use to few requests.
      const { XlsxWriter } = await import("./xlsx");
      return new XlsxWriter(sheet);
    }
  }
}
