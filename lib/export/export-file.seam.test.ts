import Papa from "papaparse";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";
import { getSubscriptionPage } from "@/lib/chat-api/official-accounts";
import type { Subscription } from "@/lib/chat-api/types";
import { DEFAULT_SETTINGS } from "@/lib/chat-emulator/api";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { COLUMN_IDS, type ColumnId } from "@/lib/subscriptions/filter";
import { type ViewQuery, viewOf } from "@/lib/subscriptions/view";
import { type ExportJob, exportFile } from "./export-file";
import type { ExportEvent as EventOf } from "./file-writer";
import type { Manifest } from "./manifest";
import { unprotectCell } from "./spreadsheet-cell";

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
const FIELDS = ["name", "ownerId", "subscriberCount", "lastMessageAt"] as const;
const EVERYTHING: ViewQuery = { search: "", filters: {}, sorts: [] };

let emulator: Emulator;
let client: ChatClient;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [KEY] });
  client = new ChatClient({
    ...KEY,
    origins: [emulator.url],
    budget: new Budget(100_000),
    firstPause: 1,
  });
});
afterAll(() => emulator.close());
beforeEach(() => emulator.set({ ...DEFAULT_SETTINGS, callsPerSecond: 100_000 }));

function job(subscriberId: string, changes: Partial<ExportJob> = {}): ExportJob {
  return {
    app: { slug: "demo", name: "Demo", sdkAppId: KEY.sdkAppId },
    subscriberId,
    format: "csv",
    separator: "comma",
    columns: ["name", "channelId", "ownerId", "subscriberCount", "lastMessageAt"],
    labels: Object.fromEntries(COLUMN_IDS.map((id) => [id, id])) as Record<ColumnId, string>,
    fields: FIELDS,
    query: EVERYTHING,
    locale: "en",
    signal: new AbortController().signal,
    ...changes,
  };
}

async function run(subscriberId: string, changes?: Partial<ExportJob>) {
  const before = emulator.calls.length;
  const events: EventOf<Manifest>[] = [];
  for await (const event of exportFile(client, job(subscriberId, changes))) events.push(event);
  const end = events.at(-1);
  if (end?.type !== "end") throw new Error("the last event is the end");
  const bytes = events.flatMap((event) => (event.type === "bytes" ? [event.bytes] : []));
  return {
    text: Buffer.concat(bytes).toString("utf8"),
    pieces: bytes.length,
    progress: events.filter((event) => event.type === "progress"),
    manifest: end.manifest,
    calls: emulator.calls.length - before,
  };
}

function idsOf(csv: string): string[] {
  const { data } = Papa.parse<string[]>(csv.slice(1), { newline: "\r\n", skipEmptyLines: true });
  return data.slice(1).map(([, id = ""]) => unprotectCell(id));
}

/** The list as the vendor gives it, page after page. */
async function listOf(subscriberId: string): Promise<Subscription[]> {
  const rows: Subscription[] = [];
  let offset: number | null = 0;
  while (offset !== null) {
    const request = { subscriberId, fields: FIELDS, offset, limit: 200 };
    const page = await getSubscriptionPage(client, request, { priority: "background" });
    rows.push(...page.subscriptions);
    offset = page.nextOffset;
  }
  return rows;
}

describe("an export", () => {
  it.each([
    ["follows-0", 0, 1],
    ["follows-201", 201, 2],
    ["follows-5001", 5001, 26],
  ])("of %s has all %i channels in the list's order, with %i calls", async (who, rows, calls) => {
    const { text, manifest, progress, pieces, calls: made } = await run(who);
    const ids = idsOf(text);
    expect(ids).toEqual((await listOf(who)).map(({ channelId }) => channelId));
    expect(ids).toHaveLength(rows);
    expect(made).toBe(calls);
    expect(progress.at(-1)).toEqual({ type: "progress", read: rows, total: rows });
    expect(pieces).toBeGreaterThanOrEqual(rows > 200 ? 2 : 1);
    expect(manifest).toMatchObject({
      app: { slug: "demo", name: "Demo", sdkAppId: 1400000001 },
      subscriber: who,
      format: "csv",
      expectedRows: rows,
      readRows: rows,
      matchingRows: rows,
      writtenRows: rows,
      duplicateRows: 0,
      totalChanged: false,
      outcome: "complete",
    });
    expect(Date.parse(manifest.readTo)).toBeGreaterThanOrEqual(Date.parse(manifest.readFrom));
  });

  it.each(["csv", "json", "ndjson", "xlsx"] as const)(
    "as %s has what the filters leave, sorted as the screen does",
    async (format) => {
      const query: ViewQuery = {
        search: "a",
        filters: { subscriberCount: { op: "between", min: 1000, max: null } },
        sorts: [{ column: "subscriberCount", descending: true }],
      };
      const expected = viewOf(await listOf("follows-201"), query, {
        now: new Date(),
        locale: "en",
      });
      expect(expected.length).toBeGreaterThan(3);
      expect(expected.length).toBeLessThan(201);
      const { text, manifest } = await run("follows-201", { query, format });
      expect(manifest).toMatchObject({
        search: "a",
        filters: { subscriberCount: "between:1000.." },
        sorts: "-subscriberCount",
        expectedRows: 201,
        readRows: 201,
        matchingRows: expected.length,
        writtenRows: expected.length,
      });
      if (format === "csv") expect(idsOf(text)).toEqual(expected.map((row) => row.channelId));
      if (format === "json")
        expect(JSON.parse(text)).toMatchObject({ channels: { length: expected.length }, manifest });
      if (format === "ndjson") {
        expect(text.trimEnd().split("\n")).toHaveLength(expected.length + 1);
      }
    },
  );

  it.each([
    ["in the list's order", ""],
    ["in the order of the view", "-subscriberCount"],
  ])("writes the selected rows alone, whether they match or not, %s", async (_, sorts) => {
    const all = await listOf("follows-201");
    const selected = new Set([all[150], all[3]].flatMap((row) => row?.channelId ?? []));
    const query: ViewQuery = {
      search: "matches nothing",
      filters: { subscriberCount: { op: "between", min: 9e9, max: null } },
      sorts: sorts ? [{ column: "subscriberCount", descending: true }] : [],
    };
    const rows = all.filter(({ channelId }) => selected.has(channelId));
    if (sorts) rows.sort((a, b) => Number(b.subscriberCount) - Number(a.subscriberCount));
    const { text, manifest } = await run("follows-201", {
      ...{ query, selected: new Set([...selected, "@TOA#_left_the_list"]) },
    });
    expect(idsOf(text)).toEqual(rows.map(({ channelId }) => channelId));
    expect(manifest).toMatchObject({
      ...{ search: "", filters: {}, sorts, selectedRows: 3, matchingRows: 2, writtenRows: 2 },
      readRows: 201,
    });
  });

  it("filters as it streams, without a sort", async () => {
    const query: ViewQuery = { ...EVERYTHING, filters: { lastMessageAt: { op: "empty" } } };
    const expected = viewOf(await listOf("follows-5001"), query, { now: new Date(), locale: "en" });
    const { text, manifest } = await run("follows-5001", { query });
    expect(expected.length).toBeGreaterThan(0);
    expect(idsOf(text)).toEqual(expected.map(({ channelId }) => channelId));
    expect(manifest).toMatchObject({ readRows: 5001, writtenRows: expected.length });
  });

  it("asks for the fields it was given and no other", async () => {
    await run("follows-1", { fields: ["ownerId"], columns: ["channelId", "ownerId"] });
    expect(emulator.calls.at(-1)?.body).toMatchObject({
      ResponseFilter: { OfficialAccountBaseInfoFilter: ["Owner_Account"] },
    });
  });

  it("of a list that shifts has each channel once, and says that it changed", async () => {
    const { text, manifest } = await run("fault-shifting");
    const ids = idsOf(text);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(1000);
    expect(manifest).toMatchObject({
      outcome: "changed",
      totalChanged: true,
      writtenRows: ids.length,
    });
    expect(manifest.duplicateRows).toBeGreaterThan(0);
  });

  it("of a list with odd values has the other rows, and counts what could not be read", async () => {
    const { text, manifest } = await run("fault-odd-values", {
      fields: ["subscriberCount"],
      columns: ["channelId", "subscriberCount"],
    });
    expect(idsOf(text)).toHaveLength(18);
    expect(text.match(/\[unreadable\]/g)).toHaveLength(5);
    expect(manifest).toMatchObject({
      outcome: "changed",
      expectedRows: 20,
      writtenRows: 18,
      unreadableValues: 5,
      unreadableRows: 2,
    });
  });

  it("of a list whose answers are too large has all, in smaller pages", async () => {
    const { text, manifest, calls } = await run("fault-too-large");
    expect(idsOf(text)).toHaveLength(450);
    expect(manifest.outcome).toBe("complete");
    expect(calls).toBeLessThan(20);
  });

  it("of a list of which every third call fails has all", async () => {
    const { text, manifest } = await run("fault-flaky-pages");
    expect(idsOf(text)).toHaveLength(900);
    expect(manifest.outcome).toBe("complete");
  });

  it.each([
    ["error-20005", { kind: "rejected", code: 20005 }],
    ["fault-never-complete", { kind: "malformed", code: null }],
  ])("of %s fails without an end", async (who, error) => {
    const seen: string[] = [];
    const reading = (async () => {
      for await (const event of exportFile(client, job(who))) seen.push(event.type);
    })();
    await expect(reading).rejects.toMatchObject(error);
    expect(seen).not.toContain("end");
  });

  it("stops at once when aborted, and makes no further call", async () => {
    const leaving = new AbortController();
    const reason = new Error("closed the tab");
    const before = emulator.calls.length;
    const reading = (async () => {
      const events = exportFile(client, job("follows-10000", { signal: leaving.signal }));
      for await (const event of events) if (event.type === "progress") leaving.abort(reason);
    })();
    await expect(reading).rejects.toBe(reason);
    const made = emulator.calls.length - before;
    expect(made).toBeLessThan(50);
    await run("follows-1");
    expect(emulator.calls.length - before).toBe(made + 1);
  });
});
