import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { formulasIn, HOSTILE_TEXTS, pythonRows, readings } from "@/lib/testing/spreadsheet-readers";
import { CsvWriter } from "./file-writer";
import { CSV_SEPARATORS, type CsvSeparator } from "./formats";
import type { Sheet } from "./sheet";
import { unprotectCell } from "./spreadsheet-cell";

const SHEET: Sheet<"id" | "text" | "count"> = {
  name: "rows",
  columns: [
    { id: "id", label: "Id", kind: "id" },
    { id: "text", label: "Text", kind: "text" },
    { id: "count", label: "Count", kind: "count" },
  ],
};

function written(texts: readonly string[], separator?: CsvSeparator): string {
  const writer = new CsvWriter(SHEET, separator);
  const rows = texts.map((text) => ({ id: text, text, count: -5 }));
  return Buffer.from(writer.write(rows)).toString();
}

const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(..."=+-@＝'\",;|\t\r\n\v\f\u0085\u2028 \u200b1aé"),
      fc.string({ unit: "grapheme", maxLength: 2 }),
    ),
  )
  .map((parts) => parts.join(""));

describe("a CSV file", () => {
  it.each(HOSTILE_TEXTS)("has no cell that runs in any reader: %j", (text) => {
    for (const separator of CSV_SEPARATORS) {
      expect(formulasIn(written([text, "after"], separator))).toEqual([]);
    }
  });

  it("has none of any text", () => {
    const texts = fc.array(anyText, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(texts, fc.constantFrom(...CSV_SEPARATORS), (any, separator) => {
        expect(formulasIn(written(any, separator))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it("has as many rows and cells as were written, for whoever knows its separator", () => {
    const file = written(HOSTILE_TEXTS).replace(/^\ufeff/, "");
    const expected = [["Id", "Text", "Count"], ...HOSTILE_TEXTS.map((text) => [text, text, "-5"])];
    const plain = (rows: string[][]) => rows.map((row) => row.map(unprotectCell));
    const { data } = Papa.parse<string[]>(file, { newline: "\r\n", skipEmptyLines: true });
    expect(plain(data)).toEqual(expected);
    const asPython = (text: string) => text.replace(/\r\n/g, "\n");
    expect(plain(pythonRows(file, ","))).toEqual(expected.map((row) => row.map(asPython)));
  });

  it.each([
    ["comma", ",", "-0.24"],
    ["semicolon", ";", "-0,24"],
    ["tab", "\t", "-0.24"],
  ] as const)("has its values apart by a %s", (separator, delimiter, change) => {
    const writer = new CsvWriter(SHEET, separator);
    const rows = [{ id: "MAR1", text: "a,b;c\td", count: -0.23513503361754876 }];
    const file = Buffer.from(writer.write(rows))
      .toString()
      .replace(/^\ufeff/, "");
    expect(Papa.parse(file, { delimiter, newline: "\r\n", skipEmptyLines: true }).data).toEqual([
      ["Id", "Text", "Count"],
      ["'MAR1", "a,b;c\td", change],
    ]);
  });

  it("quotes every value, also empty ones", () => {
    expect(written([""])).toBe('\ufeff"Id","Text","Count"\r\n"","","-5"\r\n');
  });
});

describe("the readers of this test", () => {
  it("find formulas in a file that only quotes where it must", () => {
    const careless = 'a,"x;=1+1"\r\nb,"n\n=2+2"\r\nc\n@SUM(1),d\r\n';
    const found = formulasIn(careless).join("\n");
    expect(found).toContain('papaparse [";","\\r\\n"]: =1+1');
    expect(found).toContain('python ",": @SUM(1)');
    expect(found).toContain('no quotes ",": =2+2');
    expect(readings(careless)).toHaveLength(24);
  });
});
