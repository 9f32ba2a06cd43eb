import { describe, expect, it } from "vitest";
import { rowsAsText } from "./clipboard-text";
import type { CellValue, SheetColumn } from "./sheet";

/** One row of these cells, without the line of headers. */
function line(...cells: (readonly [SheetColumn["kind"], CellValue])[]): string | undefined {
  const columns = cells.map(([kind], index) => ({ id: String(index), label: "", kind }));
  const row = Object.fromEntries(cells.map(([, value], index) => [String(index), value]));
  return rowsAsText(columns, [row]).split("\n")[1];
}

describe("rowsAsText", () => {
  it("is a table for the clipboard", () => {
    const columns = [
      { id: "name", label: "Channel", kind: "text" },
      { id: "ownerId", label: "Owner", kind: "id" },
    ] as const;
    const rows = [{ name: "News", ownerId: "107867" }, { ownerId: "O'Brien" }];
    expect(rowsAsText(columns, rows)).toBe("Channel\tOwner\nNews\t107867\n\tO'Brien");
  });

  it("keeps each row on its line and each cell in its place", () => {
    const texts = ["a\tb\nc\r\nd\u2028e", '"quoted" name', '5" wide'];
    expect(line(...texts.map((text) => ["text", text] as const))).toBe(
      'a b c d e\t"""quoted"" name"\t5" wide',
    );
  });

  it("runs no formula, and keeps every digit of an id", () => {
    expect(
      line(
        ["text", "=1+1"],
        ["id", "@TOA#_x"],
        ["id", "0012"],
        ["id", "1234567890123456789"],
        ["text", "0012"],
      ),
    ).toBe("'=1+1\t'@TOA#_x\t'0012\t'1234567890123456789\t0012");
  });

  it("leaves numbers and moments as they are", () => {
    const at = new Date("2026-01-01T00:00:00Z");
    expect(line(["count", -5], ["time", at], ["time", null])).toBe(
      "-5\t2026-01-01T00:00:00.000Z\t",
    );
  });
});
