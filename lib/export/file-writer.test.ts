import ExcelJS from "exceljs";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { COLUMN_IDS, type ColumnId } from "@/lib/subscriptions/filter";
import { createFileWriter } from "./file-writer";
import type { ExportFormat } from "./formats";
import type { Manifest } from "./manifest";
import { sheetOf } from "./sheet";
import { unprotectCell } from "./spreadsheet-cell";
import { MAX_XLSX_ROWS, TooManyRowsError } from "./xlsx";

const columns = COLUMN_IDS;
const labels = Object.fromEntries(columns.map((id) => [id, `Label "${id}", 列`])) as Record<
  ColumnId,
  string
>;
const manifest: Manifest = {
  app: { slug: "demo", name: "=Demo", sdkAppId: 1400000001 },
  subscriber: "0107867",
  format: "csv",
  fields: columns,
  search: "=1+1",
  filters: { name: "contains:_x0041_" },
  sorts: "-subscriberCount,name",
  readFrom: "2026-01-01T00:00:00.000Z",
  readTo: "2026-01-01T00:00:01.000Z",
  expectedRows: 3,
  readRows: 3,
  matchingRows: 3,
  writtenRows: 3,
  duplicateRows: 0,
  unreadableValues: 0,
  unreadableRows: 0,
  totalChanged: false,
  outcome: "complete",
  replacedCharacters: 0,
};

const TEXTS = [
  "=cmd|' /C calc'!A0",
  "+1",
  "-1",
  "@SUM(1)",
  "＝1+1",
  "\t=1",
  "\r=1",
  "\r\nline\nline\r",
  "quotes \"\" and 'single'",
  "'",
  "''x",
  ",;\t|",
  "  blanks  ",
  "007",
  "1234567890123456789",
  "1e5",
  "TRUE",
  "\u202egnp.slennahc\u202c \u200fשלום\u200e \u2067x\u2069",
  "\u0001\u0007\u0008\u000b\u001b[31m\u007f\u0085\u009f",
  "\u2028\u2029\ufeff\ufffd\uffff\ufdd0",
  "👩‍👩‍👧‍👦🏴󠁧󠁢󠁳󠁣󠁴󠁿\u{1fffe}",
  "漢".repeat(50),
  "_x0041_ _x000D_ _x005F_ _x00e9_ _x0041\u0001",
  "<script>&amp;]]></script>",
  "__proto__",
  "constructor",
  "toString",
  "null",
];

const dated = (at: string): Subscription => ({
  channelId: `@TOA#_${at}`,
  subscriberCount: Number.MAX_SAFE_INTEGER,
  createdAt: new Date(at),
  lastMessageAt: null,
});
const ROWS: readonly Subscription[] = [
  ...TEXTS.map((text) => ({
    channelId: text,
    ownerId: text,
    name: text,
    introduction: text,
    organization: text,
    avatarUrl: text,
    customString: text,
    subscriberCustomString: text,
    subscriberCount: 0,
  })),
  { channelId: "@TOA#_empty", name: null, ownerId: null, subscriberCount: null, createdAt: null },
  dated("1970-01-01T00:00:01.000Z"),
  dated("9999-12-31T23:59:59.000Z"),
  dated("2024-02-29T12:34:56.000Z"),
  dated("+010000-01-01T00:00:00.000Z"),
];

async function file(format: ExportFormat, rows: readonly Subscription[] = ROWS) {
  const writer = await createFileWriter(format, sheetOf(columns, labels));
  // In two parts, as pages come.
  const parts = [writer.write(rows.slice(0, 5)), writer.write(rows.slice(5))];
  parts.push(await writer.finish({ ...manifest, format }));
  await writer.close?.();
  const { replacedCharacters } = writer;
  return { bytes: Buffer.concat(parts), replacedCharacters };
}

const asText = (value: Subscription[ColumnId]) =>
  value instanceof Date ? value.toISOString() : String(value ?? "");

describe("a value that could not be read", () => {
  const row: Subscription = { channelId: "@TOA#_odd", name: null, unreadable: ["subscriberCount"] };

  it("is marked in a CSV file, and is neither empty nor 0", async () => {
    const { bytes } = await file("csv", [row]);
    const { data } = Papa.parse<string[]>(bytes.toString("utf8").slice(1), { delimiter: "," });
    const cell = (id: ColumnId) => data[1]?.[columns.indexOf(id)];
    expect([cell("subscriberCount"), cell("name")]).toEqual(["[unreadable]", ""]);
  });

  it("is marked in a workbook", async () => {
    const { bytes } = await file("xlsx", [row]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
    const cell = (id: ColumnId) =>
      book.worksheets[0]?.getRow(2).getCell(columns.indexOf(id) + 1).value;
    expect([cell("subscriberCount"), cell("name")]).toEqual(["[unreadable]", null]);
  });

  it.each(["json", "ndjson"] as const)("is named in %s", async (format) => {
    const { bytes } = await file(format, [row]);
    const text = bytes.toString("utf8");
    const first = text.slice(text.indexOf('{"name"'), text.indexOf("\n", text.indexOf('{"name"')));
    expect(JSON.parse(first)).toMatchObject({
      subscriberCount: null,
      unreadable: ["subscriberCount"],
    });
  });
});

describe("a CSV file", () => {
  const parse = (bytes: Buffer) =>
    Papa.parse<string[]>(bytes.toString("utf8").slice(1), { delimiter: ",", newline: "\r\n" });

  it("holds every cell, opened by another parser", async () => {
    const { bytes } = await file("csv");
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const { data, errors } = parse(bytes);
    expect(errors).toEqual([]);
    expect(data[0]).toEqual(columns.map((id) => labels[id]));
    // The last line is ended like the others.
    expect(data.at(-1)).toEqual([""]);
    const read = data.slice(1, -1).map((cells) => cells.map(unprotectCell));
    expect(read).toEqual(ROWS.map((row) => columns.map((id) => asText(row[id]))));
  });

  it("holds nothing that a spreadsheet runs or takes for a number that it is not", async () => {
    const { data } = parse((await file("csv")).bytes);
    const cells = data.slice(1).flat();
    expect(cells.length).toBeGreaterThan(300);
    expect(cells.filter((cell) => /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell))).toEqual([]);
    const ids = data.slice(1).map((row) => row[columns.indexOf("channelId")] ?? "");
    expect(ids.filter((id) => /^(0\d|\d{16})/.test(id))).toEqual([]);
  });

  it("counts what UTF-8 and its readers cannot hold", async () => {
    const row = { channelId: "@TOA#_\0x", name: "\ud83d alone \udc00" };
    const { bytes, replacedCharacters } = await file("csv", [row]);
    expect(replacedCharacters).toBe(3);
    const [, cells] = parse(bytes).data;
    expect(cells?.slice(0, 2)).toEqual(["\ufffd alone \ufffd", "'@TOA#_␀x"]);
    expect(bytes.includes(0)).toBe(false);
  });

  it("has its head when there is no row", async () => {
    const { data } = parse((await file("csv", [])).bytes);
    expect(data).toEqual([columns.map((id) => labels[id]), [""]]);
  });
});

describe("a workbook", () => {
  const open = async (bytes: Buffer) => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(Uint8Array.from(bytes).buffer);
    return workbook;
  };
  const cell = (workbook: ExcelJS.Workbook, row: number, id: ColumnId) =>
    workbook.getWorksheet("channels")?.getCell(row + 2, columns.indexOf(id) + 1);

  it("holds every cell, opened by another parser", async () => {
    const { bytes, replacedCharacters } = await file("xlsx");
    const workbook = await open(bytes);
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(["channels", "manifest"]);
    const sheet = workbook.getWorksheet("channels");
    expect(sheet?.rowCount).toBe(ROWS.length + 1);
    expect(columns.map((_, index) => sheet?.getCell(1, index + 1).value)).toEqual(
      columns.map((id) => labels[id]),
    );
    const read = ROWS.map((_, row) => columns.map((id) => cell(workbook, row, id)?.value ?? null));
    const tooLate = new Date("+010000-01-01T00:00:00.000Z");
    expect(read).toEqual(
      ROWS.map((row) =>
        columns.map((id) => {
          const value = row[id] ?? null;
          return value instanceof Date && value >= tooLate ? value.toISOString() : value;
        }),
      ),
    );
    expect(replacedCharacters).toBe(0);
  });

  it("has texts for ids, numbers for counts and dates for times", async () => {
    const workbook = await open((await file("xlsx")).bytes);
    for (const [index, text] of TEXTS.entries()) {
      for (const id of ["channelId", "ownerId"] as const) {
        expect(cell(workbook, index, id)?.type, text).toBe(ExcelJS.ValueType.String);
        expect(cell(workbook, index, id)?.numFmt).toBe("@");
      }
      expect(cell(workbook, index, "subscriberCount")?.type).toBe(ExcelJS.ValueType.Number);
      expect(cell(workbook, index, "name")?.formula).toBeUndefined();
    }
    const dates = [1, 2, 3].map((row) => cell(workbook, TEXTS.length + row, "createdAt"));
    for (const date of dates) expect(date?.type).toBe(ExcelJS.ValueType.Date);
    expect(dates.map((date) => date?.numFmt)).toEqual(Array(3).fill('yyyy-mm-dd hh:mm:ss" UTC"'));
  });

  it("has the manifest on its second sheet", async () => {
    const sheet = (await open((await file("xlsx")).bytes)).getWorksheet("manifest");
    const rows: unknown[][] = [];
    sheet?.eachRow((row) => rows.push([row.getCell(1).value, row.getCell(2).value]));
    const about = Object.fromEntries(rows);
    expect(about).toMatchObject({
      "app.name": "=Demo",
      "app.sdkAppId": 1400000001,
      subscriber: "0107867",
      format: "xlsx",
      fields: columns.join(),
      search: "=1+1",
      "filters.name": "contains:_x0041_",
      sorts: "-subscriberCount,name",
      expectedRows: 3,
      totalChanged: false,
      outcome: "complete",
    });
  });

  it("counts what a cell cannot hold", async () => {
    const row = { channelId: "@TOA#_\0x", name: "W".repeat(40_000) };
    const { bytes, replacedCharacters } = await file("xlsx", [row]);
    expect(replacedCharacters).toBe(1 + 40_000 - 32_766);
    const workbook = await open(bytes);
    expect(cell(workbook, 0, "channelId")?.value).toBe("@TOA#_␀x");
    expect(cell(workbook, 0, "name")?.value).toBe(`${"W".repeat(32_766)}…`);
  });

  it("is made while other work goes on", async () => {
    const writer = await createFileWriter("xlsx", sheetOf(columns, labels));
    const row = { channelId: "@TOA#_shop", name: "News", subscriberCount: 1 };
    for (let part = 0; part < 40; part += 1) writer.write(Array(500).fill(row));
    let turns = 0;
    let isMade = false;
    const others = (async () => {
      while (!isMade) {
        turns += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const bytes = await writer.finish(manifest);
    isMade = true;
    await others;
    await writer.close?.();
    // Made in this thread, it leaves about ten.
    expect(turns).toBeGreaterThan(1000);
    expect((await open(Buffer.from(bytes))).getWorksheet("channels")?.rowCount).toBe(20_001);
  });

  it("has a limit of rows", async () => {
    const writer = await createFileWriter("xlsx", sheetOf(columns, labels));
    const row = { channelId: "a" };
    writer.write(Array(MAX_XLSX_ROWS).fill(row));
    expect(() => writer.write([row])).toThrow(TooManyRowsError);
    await writer.close?.();
  });

  it("opens when there is no row", async () => {
    const workbook = await open((await file("xlsx", [])).bytes);
    expect(workbook.getWorksheet("channels")?.rowCount).toBe(1);
  });
});
