import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { CsvWriter } from "@/lib/export/file-writer";
import { unprotectCell } from "@/lib/export/spreadsheet-cell";
import { auditEvent } from "@/lib/testing/audit-event";
import { formulasIn, HOSTILE_TEXTS } from "@/lib/testing/spreadsheet-readers";
import { BEGINNING, chain, contentOf } from "./chain";
import type { AuditEvent } from "./event";
import { auditSheet, sheetParts } from "./list";

async function csvOf(events: readonly AuditEvent[]): Promise<string> {
  const writer = new CsvWriter(auditSheet((_, column) => column));
  const batches = (async function* () {
    yield chain(BEGINNING, events.map(contentOf));
  })();
  const pieces: Uint8Array[] = [];
  for await (const rows of sheetParts(batches)) pieces.push(writer.write(rows));
  return Buffer.concat(pieces)
    .toString()
    .replace(/^\ufeff/, "");
}

describe("the audit as CSV", () => {
  it("has times in UTC, and nothing where a value is not known", async () => {
    const csv = await csvOf([auditEvent({ actor: null, durationMs: 0 })]);
    const [head, row] = Papa.parse<string[]>(csv, { delimiter: ",", newline: "\r\n" }).data;
    expect(head).toEqual([
      ...["sequence", "at", "actorEmail", "actorRole", "address", "action", "outcome", "code"],
      ...["app", "subscriberId", "target", "fields", "reason", "rows", "durationMs"],
      ...["requestId", "hash"],
    ]);
    expect(row?.slice(0, -1)).toEqual([
      ...["1", "2026-03-01T12:00:00.123Z", "", "", "192.0.2.7", "lookup", "done", ""],
      ...["demo", "107867", "", "name,subscriberCount", "", "8", "0", "request-1"],
    ]);
    expect(row?.at(-1)).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(HOSTILE_TEXTS)("runs nothing that was typed: %j", async (text) => {
    const event = auditEvent({
      ...{ code: text, app: text, subscriberId: text, target: text, reason: text },
      actor: { id: "0b5c1b5e-6a39-4f4e-9d5b-0c6f4e7a2d11", email: text, role: "support" },
    });
    const csv = await csvOf([event, event]);
    expect(formulasIn(csv)).toEqual([]);
    const [, row = []] = Papa.parse<string[]>(csv, { delimiter: ",", newline: "\r\n" }).data;
    expect(row.slice(7, 11).map(unprotectCell)).toEqual([text, text, text, text]);
  });
});
