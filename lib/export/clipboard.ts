import { type CellKind, type CellValue, cellOf, type SheetColumn, type SheetRow } from "./sheet";
import { numberText, protectCell } from "./spreadsheet-cell";

type CopiedRows = { readonly text: string; readonly html: string };

type Cell = { readonly value: NonNullable<CellValue>; readonly kind: CellKind };

/** The name and the ID of a channel stand first, and the address of its picture last. */
const PLACES: Readonly<Record<string, number>> = { name: -2, channelId: -1, avatarUrl: 1 };

/**
 * Returns rows for the clipboard with a header row: tab-separated text without formulas, and an
 * HTML table in which spreadsheets keep IDs and texts unchanged.
 */
export function copiedRows<Id extends string>(
  shown: readonly SheetColumn<Id>[],
  rows: readonly SheetRow<Id>[],
): CopiedRows {
  const place = ({ id }: SheetColumn<Id>) => PLACES[id] ?? 0;
  const columns = shown.toSorted((a, b) => place(a) - place(b));
  const table: Cell[][] = [
    columns.map(({ label }) => ({ value: label, kind: "text" })),
    ...rows.map((row) => columns.map(({ id, kind }) => ({ value: cellOf(row, id) ?? "", kind }))),
  ];
  return {
    text: table.map((cells) => cells.map(plainCell).join("\t")).join("\n"),
    html:
      '<meta charset="utf-8"><table>' +
      table.map((cells) => `<tr>${cells.map(htmlCell).join("")}</tr>`).join("") +
      "</table>",
  };
}

function plainCell({ value, kind }: Cell): string {
  if (typeof value === "number") return numberText(value);
  const cell = protectCell(oneLine(value), kind === "id");
  // A quotation mark in front would swallow the tabs that follow.
  return cell.startsWith('"') ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** An ID that is no formula even if a program ignores the cell format. */
const HARMLESS_ID = /^@?[\w#.]+[\w#.@-]*$/;

function htmlCell({ value, kind }: Cell): string {
  if (typeof value === "number") {
    const number = numberText(value);
    // Without these attributes a spreadsheet parses 1.5 in its own locale, perhaps as a date.
    return `<td x:num="${number}" sdval="${number}">${number}</td>`;
  }
  const line = oneLine(value);
  const text = kind === "id" && HARMLESS_ID.test(line) ? line : protectCell(line, kind === "id");
  // The format "text" for Excel, LibreOffice and Google Sheets.
  const sheets = escaped(JSON.stringify({ 1: 2, 2: text }));
  const format = `style="mso-number-format:'\\@'" sdnum="1033;0;@" data-sheets-value="${sheets}"`;
  return `<td ${format}>${escaped(text)}</td>`;
}

function oneLine(value: string | Date): string {
  const text = value instanceof Date ? value.toISOString() : value;
  return text.replace(/\r\n|[\t\n\v\f\r\u0085\u2028\u2029]/g, " ");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
