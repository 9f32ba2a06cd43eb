import { describe, expect, it } from "vitest";
import { auditEvent } from "@/lib/testing/audit-event";
import { BEGINNING, chain } from "./chain";
import { contentOf } from "./content";
import { csvHead, csvLines, EXPORT_COLUMNS } from "./export-csv";

const lineOf = (changes: Parameters<typeof auditEvent>[0]) =>
  csvLines(chain(BEGINNING, [contentOf(auditEvent(changes))]));

describe("the audit as CSV", () => {
  it("begins with the mark of UTF-8 and the names of its columns", () => {
    const labels = Object.fromEntries(EXPORT_COLUMNS.map((column) => [column, `=${column}, "a"`]));
    const head = csvHead(labels as Parameters<typeof csvHead>[0]);
    expect(head.startsWith('\ufeff"=sequence, ""a""",')).toBe(true);
    expect(head.endsWith("\r\n")).toBe(true);
  });

  it("writes a row as a line, with moments in UTC and nothing for what is not known", () => {
    const line = lineOf({ actor: null, durationMs: 0 });
    expect(line).toMatch(
      /^1,2026-03-01T12:00:00\.123Z,,,192\.0\.2\.7,lookup,done,,demo,107867,,"name,subscriberCount",,8,0,request-1,[0-9a-f]{64}\r\n$/,
    );
  });

  it("keeps spreadsheets from running texts, and from rounding ids", () => {
    const line = lineOf({
      subscriberId: "007",
      target: "@TOA#_a",
      reason: '=HYPERLINK("http://evil.example")',
    });
    expect(line).toContain(",'007,'@TOA#_a,");
    expect(line).toContain(`"'=HYPERLINK(""http://evil.example"")"`);
  });
});
