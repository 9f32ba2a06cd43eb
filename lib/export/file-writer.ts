import { stringify } from "csv-stringify/sync";
import type { CsvSeparator, ExportFormat } from "./formats";
import type { FileManifest, ListManifest } from "./manifest";
import { cellOf, type FileWriter, type Sheet, type SheetColumn, type SheetRow } from "./sheet";
import { numberText, protectCell } from "./spreadsheet-cell";

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

/**
 * NUL, at which many readers stop, and lone surrogates, which UTF-8 cannot hold. The symbol for NUL
 * and the replacement character stand for them.
 */
const UNWRITABLE = /(?=\0)\p{Cc}|\p{Cs}/gu;

const DELIMITERS: Readonly<Record<CsvSeparator, string>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
};

/** Writes CSV for spreadsheets: marked as UTF-8, every value quoted, lines ended by CR LF. */
export class CsvWriter<Id extends string> implements FileWriter<Id> {
  replacedCharacters = 0;
  #headed = false;

  constructor(
    private readonly sheet: Sheet<Id>,
    private readonly separator: CsvSeparator = "comma",
  ) {}

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    const { columns } = this.sheet;
    const records = rows.map((row) => columns.map((column) => this.#cell(row, column)));
    return Buffer.from(this.#head() + this.#lines(records));
  }

  async finish(): Promise<Uint8Array> {
    return Buffer.from(this.#head());
  }

  #head(): string {
    if (this.#headed) return "";
    this.#headed = true;
    return `\ufeff${this.#lines([this.sheet.columns.map(({ label }) => protectCell(label, false))])}`;
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

  // If a semicolon separates values, a comma separates decimals.
  #number(value: number): string {
    const text = numberText(value);
    return this.separator === "semicolon" ? text.replace(".", ",") : text;
  }

  // Naming a record delimiter makes the library leave other line breaks unquoted, so every value is quoted.
  #lines(records: readonly (readonly string[])[]): string {
    return stringify([...records], {
      delimiter: DELIMITERS[this.separator],
      record_delimiter: "\r\n",
      quoted: true,
      quoted_empty: true,
    });
  }
}

/** Writes one JSON object with the rows, one per line, and the manifest. */
class JsonWriter<Id extends string> implements FileWriter<Id> {
  readonly replacedCharacters = 0;
  #written = 0;

  constructor(private readonly sheet: Sheet<Id>) {}

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    const parts = rows.map((row) => this.#lead() + rowAsJson(row, this.sheet.columns));
    return Buffer.from(parts.join(""));
  }

  async finish(manifest: FileManifest): Promise<Uint8Array> {
    const open = this.#written === 0 ? this.#head() : "\n";
    return Buffer.from(`${open}],"manifest":${JSON.stringify(manifest)}}\n`);
  }

  #lead(): string {
    this.#written += 1;
    return this.#written === 1 ? `${this.#head()}\n` : ",\n";
  }

  #head(): string {
    return `{${JSON.stringify(this.sheet.name)}:[`;
  }
}

/** Returns a row with our names as keys. Missing values are null, times are ISO 8601. */
function rowAsJson<Id extends string>(
  row: SheetRow<Id>,
  columns: readonly SheetColumn<Id>[],
): string {
  const entries = columns.map(({ id }) => [id, row[id] ?? null] as const);
  const unreadable = columns.flatMap(({ id }) => (row.unreadable?.includes(id) ? [id] : []));
  return JSON.stringify({
    ...Object.fromEntries(entries),
    ...(unreadable.length > 0 && { unreadable }),
  });
}

/** Writes one row per line and the manifest on the last line. */
class NdjsonWriter<Id extends string> implements FileWriter<Id> {
  readonly replacedCharacters = 0;

  constructor(private readonly sheet: Sheet<Id>) {}

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    return Buffer.from(rows.map((row) => `${rowAsJson(row, this.sheet.columns)}\n`).join(""));
  }

  async finish(manifest: FileManifest): Promise<Uint8Array> {
    return Buffer.from(`${JSON.stringify({ manifest })}\n`);
  }
}

/** Events while a file is created. The last is `end`. Without it there is no file. */
export type ExportEvent<About extends FileManifest> =
  | { readonly type: "progress"; readonly read: number; readonly total: number }
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  | { readonly type: "end"; readonly manifest: About };

type RowsJob<Id extends string> = Pick<ListManifest, "app" | "what" | "query" | "selectedRows"> & {
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
  const { app, what, query, selectedRows, sheet, format, total, readAt, sampleUntil, signal } = job;
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
      ...(selectedRows !== undefined && { selectedRows }),
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
