import { describe, expect, it } from "vitest";
import { auditEvent } from "@/lib/testing/audit-event";
import { BEGINNING, chain } from "./chain";
import { contentOf } from "./content";
import { EXPORT_COLUMNS, type ExportLabels } from "./export-csv";
import { exportFile, exportFileName } from "./export-file";
import type { Ending } from "./trail";

const rows = chain(BEGINNING, [auditEvent(), auditEvent(), auditEvent()].map(contentOf));
const labels = Object.fromEntries(EXPORT_COLUMNS.map((name) => [name, name])) as ExportLabels;

/** The lines of the audit's rows and the log's endings, in the order in which they come. */
function open(batches: AsyncIterable<typeof rows>) {
  const seen: (string | Ending)[] = [];
  let ended = false;
  const log = {
    end: async (ending: Ending) => {
      if (!ended) seen.push(ending);
      ended = true;
    },
  };
  return { seen, pieces: exportFile(batches, labels, log) };
}

async function* batches() {
  yield rows.slice(0, 2);
  yield rows.slice(2);
}

const linesOf = (piece: Uint8Array) => Buffer.from(piece).toString().trim().split("\r\n");

describe("the file of the audit", () => {
  it("says how it ended before its last piece goes out", async () => {
    const { seen, pieces } = open(batches());
    for await (const piece of pieces) seen.push(`${linesOf(piece).length}`);
    expect(seen).toEqual(["1", "2", { outcome: "done", rows: 3 }, "1"]);
  });

  it("has its head when there are no rows", async () => {
    const { seen, pieces } = open((async function* () {})());
    for await (const piece of pieces) seen.push(...linesOf(piece));
    expect(seen).toEqual([{ outcome: "done", rows: 0 }, EXPORT_COLUMNS.join(",")]);
  });

  it("is cancelled by whoever leaves before the end", async () => {
    const { seen, pieces } = open(batches());
    for await (const piece of pieces) {
      seen.push(`${linesOf(piece).length}`);
      if (seen.length === 2) break;
    }
    expect(seen).toEqual(["1", "2", { outcome: "cancelled", rows: 2 }]);
  });

  it("has failed when its rows cannot be read", async () => {
    const broken = async function* () {
      yield rows.slice(0, 2);
      throw new Error("The store is gone.");
    };
    const { seen, pieces } = open(broken());
    const readAll = async () => {
      for await (const piece of pieces) seen.push(`${linesOf(piece).length}`);
    };
    await expect(readAll()).rejects.toThrow("The store is gone.");
    expect(seen).toEqual(["1", { outcome: "failed", code: "bug", rows: 2 }]);
  });

  it("has a name by the time", () => {
    expect(exportFileName(new Date("2026-03-01T12:00:00.123Z"))).toBe("audit-20260301T120000Z.csv");
  });
});
