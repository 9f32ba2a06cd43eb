/** The file formats, as in the URL. */
export const EXPORT_FORMATS = ["csv", "xlsx", "json", "ndjson"] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The separators of a CSV file, as in the URL and the preference. */
export const CSV_SEPARATORS = ["comma", "semicolon", "tab"] as const;

export type CsvSeparator = (typeof CSV_SEPARATORS)[number];

type FileExtension = ExportFormat | "tsv" | "png";

/** Spreadsheets split a file named .csv at the separator of the system, and one named .tsv at tabs. */
export function fileExtension(format: ExportFormat, separator: CsvSeparator): FileExtension {
  return format === "csv" && separator === "tab" ? "tsv" : format;
}

export const MEDIA_TYPES: Readonly<Record<FileExtension, string>> = {
  csv: "text/csv; charset=utf-8",
  tsv: "text/tab-separated-values; charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  json: "application/json",
  ndjson: "application/x-ndjson",
  png: "image/png",
};

/** Returns a file name with the time: any text becomes a name that every system takes. */
export function exportFileName(what: string, at: Date, extension: FileExtension): string {
  const moment = at.toISOString().replace(/\.\d+|[-:]/g, "");
  return `${what.replace(/[^\w.-]+/g, "_")}-${moment}.${extension}`;
}

/** Returns the name of the manifest that lies beside a file. */
export function manifestFileName(fileName: string): string {
  return `${fileName.replace(/\.[a-z]+$/, "")}.manifest.json`;
}

/** Returns the header of an answer that a browser is to save under this name (RFC 6266, RFC 8187). */
export function attachment(fileName: string): string {
  return `attachment; filename="${fileName}"; filename*=UTF-8''${encodeURIComponent(fileName)}`;
}
