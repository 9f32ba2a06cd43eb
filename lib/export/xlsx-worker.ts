import { parentPort, workerData } from "node:worker_threads";
import writeExcelFile, { type Cell } from "write-excel-file/node";
import { type CellKind, cellOf, type Sheet, type SheetColumn, type SheetRow } from "./sheet";
import { xlsxText } from "./spreadsheet-cell";
import type { XlsxRequest } from "./xlsx";

/** A spreadsheet has no time zones, so the format names the zone. */
const DATE_FORMAT = 'yyyy-mm-dd hh:mm:ss" UTC"';

/** The dates that all spreadsheets count alike: Excel has a day before that never existed. */
const FIRST_DATE = Date.UTC(1900, 2, 1);
const LAST_DATE = Date.UTC(9999, 11, 31, 23, 59, 59);

const WIDTHS: Readonly<Record<CellKind, number>> = { id: 32, text: 32, count: 12, time: 24 };

const sheet: Sheet = workerData;
const table: Cell[][] = [];
let replacedCharacters = 0;

parentPort?.on("message", async (request: XlsxRequest) => {
  if (request.rows) {
    for (const row of request.rows) table.push(sheet.columns.map((column) => cell(row, column)));
    return;
  }
  const bytes = await workbook({ ...request.manifest, replacedCharacters });
  parentPort?.postMessage({ bytes, replacedCharacters });
});

function workbook(manifest: object): Promise<Buffer> {
  const { name, columns } = sheet;
  const head = columns.map(({ label }) => ({ value: label, fontWeight: "bold" as const }));
  const rows = {
    sheet: name,
    data: [head, ...table],
    columns: columns.map(({ kind }) => ({ width: WIDTHS[kind] })),
    stickyRowsCount: 1,
  };
  const about = {
    sheet: "manifest",
    data: Object.entries(manifest).flatMap(([key, value]) => manifestRows(key, value)),
    columns: [{ width: 24 }, { width: 60 }],
  };
  return writeExcelFile([rows, about]).toBuffer();
}

function cell(row: SheetRow, { id, kind }: SheetColumn): Cell {
  const value = cellOf(row, id);
  if (value === null) return null;
  if (typeof value === "number") {
    return { value, type: Number, format: Number.isInteger(value) ? "#,##0" : "#,##0.0#" };
  }
  if (!(value instanceof Date)) return textCell(value, kind === "id");
  return value.getTime() >= FIRST_DATE && value.getTime() <= LAST_DATE
    ? { value, type: Date, format: DATE_FORMAT }
    : textCell(value.toISOString(), false);
}

function textCell(whole: string, isId: boolean): Cell {
  const written = xlsxText(whole);
  replacedCharacters += written.replacedCharacters;
  // Marked as text, so that an edited ID stays text.
  return { value: written.text, type: String, ...(isId && { format: "@" }) };
}

/** Returns a manifest as rows of name and value. Nested names are joined: app.slug. */
function manifestRows(name: string, value: unknown): Cell[][] {
  if (Array.isArray(value)) return manifestRows(name, value.join(","));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, each]) => manifestRows(`${name}.${key}`, each));
  }
  if (typeof value === "number" || typeof value === "boolean") return [[name, value]];
  return [[name, { value: xlsxText(String(value)).text, type: String }]];
}
