import { type CellKind, type CellValue, cellOf, type SheetColumn, type SheetRow } from "./sheet";
import { protectCell } from "./spreadsheet-cell";

/**
 * Rows as a spreadsheet takes them from the clipboard: a line of headers, tabs between cells. It runs
 * formulas from there too, so texts are protected as in an exported file.
 */
export function rowsAsText<Id extends string>(
  columns: readonly SheetColumn<Id>[],
  rows: readonly SheetRow<Id>[],
): string {
  const head = columns.map(({ label }) => cellText(label, "text"));
  const lines = rows.map((row) =>
    columns.map(({ id, kind }) => cellText(cellOf(row, id) ?? "", kind)),
  );
  return [head, ...lines].map((cells) => cells.join("\t")).join("\n");
}

function cellText(value: NonNullable<CellValue>, kind: CellKind): string {
  if (typeof value === "number") return String(value);
  const text = value instanceof Date ? value.toISOString() : value;
  const line = text.replace(/\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g, " ");
  const cell = protectCell(line, kind === "id");
  // A quotation mark in front would swallow the tabs that follow.
  return cell.startsWith('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}
