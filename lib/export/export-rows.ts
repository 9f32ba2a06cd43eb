import { createFileWriter } from "./file-writer";
import type { CsvSeparator, ExportFormat } from "./formats";
import type { FileManifest, ListManifest } from "./manifest";
import type { FileWriter, Sheet, SheetRow } from "./sheet";

/** Events while a file is created. The last is `end`. Without it there is no file. */
export type ExportEvent<About extends FileManifest> =
  | { readonly type: "progress"; readonly read: number; readonly total: number }
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  | { readonly type: "end"; readonly manifest: About };

type RowsJob<Id extends string> = Pick<ListManifest, "app" | "what" | "query"> & {
  readonly sheet: Sheet<Id>;
  readonly format: ExportFormat;
  readonly separator: CsvSeparator;
  /** The number of rows, if known. */
  readonly total: number;
  readonly readAt: Date;
  /** History before this time is sample data; null without sample data. */
  readonly sampleUntil: Date | null;
  readonly signal: AbortSignal;
};

/**
 * Makes a file of rows that come in parts, as they come.
 *
 * @throws the signal's reason when aborted, and what the rows throw
 */
export async function* exportRows<Id extends string>(
  job: RowsJob<Id>,
  parts: AsyncIterable<readonly SheetRow<Id>[]>,
): AsyncGenerator<ExportEvent<ListManifest>, void> {
  const { app, what, query, sheet, format, total, readAt, sampleUntil, signal } = job;
  const writer = await createFileWriter(format, sheet, job.separator);
  try {
    let writtenRows = 0;
    for await (const rows of parts) {
      signal.throwIfAborted();
      const bytes = writer.write(rows);
      writtenRows += rows.length;
      if (bytes.length > 0) yield { type: "bytes", bytes };
      yield { type: "progress", read: writtenRows, total: Math.max(total, writtenRows) };
    }
    yield* finished(writer, {
      app,
      what,
      format,
      columns: sheet.columns.map(({ id }) => id),
      query,
      readAt: readAt.toISOString(),
      ...(sampleUntil && { sampleUntil: sampleUntil.toISOString() }),
      writtenRows,
      replacedCharacters: writer.replacedCharacters,
    });
  } finally {
    await writer.close?.();
  }
}

/** The last events of a file. */
export async function* finished<About extends FileManifest>(
  writer: FileWriter,
  manifest: About,
): AsyncGenerator<ExportEvent<About>, void> {
  yield { type: "bytes", bytes: await writer.finish(manifest) };
  const { replacedCharacters } = writer;
  yield { type: "end", manifest: { ...manifest, replacedCharacters } };
}
