import { stringify } from "csv-stringify/sync";
import { protectCell } from "@/lib/export/csv-text";
import type { AuditRow } from "./chain";

/** The columns of the file, from left to right. */
export const EXPORT_COLUMNS = [
  "sequence",
  "at",
  "actorEmail",
  "actorRole",
  "address",
  "action",
  "outcome",
  "code",
  "app",
  "subscriberId",
  "target",
  "fields",
  "reason",
  "rows",
  "durationMs",
  "requestId",
  "hash",
] as const satisfies readonly (keyof AuditRow)[];

type ExportColumn = (typeof EXPORT_COLUMNS)[number];

/** What each column is called in the person's language. */
export type ExportLabels = Readonly<Record<ExportColumn, string>>;

// What a spreadsheet could take for a number or a date, and is neither.
const IDS: ReadonlySet<ExportColumn> = new Set(["app", "subscriberId", "target", "code"]);

/** The line with the names of the columns, marked as UTF-8. */
export function csvHead(labels: ExportLabels): string {
  return `\ufeff${lines([EXPORT_COLUMNS.map((column) => labels[column])])}`;
}

/** Rows as lines that no spreadsheet runs; moments are in UTC, actions and outcomes by their names. */
export function csvLines(rows: readonly AuditRow[]): string {
  return lines(rows.map((row) => EXPORT_COLUMNS.map((column) => cell(row[column], column))));
}

function cell(value: AuditRow[ExportColumn], column: ExportColumn): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  if (value instanceof Date) return value.toISOString();
  return protectCell(typeof value === "string" ? value : value.join(","), IDS.has(column));
}

function lines(records: readonly (readonly string[])[]): string {
  return stringify([...records], { record_delimiter: "\r\n" });
}
