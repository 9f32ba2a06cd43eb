import { describe, expect, it } from "vitest";
import { exportRows } from "./file-writer";
import type { ExportFormat } from "./formats";
import type { ListManifest } from "./manifest";
import type { Sheet, SheetRow } from "./sheet";

type Id = "tag" | "channelId" | "change" | "at";

const sheet: Sheet<Id> = {
  name: "readings",
  columns: [
    { id: "channelId", label: "Channel ID", kind: "id" },
    { id: "tag", label: "Tag", kind: "text" },
    { id: "change", label: "Change", kind: "count" },
    { id: "at", label: "At", kind: "time" },
  ],
};
const at = new Date("2026-02-03T04:05:06.000Z");
const FIRST: SheetRow<Id> = { channelId: "007", tag: "=1+1", change: -12.5, at };
const SECOND: SheetRow<Id> = { channelId: "@TOA#_a\0", tag: null };

/** The events of two parts of rows, and the file that they make. */
async function made(
  format: ExportFormat,
  { signal = new AbortController().signal, sampleUntil = null as Date | null } = {},
) {
  const parts = async function* () {
    yield [FIRST];
    yield [SECOND];
  };
  const app = { slug: "demo", name: "Demo", sdkAppId: 1 };
  const about = { app, what: "directory", query: "view=watched", readAt: at };
  const job = {
    ...about,
    sheet,
    format,
    separator: "comma" as const,
    total: 1,
    sampleUntil,
    signal,
  };
  const told: string[] = [];
  const bytes: Uint8Array[] = [];
  let manifest: ListManifest | null = null;
  for await (const event of exportRows(job, parts())) {
    if (event.type === "progress") told.push(`${event.read} of ${event.total}`);
    if (event.type === "bytes") bytes.push(event.bytes);
    if (event.type === "end") manifest = event.manifest;
  }
  return { told, text: Buffer.concat(bytes).toString("utf8"), manifest };
}

const MANIFEST = {
  app: { slug: "demo", name: "Demo", sdkAppId: 1 },
  what: "directory",
  columns: ["channelId", "tag", "change", "at"],
  query: "view=watched",
  readAt: at.toISOString(),
  writtenRows: 2,
};

describe("a file of rows that the desk keeps", () => {
  it("is CSV that no spreadsheet runs, in which ids survive and numbers stay numbers", async () => {
    const { told, text, manifest } = await made("csv");
    expect(text).toBe(
      '\ufeff"Channel ID","Tag","Change","At"\r\n' +
        `"'007","'=1+1","-12.5","2026-02-03T04:05:06.000Z"\r\n` +
        `"'@TOA#_a␀","","",""\r\n`,
    );
    expect(manifest).toEqual({ ...MANIFEST, format: "csv", replacedCharacters: 1 });
    expect(told).toEqual(["1 of 1", "2 of 2"]);
  });

  it("is JSON with its own name for the rows, or a row a line", async () => {
    const manifest = { ...MANIFEST, replacedCharacters: 0 };
    const rows = [
      { ...FIRST, at: at.toISOString() },
      { channelId: "@TOA#_a\0", tag: null, change: null, at: null },
    ];
    expect(JSON.parse((await made("json")).text)).toEqual({
      readings: rows,
      manifest: { ...manifest, format: "json" },
    });
    const lines = (await made("ndjson")).text.trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      ...rows,
      { manifest: { ...manifest, format: "ndjson" } },
    ]);
  });

  it("says until when some of it is sample data", async () => {
    const { text, manifest } = await made("json", { sampleUntil: at });
    expect(manifest).toMatchObject({ sampleUntil: at.toISOString() });
    expect(JSON.parse(text).manifest).toEqual(manifest);
  });

  it("ends when nobody waits for it any more", async () => {
    const signal = AbortSignal.abort(new Error("left"));
    await expect(made("csv", { signal })).rejects.toThrow("left");
  });
});
