import { readFile } from "node:fs/promises";
import { type Download, expect, type Locator, type Page } from "@playwright/test";
import ExcelJS from "exceljs";
import Papa from "papaparse";
import { unprotectCell } from "@/lib/export/spreadsheet-cell";

/** What a person uses to take a list away. */
export class ExportDialog {
  readonly button: Locator;
  readonly dialog: Locator;
  readonly start: Locator;
  readonly cancel: Locator;
  readonly progress: Locator;
  readonly alert: Locator;
  /** All that the browser has saved, oldest first. */
  readonly downloads: Download[] = [];

  constructor(readonly page: Page) {
    this.button = page.getByRole("button", { name: "Export", exact: true });
    this.dialog = page.getByRole("dialog", { name: "Export channels" });
    this.start = this.dialog.getByRole("button", { name: "Start" });
    this.cancel = this.dialog.getByRole("button", { name: "Cancel" });
    this.progress = this.dialog.getByRole("progressbar", { name: "Export progress" });
    this.alert = this.dialog.getByRole("alert");
    page.on("download", (download) => this.downloads.push(download));
  }

  async choose(format: string): Promise<void> {
    await this.button.click();
    await this.dialog.getByRole("radio", { name: format, exact: true }).check();
  }

  /** The names of what was saved. */
  names(): string[] {
    return this.downloads.map((download) => download.suggestedFilename());
  }

  /** The bytes of the saved file whose name ends so. */
  async saved(ending: string): Promise<Buffer> {
    const find = () => this.downloads.find((each) => each.suggestedFilename().endsWith(ending));
    // The dialog can say that it is done before the browser has told of the file.
    await expect.poll(() => find() !== undefined, `a file ${ending}`).toBe(true);
    return readFile((await find()?.path()) ?? "");
  }
}

/** The rows of a CSV file as texts, the head first, without the marks against spreadsheets. */
export function readCsv(bytes: Buffer): string[][] {
  return rawCsv(bytes).map((row) => row.map(unprotectCell));
}

/** As a spreadsheet would see them. */
export function rawCsv(bytes: Buffer): string[][] {
  const options = { delimiter: ",", newline: "\r\n", skipEmptyLines: true } as const;
  return Papa.parse<string[]>(bytes.toString("utf8").replace(/^\ufeff/, ""), options).data;
}

/** The cells of a sheet, row by row; null where there is nothing. */
export async function readSheet(bytes: Buffer, name: string): Promise<ExcelJS.CellValue[][]> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
  const sheet = workbook.getWorksheet(name);
  const rows: ExcelJS.CellValue[][] = [];
  sheet?.eachRow((row) => {
    const numbers = Array.from({ length: sheet.columnCount }, (_, index) => index + 1);
    rows.push(numbers.map((number) => row.getCell(number).value));
  });
  return rows;
}
