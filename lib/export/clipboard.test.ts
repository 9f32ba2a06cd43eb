import { describe, expect, it } from "vitest";
import { formulasIn, HOSTILE_TEXTS } from "@/lib/testing/spreadsheet-readers";
import { copiedRows } from "./clipboard";
import type { CellValue, SheetColumn } from "./sheet";

/** One row of these cells, without the line of headers. */
function line(...cells: (readonly [SheetColumn["kind"], CellValue])[]): string | undefined {
  const columns = cells.map(([kind], index) => ({ id: String(index), label: "", kind }));
  const row = Object.fromEntries(cells.map(([, value], index) => [String(index), value]));
  return copiedRows(columns, [row]).text.split("\n")[1];
}

describe("copied rows as text", () => {
  it("is a table for the clipboard", () => {
    const columns = [
      { id: "name", label: "Channel", kind: "text" },
      { id: "ownerId", label: "Owner", kind: "id" },
    ] as const;
    const rows = [{ name: "News", ownerId: "107867" }, { ownerId: "O'Brien" }];
    expect(copiedRows(columns, rows).text).toBe("Channel\tOwner\nNews\t107867\n\tO'Brien");
  });

  it("has the name and the ID first, and the address of the picture last", () => {
    const ids = ["avatarUrl", "subscribedAt", "name", "ownerId", "channelId"];
    const columns = ids.map((id) => ({ id, label: id, kind: "text" as const }));
    expect(copiedRows(columns, []).text).toBe("name\tchannelId\tsubscribedAt\townerId\tavatarUrl");
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

  it("has no raw fractions", () => {
    expect(line(["count", -0.23513503361754876])).toBe("-0.24");
  });

  it.each(HOSTILE_TEXTS)("runs nothing in any reader: %j", (text) => {
    const columns = (["id", "text"] as const).map((kind) => ({ id: kind, label: kind, kind }));
    expect(formulasIn(copiedRows(columns, [{ id: text, text }]).text)).toEqual([]);
  });
});

describe("copied rows as HTML", () => {
  const columns = [
    { id: "name", label: "Name", kind: "text" },
    { id: "channelId", label: "Channel ID", kind: "id" },
    { id: "change", label: "Change", kind: "count" },
  ] as const;

  /** The cells of the one row, each with its attributes. */
  function cellsOf(row: Parameters<typeof copiedRows<"channelId" | "name" | "change">>[1][number]) {
    const { html } = copiedRows(columns, [row]);
    const rows = html.match(/<tr>.*?<\/tr>/gu) ?? [];
    return Array.from(rows[1]?.matchAll(/<td ([^>]*)>(.*?)<\/td>/gu) ?? [], (match) => ({
      format: match[1] ?? "",
      text: match[2] ?? "",
    }));
  }

  it.each(["MAR1", "0012", "123456789012", "@TOA#_shop", "1e5"])(
    "keeps the id %s as it is, in a cell of text",
    (id) => {
      const [, cell] = cellsOf({ channelId: id });
      expect(cell?.text).toBe(id);
      expect(cell?.format).toContain("mso-number-format:'\\@'");
      expect(cell?.format).toContain('sdnum="1033;0;@"');
      expect(cell?.format).toContain(`&quot;${id}&quot;`);
    },
  );

  it.each(["=1+1", "-1+1", "@SUM(1)", "x;=1"])("protects %s all the same", (text) => {
    const [id, name] = cellsOf({ channelId: text, name: text });
    expect(name?.text).toMatch(/^(x;)?'/);
    expect(id?.text).toMatch(/^(x;)?'/);
  });

  it("has no markup of somebody else's, and numbers that no language reads otherwise", () => {
    const [name, , change] = cellsOf({ name: '<img src="x">&', change: -0.23513503361754876 });
    expect(name?.text).toBe("&lt;img src=&quot;x&quot;&gt;&amp;");
    expect(change).toEqual({ format: 'x:num="-0.24" sdval="-0.24"', text: "-0.24" });
  });
});
