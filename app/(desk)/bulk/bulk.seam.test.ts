import { eq } from "drizzle-orm";
import ExcelJS from "exceljs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type FieldPolicyChanges, fieldPolicy, type Role } from "@/lib/auth/permissions";
import { type BulkLine, type BulkRecord, bulkRecord } from "@/lib/bulk/bulk-answer";
import { DEFAULT_SETTINGS } from "@/lib/chat-emulator/api";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { accounts, auditEvents, rateCounts } from "@/lib/db/schema";
import type { ExportFormat } from "@/lib/export/formats";
import { linesOf } from "@/lib/subscriptions/whole-set-events";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { POST as exported } from "./export/route";
import { POST as run } from "./run/route";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/env", async (original) => {
  const module = await original<typeof import("@/lib/env")>();
  return {
    ...module,
    env: () => ({
      ...module.env(),
      fieldPolicy: fieldPolicy(changes),
      lookupsPerMinute: perMinute,
    }),
  };
});

let changes: FieldPolicyChanges = {};
let perMinute = 100_000;

const CHANNEL = "@TOA#_test_mill_subscriber_OA";
const SINCE = 1_700_655_351_000;
const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };

let emulator: Emulator;
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  emulator = await startEmulator({ apps: [KEY] });
  const apps = [{ slug: "demo", name: "Demo", ...KEY, baseUrl: emulator.url }];
  vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
  vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");
  vi.stubEnv("CHAT_APPS", JSON.stringify(apps));
  opened = await openTestDatabase();
  for (const role of ["support", "product", "admin"] as const) {
    const { id, email, name } = sessionUser(role);
    await opened.db.insert(accounts).values({ id, email, name, role });
  }
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await emulator.close();
  await opened.close();
});

let requestId = "";
beforeEach(async () => {
  changes = {};
  perMinute = 100_000;
  testRequest.user = sessionUser("support");
  requestId = crypto.randomUUID();
  testRequest.headers = new Headers({ "x-request-id": requestId, "x-forwarded-for": "192.0.2.1" });
  emulator.set(DEFAULT_SETTINGS);
  await opened.db.delete(rateCounts);
  await fetch(`${emulator.url}/emulator/calls`, { method: "DELETE" });
});
afterEach(() => vi.useRealTimers());

const body = (subscriberIds: readonly unknown[], channelId: string | null = CHANNEL) => ({
  ...{ app: "demo", subscriberIds, channelId },
});

function asked(content: unknown, signal?: AbortSignal): Promise<Response> {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  const init = { method: "POST", body: text, ...(signal && { signal }) };
  return run(new Request("http://127.0.0.1:3000/bulk/run", init));
}

async function linesOfRun(content: unknown): Promise<BulkLine[]> {
  const { body: stream, status } = await asked(content);
  expect(status).toBe(200);
  const lines: BulkLine[] = [];
  if (stream) for await (const line of linesOf(stream)) lines.push(JSON.parse(line));
  return lines;
}

const written = () =>
  opened.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.requestId, requestId))
    .orderBy(auditEvents.sequence);

const answerOf = (lines: readonly BulkLine[], subscriberId: string) =>
  lines.flatMap((line) =>
    line.type === "answer" && line.subscriberId === subscriberId ? [line.answer] : [],
  )[0];

describe("a bulk lookup", () => {
  const IDS = ["107867", "follows-1", "nobody", "error-131000", "fault-shifting"];

  it("answers each subscriber, and records each before it answers", async () => {
    const lines = await linesOfRun(body(IDS));
    expect(lines).toHaveLength(IDS.length + 1);
    expect(lines.at(-1)).toEqual({ type: "end", outcome: "done" });
    expect(answerOf(lines, "107867")).toEqual({
      ...{ outcome: "found", channels: 8, follows: { answer: "yes", since: SINCE } },
    });
    expect(answerOf(lines, "follows-1")).toMatchObject({ channels: 1, follows: { answer: "no" } });
    expect(answerOf(lines, "nobody")).toEqual({ outcome: "unknown" });
    expect(answerOf(lines, "error-131000")).toMatchObject({
      outcome: "failed",
      failure: {
        happened: "Official channels are not enabled for this app.",
        ...{ vendor: { code: 131000 }, requestId },
      },
    });
    expect(answerOf(lines, "fault-shifting")).toMatchObject({
      outcome: "found",
      follows: { answer: "unknown", failure: null },
    });

    const rows = await written();
    const about = { app: "demo", target: CHANNEL, fields: ["subscribedAt"] };
    expect(rows[0]).toMatchObject({ action: "bulk.lookup", outcome: "started", ...about });
    expect(rows.at(-1)).toMatchObject({ action: "bulk.lookup", outcome: "done", rows: 5 });
    const each = rows.slice(1, -1);
    expect(
      each.every(
        ({ action, actorEmail }) => action === "membership" && actorEmail === "support@desk.test",
      ),
    ).toBe(true);
    expect(
      Object.fromEntries(each.map((row) => [row.subscriberId, [row.outcome, row.code]])),
    ).toEqual({
      "107867": ["done", null],
      "follows-1": ["done", null],
      nobody: ["done", null],
      "error-131000": ["failed", "131000"],
      "fault-shifting": ["partial", null],
    });
    expect(each).toHaveLength(IDS.length);
  });

  it("without a channel counts channels, and requests nothing else", async () => {
    const lines = await linesOfRun(body(["follows-201", "follows-0"], null));
    expect(answerOf(lines, "follows-201")).toEqual({
      outcome: "found",
      channels: 201,
      follows: null,
    });
    expect(answerOf(lines, "follows-0")).toEqual({ outcome: "found", channels: 0, follows: null });
    expect(await written()).toMatchObject([
      { action: "bulk.lookup", outcome: "started", fields: [] },
      { action: "lookup", target: null },
      { action: "lookup", target: null },
      { action: "bulk.lookup", outcome: "done" },
    ]);
  });

  it.each<[Role, FieldPolicyChanges, number | null]>([
    ["support", {}, SINCE],
    ["product", {}, SINCE],
    ["product", { product: { subscribedAt: "never", subscriberCustomString: "shown" } }, null],
    ["admin", { admin: { subscribedAt: "masked", subscriberCustomString: "shown" } }, null],
  ])("tells %s under %j since when: %s", async (role, policy, since) => {
    testRequest.user = sessionUser(role);
    changes = policy;
    const lines = await linesOfRun(body(["107867"]));
    expect(answerOf(lines, "107867")).toMatchObject({ follows: { answer: "yes", since } });
    const requested = emulator.calls.map(
      ({ body }) =>
        (body as { ResponseFilter: { SelfInfoFilter: string[] } }).ResponseFilter.SelfInfoFilter,
    );
    expect(requested).toEqual([[since === null ? "CustomString" : "SubscribeTime"]]);
  });

  it.each([
    ["no JSON", "garbage"],
    ["no IDs", body([])],
    ["an ID that is none", body(["107867", "用户"])],
    ["the ID of a channel", body(["@TOA#_a"])],
    ["an ID that is no text", body([107867])],
    ["501 IDs", body(Array.from({ length: 501 }, (_, index) => `user-${index}`))],
    ["no channel ID", body(["107867"], "")],
    ["a field too many", { ...body(["107867"]), fields: ["name"] }],
  ])("refuses %s, asks nobody, and records that", async (_, content) => {
    const answer = await asked(content);
    expect([answer.status, (await answer.json()).failure.code]).toEqual([400, "invalid"]);
    expect(emulator.calls).toHaveLength(0);
    expect(await written()).toMatchObject([{ outcome: "refused", code: "invalid" }]);
  });

  it("refuses an unknown app and a visitor", async () => {
    expect((await asked({ ...body(["107867"]), app: "nowhere" })).status).toBe(404);
    testRequest.user = null;
    expect((await asked(body(["107867"]))).status).toBe(401);
    expect(emulator.calls).toHaveLength(0);
  });

  it("takes 500 IDs", async () => {
    const ids = Array.from({ length: 500 }, (_, index) => `user-${index + 1}`);
    const { body: stream, status } = await asked(body(ids, null));
    expect(status).toBe(200);
    await stream?.cancel();
  });

  it("counts each subscriber against a limit of its own, and waits", async () => {
    perMinute = 2;
    const leaving = new AbortController();
    const { body: stream } = await asked(
      body(["user-1", "user-2", "user-3"], null),
      leaving.signal,
    );
    const lines: BulkLine[] = [];
    if (stream) {
      for await (const text of linesOf(stream)) {
        const line: BulkLine = JSON.parse(text);
        lines.push(line);
        if (line.type === "wait") break;
      }
    }
    expect(lines.map(({ type }) => type)).toEqual(["answer", "answer", "wait"]);
    expect(lines[2]).toMatchObject({ seconds: expect.any(Number) });
    leaving.abort();
    await vi.waitFor(async () =>
      expect((await written()).at(-1)).toMatchObject({ outcome: "cancelled", rows: 2 }),
    );
  });

  it("ends when ten subscribers in a row fail, and says that the rest was not asked", async () => {
    const codes = [
      ...[131000, 130002, 60021, 60016, 60020, 70020, 70402],
      ...[70403, 60010, 60006, 60002, 60003, 60012, 6017],
    ];
    const ids = [...codes.map((code) => `error-${code}`), "user-1", "user-2"];
    const lines = await linesOfRun(body(ids, null));
    expect(lines.at(-1)).toEqual({ type: "end", outcome: "failing" });
    expect(answerOf(lines, "user-2")).toBeUndefined();
    const answered = lines.filter(({ type }) => type === "answer").length;
    expect((await written()).at(-1)).toMatchObject({ outcome: "partial", rows: answered });
  });

  it("stops reading when the browser leaves, and records what was under way", async () => {
    const leaving = new AbortController();
    const { body: stream } = await asked(body(["107867", "fault-hanging"], null), leaving.signal);
    const reader = stream?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('"107867"');
    leaving.abort();
    await vi.waitFor(async () => {
      const rows = await written();
      const ends = rows.slice(2).map(({ action, outcome }) => `${action} ${outcome}`);
      expect(ends.sort()).toEqual(["bulk.lookup cancelled", "lookup cancelled"]);
    });
  });
});

describe("the file of a bulk lookup", () => {
  beforeEach(() => {
    testRequest.user = sessionUser("product");
  });

  const content = (records: readonly BulkRecord[]) => ({
    ...{ app: "demo", channelId: CHANNEL, readAt: Date.parse("2026-01-02T03:04:05Z"), asked: 7 },
    records,
  });

  function file(format: ExportFormat, given: unknown): Promise<Response> {
    const init = { method: "POST", body: JSON.stringify(given) };
    return exported(new Request(`http://127.0.0.1:3000/bulk/export?format=${format}`, init));
  }

  const records: readonly BulkRecord[] = [
    ["107867", "found", 8, "yes", SINCE, null],
    ["=cmd|'x", "found", 1, "no", null, null],
    ["nobody", "unknown", null, null, null, null],
    ["007", "failed", null, null, null, "131000"],
    ["slow", "found", 900, "unknown", null, "timeout"],
  ];

  it("has each answer in words, and no formula", async () => {
    const text = await (await file("csv", content(records))).text();
    expect(text.split("\r\n")).toEqual([
      '"Subscriber ID","Result","Channels","Subscribed","Subscribed since","Code","Details"',
      '"107867","Found","8","Yes","2023-11-22T12:15:51.000Z","",""',
      '"\'=cmd|\'\'x","Found","1","No","","",""',
      '"nobody","Unknown user","","","","",""',
      '"\'007","Failed","","","","131000","Official channels are not enabled for this app."',
      '"slow","Found","900","Could not be checked","","timeout","Tencent Cloud did not respond in time."',
      "",
    ]);
    const about = { action: "bulk.export", app: "demo", target: `csv ${CHANNEL}` };
    expect(await written()).toMatchObject([
      { ...about, outcome: "started" },
      { ...about, outcome: "done", rows: 5 },
    ]);
  });

  it("as a workbook keeps IDs as text and says what it is", async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await (await file("xlsx", content(records))).arrayBuffer());
    const rows = workbook.getWorksheet("subscribers")?.getSheetValues() ?? [];
    expect(rows[5]).toEqual(expect.arrayContaining(["007", "Failed"]));
    const about = JSON.stringify(workbook.getWorksheet("manifest")?.getSheetValues());
    for (const fact of ["bulk-lookup", "asked=7", "2026-01-02T03:04:05.000Z", "demo"]) {
      expect(about).toContain(fact);
    }
  });

  it("leaves out columns without a value", async () => {
    const text = await (await file("csv", content([["a", "found", 3, null, null, null]]))).text();
    expect(text.split("\r\n")[0]).toBe('"Subscriber ID","Result","Channels"');
  });

  it("of 500 answers fits into one request", () => {
    const failed: BulkRecord = ["x".repeat(32), "found", 1_000_000, "unknown", null, "131000"];
    const yes: BulkRecord = ["x".repeat(32), "found", 1_000_000, "yes", Date.now(), null];
    for (const record of [failed, yes]) {
      const text = JSON.stringify(content(Array.from({ length: 500 }, () => record)));
      expect(text.length).toBeLessThan(60 * 1024);
    }
  });

  it("is not for support, nor of something else", async () => {
    const wrong = [["x", "found", 1, "perhaps", null, null]] as unknown as BulkRecord[];
    expect((await file("csv", content(wrong))).status).toBe(400);
    expect((await file("csv", content([]))).status).toBe(400);
    testRequest.user = sessionUser("support");
    expect((await file("csv", content(records))).status).toBe(403);
  });

  it("has the answers of a run in short", () => {
    expect(
      bulkRecord("a", { outcome: "found", channels: 2, follows: { answer: "yes", since: 5 } }),
    ).toEqual(["a", "found", 2, "yes", 5, null]);
    expect(bulkRecord("b", { outcome: "unknown" })).toEqual([
      "b",
      "unknown",
      null,
      null,
      null,
      null,
    ]);
  });
});
