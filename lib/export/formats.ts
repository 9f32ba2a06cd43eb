/** The kinds of file, as the address names them. */
export const EXPORT_FORMATS = ["csv", "xlsx", "json", "ndjson"] as const;

export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What stands between the values of a CSV file, as the address and the preference name it. */
export const CSV_SEPARATORS = ["comma", "semicolon", "tab"] as const;

export type CsvSeparator = (typeof CSV_SEPARATORS)[number];

/** The ending of a file's name. */
export type FileExtension = ExportFormat | "tsv";

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
};
