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
  /** The header row, until it is written. */
  #head: string;

  constructor(
    private readonly sheet: Sheet<Id>,
    private readonly separator: CsvSeparator = "comma",
  ) {
    this.#head = `\ufeff${this.#lines([sheet.columns.map(({ label }) => protectCell(label, false))])}`;
  }

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    const { columns } = this.sheet;
    const records = rows.map((row) => columns.map((column) => this.#cell(row, column)));
    const text = this.#head + this.#lines(records);
    this.#head = "";
    return Buffer.from(text);
  }

  async finish(): Promise<Uint8Array> {
    return this.write([]);
  }

  #cell(row: SheetRow<Id>, { id, kind }: SheetColumn<Id>): string {
    const value = cellOf(row, id) ?? "";
    if (typeof value === "number") {
      const text = numberText(value);
      // If a semicolon separates values, a comma separates decimals.
      return this.separator === "semicolon" ? text.replace(".", ",") : text;
    }
    const text = value instanceof Date ? value.toISOString() : value;
    const writable = text.replace(UNWRITABLE, (character) => {
      this.replacedCharacters += 1;
      return character === "\0" ? "␀" : "\ufffd";
    });
    return protectCell(writable, kind === "id");
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
  /** The text before the next row. */
  #lead: string;

  constructor(private readonly sheet: Sheet<Id>) {
    this.#lead = `{${JSON.stringify(sheet.name)}:[`;
  }

  write(rows: readonly SheetRow<Id>[]): Uint8Array {
    const parts = rows.map((row) => {
      const text = `${this.#lead}\n${rowAsJson(row, this.sheet.columns)}`;
      this.#lead = ",";
      return text;
    });
    return Buffer.from(parts.join(""));
  }

  async finish(manifest: FileManifest): Promise<Uint8Array> {
    const open = this.#lead === "," ? "" : this.#lead;
    return Buffer.from(`${open}\n],"manifest":${JSON.stringify(manifest)}}\n`);
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

type FilePart<Id extends string> = {
  readonly rows: readonly SheetRow<Id>[];
  /** How many of how many rows were read, if that is to be said. */
  readonly progress: { readonly read: number; readonly total: number } | null;
};

type FileJob<Id extends string> = {
  readonly sheet: Sheet<Id>;
  readonly format: ExportFormat;
  readonly separator: CsvSeparator;
};

/**
 * Makes a file of parts, as they come.
 *
 * @param manifestOf called when all parts were written
 * @throws what the parts throw
 */
export async function* exportParts<Id extends string, About extends FileManifest>(
  { sheet, format, separator }: FileJob<Id>,
  parts: AsyncIterable<FilePart<Id>>,
  manifestOf: (written: Pick<FileManifest, "writtenRows" | "replacedCharacters">) => About,
): AsyncGenerator<ExportEvent<About>, void> {
  const writer = await createFileWriter(format, sheet, separator);
  let writtenRows = 0;
  const manifest = () => manifestOf({ writtenRows, replacedCharacters: writer.replacedCharacters });
  try {
    for await (const { rows, progress } of parts) {
      const bytes = writer.write(rows);
      writtenRows += rows.length;
      if (bytes.length > 0) yield { type: "bytes", bytes };
      if (progress) yield { type: "progress", read: progress.read, total: progress.total };
    }
    yield { type: "bytes", bytes: await writer.finish(manifest()) };
    yield { type: "end", manifest: manifest() };
  } finally {
    await writer.close?.();
  }
}

type RowsJob<Id extends string> = FileJob<Id> &
  Pick<ListManifest, "app" | "what" | "query" | "selectedRows"> & {
    /** The number of rows, if known. */
    readonly total: number;
    readonly readAt: Date;
    /** History before this time is sample data; null without sample data. */
    readonly sampleUntil: Date | null;
    readonly signal: AbortSignal;
  };

/**
 * Makes a file of rows of the desk's own database.
 *
 * @throws the signal's reason when aborted, and what the rows throw
 */
export function exportRows<Id extends string>(
  job: RowsJob<Id>,
  rowsInParts: AsyncIterable<readonly SheetRow<Id>[]>,
): AsyncGenerator<ExportEvent<ListManifest>, void> {
  const { app, what, query, selectedRows, sheet, format, readAt, sampleUntil } = job;
  const parts = async function* () {
    let read = 0;
    for await (const rows of rowsInParts) {
      job.signal.throwIfAborted();
      read += rows.length;
      yield { rows, progress: { read, total: Math.max(job.total, read) } };
    }
  };
  return exportParts(job, parts(), (written) => ({
    app,
    what,
    format,
    columns: sheet.columns.map(({ id }) => id),
    query,
    ...(selectedRows !== undefined && { selectedRows }),
    readAt: readAt.toISOString(),
    ...(sampleUntil && { sampleUntil: sampleUntil.toISOString() }),
    ...written,
  }));
}
