import { desc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { Role } from "@/lib/auth/permissions";
import { type FieldPolicyChanges, fieldPolicy } from "@/lib/auth/permissions";
import { callAction } from "@/lib/call-action";
import { startObservationQueue } from "@/lib/channels/observations/queue";
import { recordAbsences, recordObservations } from "@/lib/channels/observations/record";
import { type Emulator, startEmulator } from "@/lib/chat-emulator/server";
import { channels, tags } from "@/lib/db/channel-schema";
import { accounts, auditEvents } from "@/lib/db/schema";
import { catchLog } from "@/lib/testing/desk-log";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { readChannel, readChoices, readDirectory, refreshChannel } from "./actions";
import { addChannels, changeTagPeriod, tagChannels, watchChannels } from "./change-actions";
import { GET as exported, POST as exportedSelection } from "./export/route";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/env", async (original) => {
  const module = await original<typeof import("@/lib/env")>();
  return { ...module, env: () => ({ ...module.env(), fieldPolicy: fieldPolicy(changes) }) };
});

let changes: FieldPolicyChanges = {};

const KEY = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
const SAMPLE = "@TOA#_test_mill_subscriber_OA";
const NOW = new Date();
const DAY = 86_400_000;
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);

let emulator: Emulator;
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let stop: () => Promise<void>;

beforeAll(async () => {
  opened = await openTestDatabase();
  emulator = await startEmulator({ apps: [KEY] });
  const apps = ["demo", "other"].map((slug) => ({
    slug,
    name: slug,
    ...KEY,
    baseUrl: emulator.url,
  }));
  vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
  vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");
  vi.stubEnv("CHAT_APPS", JSON.stringify(apps));
  vi.stubEnv("LOOKUPS_PER_MINUTE", "100000");
  vi.stubEnv("EXPORTS_PER_HOUR", "100000");
  for (const role of ["support", "product", "admin"] as const) {
    const { id, email, name } = sessionUser(role);
    await opened.db.insert(accounts).values({ id, email, name, role });
  }
  stop = startObservationQueue(opened.db);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await stop();
  await emulator.close();
  await opened.close();
});
beforeEach(async () => {
  catchLog();
  changes = {};
  signIn("product");
  for (const table of [channels, tags]) await opened.db.delete(table);
});

function signIn(role: Role) {
  testRequest.user = sessionUser(role);
}

/** What the desk has met: three channels, the second silent, the third gone. */
async function meet() {
  const channel = (id: number, organization: string, lastMessageAt: Date | null) => ({
    ...{ channelId: `@TOA#_${id}`, name: `Name ${id}`, ownerId: `owner-${id}`, organization },
    ...{ subscriberCount: id * 100, lastMessageAt, createdAt: ago(400) },
  });
  const met = [channel(1, "Acme", ago(1)), channel(2, "Acme", ago(40)), channel(3, "Bolt", null)];
  const observations = met.map((each) => ({ channel: each, seenAt: NOW }));
  await recordObservations(opened.db, "demo", observations);
  await recordAbsences(opened.db, "demo", [{ channelId: "@TOA#_3", goneAt: NOW }]);
}

async function directory(query: string, trends = false) {
  const result = await callAction(readDirectory, { query, trends });
  if (!result.ok) throw new Error(result.failure.happened);
  const ids = result.value.rows.map(({ channelId }) => channelId.replace("@TOA#_", ""));
  return { ...result.value, ids };
}

const lastAudit = async () => {
  const [row] = await opened.db
    .select()
    .from(auditEvents)
    .orderBy(desc(auditEvents.sequence))
    .limit(1);
  return row;
};

const refused = (code: string) => ({ ok: false, failure: { code } });

describe("the directory", () => {
  it("knows nothing until channels were met, and says how many it knows", async () => {
    expect(await directory("")).toMatchObject({ known: 0, total: 0, rows: [], sampleUntil: null });
    await meet();
    expect(await directory("q=name+2")).toMatchObject({ known: 3, total: 1, ids: ["2"] });
    expect((await directory("")).ids).toEqual(["3", "2", "1"]);
    expect((await directory("app=other")).known).toBe(0);
  });

  it("sorts, filters and pages", async () => {
    await meet();
    expect((await directory("sort=name")).ids).toEqual(["1", "2", "3"]);
    expect((await directory("organization=oneOf:Acme")).ids).toEqual(["2", "1"]);
    const past = await directory("offset=500&size=20");
    expect(past).toMatchObject({ offset: 0, total: 3 });
    expect(past.ids).toHaveLength(3);
  });

  it("shows the view, and of the silent ones the bands", async () => {
    await meet();
    expect((await directory("view=gone")).ids).toEqual(["3"]);
    const silent = await directory("view=silent");
    expect(silent.ids).toEqual(["2"]);
    expect(silent.bands).toEqual([
      { days: 7, count: 0 },
      { days: 30, count: 1 },
      { days: 90, count: 0 },
      { days: "never", count: 0 },
    ]);
    expect((await directory("view=silent&band=0")).ids).toEqual([]);
    expect((await directory("view=silent&silent=50")).ids).toEqual([]);
  });

  it("groups, the last page of it where there are no groups so far on", async () => {
    await meet();
    const { groups, total, rows } = await directory("group=organization");
    expect(rows).toEqual([]);
    expect(total).toBe(2);
    expect(groups).toEqual([
      { value: "Acme", channels: 2, subscribers: 300, changeWeek: null },
      { value: "Bolt", channels: 1, subscribers: 300, changeWeek: null },
    ]);
    expect(await directory("group=organization&offset=400")).toMatchObject({ offset: 0, total: 2 });
  });

  it("has the course of a count only where it is asked for", async () => {
    await meet();
    expect((await directory("")).trends.size).toBe(0);
    const { trends, rows } = await directory("", true);
    expect(trends.get(rows[0]?.key ?? -1)).toHaveLength(30);
  });

  it("gives what can be chosen of a column, whatever is chosen of it now", async () => {
    await meet();
    const choices = (query: string, column: "organization" | "tags") =>
      callAction(readChoices, { query, column });
    expect(await choices("organization=oneOf:Bolt", "organization")).toEqual({
      ok: true,
      value: [
        { value: "Acme", count: 2 },
        { value: "Bolt", count: 1 },
      ],
    });
    expect(await choices("", "tags")).toMatchObject({ value: [{ value: null, count: 3 }] });
  });

  it("is refused to support, to nobody, and for an app that is not there", async () => {
    const read = (query: string) => callAction(readDirectory, { query, trends: false });
    expect(await read("app=nowhere")).toMatchObject(refused("unknownApp"));
    expect(await read("x".repeat(20_000))).toMatchObject(refused("invalid"));
    signIn("support");
    expect(await read("")).toMatchObject(refused("notAllowed"));
    expect(await callAction(readChannel, { app: "demo", channelId: SAMPLE })).toMatchObject(
      refused("notAllowed"),
    );
    testRequest.user = null;
    expect(await read("")).toMatchObject(refused("signedOut"));
  });
});

describe("fields that a role may not see", () => {
  it("are in no answer, whatever the address asks", async () => {
    changes = { product: { subscriberCount: "masked", name: "never", organization: "never" } };
    await meet();
    const asked =
      "view=growing&sort=name&q=name&group=organization&columns=name,organization,subscriberCount";
    const answers = [
      await directory(asked, true),
      await directory("", true),
      await callAction(readChannel, { app: "demo", channelId: "@TOA#_1" }),
      await callAction(readChoices, { query: "", column: "organization" }),
    ];
    expect(answers[0]).toMatchObject({ total: 0, groups: null });
    expect(answers[3]).toMatchObject(refused("invalid"));
    const said = JSON.stringify(answers, (_, value) => (value instanceof Map ? [...value] : value));
    for (const secret of ["Name 1", "Acme", ":100,", ":200,"]) expect(said).not.toContain(secret);
    const response = await exported(new Request(`http://desk.test/x?${asked}&format=csv`));
    const file = await response.text();
    expect(file).not.toMatch(/Name 1|Acme|\b[123]00\b/);
    signIn("admin");
    expect((await directory("q=name")).ids).toHaveLength(3);
  });
});

describe("adding channels", () => {
  it("says of each id what it was, and remembers those that there are", async () => {
    const ids = [SAMPLE, `${SAMPLE} `, "@TOA#_no_such_channel", "no id"];
    const result = await callAction(addChannels, { app: "demo", ids });
    expect(result).toMatchObject({
      ok: true,
      value: [
        { channelId: SAMPLE, outcome: "added", reason: null },
        { channelId: "@TOA#_no_such_channel", outcome: "unknown", code: 130004 },
        { channelId: "no id", outcome: "malformed", code: null },
      ],
    });
    expect(JSON.stringify(result)).toContain("does not exist");
    expect((await directory("")).rows).toMatchObject([{ channelId: SAMPLE }]);
    expect(await lastAudit()).toMatchObject({
      ...{ action: "channels.add", outcome: "done", app: "demo", rows: 1 },
      target: `${SAMPLE} +2`,
    });
    const again = await callAction(addChannels, { app: "demo", ids: [SAMPLE] });
    expect(again).toMatchObject({ ok: true, value: [{ outcome: "known" }] });
  });

  it("takes a thousand at most, one at least, and no app that is not there", async () => {
    const add = (app: string, ids: string[]) => callAction(addChannels, { app, ids });
    const many = Array.from({ length: 1001 }, (_, index) => `@TOA#_${index}`);
    expect(await add("demo", many)).toMatchObject(refused("invalid"));
    expect(await add("demo", [" "])).toMatchObject(refused("invalid"));
    expect(await add("nowhere", [SAMPLE])).toMatchObject(refused("unknownApp"));
    signIn("support");
    expect(await add("demo", [SAMPLE])).toMatchObject(refused("notAllowed"));
  });
});

describe("refreshing a channel", () => {
  it("takes one call, and is in the database when it is over", async () => {
    const before = emulator.calls.length;
    const input = { app: "demo", channelId: SAMPLE };
    expect(await callAction(refreshChannel, input)).toEqual({ ok: true, value: { unreadable: 0 } });
    expect(emulator.calls.slice(before)).toHaveLength(1);
    expect(await callAction(readChannel, input)).toMatchObject({
      ok: true,
      value: { channel: { channelId: SAMPLE, ownerId: "107867" }, tags: [] },
    });
    expect(await lastAudit()).toMatchObject({ action: "channel", target: SAMPLE, rows: 1 });
  });

  it("asks for nothing that the role may not see", async () => {
    changes = { product: { subscriberCount: "never" } };
    await callAction(refreshChannel, { app: "demo", channelId: SAMPLE });
    expect(JSON.stringify(emulator.calls.at(-1))).not.toContain("SubscriberNum");
  });

  it("notes that a channel is gone, and passes on what the vendor refuses", async () => {
    const gone = { app: "demo", channelId: "@TOA#_gone" };
    await recordObservations(opened.db, "demo", [
      { channel: { channelId: gone.channelId, name: "Gone" }, seenAt: ago(1) },
    ]);
    expect(await callAction(refreshChannel, gone)).toMatchObject({ ok: true });
    expect(await directory("view=gone")).toMatchObject({ ids: ["gone"] });
    expect(await callAction(refreshChannel, { app: "demo", channelId: "no id" })).toMatchObject(
      refused("vendor"),
    );
  });
});

describe("watching and tagging", () => {
  const ids = (...numbers: number[]) => numbers.map((number) => `@TOA#_${number}`);

  it("is for oneself or for the team, and can be taken back", async () => {
    await meet();
    const watch = (channelIds: string[], isTeam: boolean, watched: boolean) =>
      callAction(watchChannels, { app: "demo", channelIds, isTeam, watched });
    expect(await watch(ids(1, 2, 9), false, true)).toEqual(done(1, 2));
    expect(await lastAudit()).toMatchObject({ action: "channels.watch", rows: 2, reason: null });
    expect(await watch(ids(2, 2), true, true)).toEqual(done(2));
    expect((await directory("view=watched")).ids).toEqual(["2", "1"]);
    signIn("admin");
    expect((await directory("view=watched")).ids).toEqual(["2"]);
    expect(await watch(ids(2), true, false)).toEqual(done(2));
    expect(await lastAudit()).toMatchObject({
      ...{ action: "channels.unwatch", target: "@TOA#_2", reason: "team" },
    });
    signIn("product");
    expect((await directory("view=watched")).ids).toEqual(["2", "1"]);
  });

  it("gives one channel its tags, and several a tag besides", async () => {
    await meet();
    const tag = (name: string, tagged: boolean, channelIds = ids(1, 2)) =>
      callAction(tagChannels, { app: "demo", channelIds, tag: name, tagged });
    expect(await tag("Key", true, ids(1))).toEqual(done(1));
    expect(await tag("News", true, ids(1))).toEqual(done(1));
    expect(await tag("ＫＥＹ", true)).toEqual(done(2));
    expect((await directory("tags=oneOf:Key")).ids).toEqual(["2", "1"]);
    expect(await lastAudit()).toMatchObject({
      action: "channels.tag",
      rows: 1,
      reason: "+ ＫＥＹ",
    });
    expect(await tag("Key", false)).toEqual(done(1, 2));
    expect((await directory("tags=oneOf:Key")).ids).toEqual([]);
    expect((await directory("tags=oneOf:News")).ids).toEqual(["1"]);
    expect(await tag("Key", true, ids(9))).toEqual(not("unknownChannel"));
    expect(await tag("a\u0007", true, ids(1))).toEqual(not("badTag"));
    expect(await tag(" ", true)).toEqual(not("badTag"));
  });

  it("changes how often channels with a tag are read", async () => {
    await meet();
    await callAction(tagChannels, { app: "demo", channelIds: ids(1), tag: "Key", tagged: true });
    const watched = { app: "demo", channelIds: ids(1), isTeam: false, watched: true };
    await callAction(watchChannels, watched);
    const change = (tag: string, minutes: number | null) =>
      callAction(changeTagPeriod, { tag, minutes });
    expect(await change("Key", 5)).toEqual({ ok: true, value: { ok: true, value: null } });
    const [row] = await opened.db.select().from(channels).where(eq(channels.channelId, "@TOA#_1"));
    expect(row?.refreshMinutes).toBe(5);
    expect(await lastAudit()).toMatchObject({ action: "channels.changeTag", target: "Key" });
    expect(await change("Other", 5)).toEqual(not("unknownTag"));
    expect(await change("Key", 1)).toMatchObject(refused("invalid"));
    signIn("support");
    expect(await change("Key", 5)).toMatchObject(refused("notAllowed"));
    expect(await callAction(watchChannels, watched)).toMatchObject(refused("notAllowed"));
  });

  const done = (...numbers: number[]) => ({
    ok: true,
    value: { ok: true, value: ids(...numbers) },
  });
  const not = (failure: string) => ({ ok: true, value: { ok: false, failure } });
});

describe("the export", () => {
  const get = (query: string) => exported(new Request(`http://desk.test/channels/export?${query}`));

  it("holds all matching channels, with the columns of the screen in its order", async () => {
    await meet();
    const response = await get(
      "format=csv&columns=subscriberCount,name,trend&sort=name&offset=2&size=20",
    );
    expect(response.headers.get("content-disposition")).toContain("channels-demo-");
    expect((await response.text()).trimEnd().split("\r\n")).toEqual([
      '"Subscribers","Channel","Channel ID"',
      `"100","Name 1","'@TOA#_1"`,
      `"200","Name 2","'@TOA#_2"`,
      `"300","Name 3","'@TOA#_3"`,
    ]);
    expect(await lastAudit()).toMatchObject({
      ...{ action: "channels.export", outcome: "done", app: "demo", target: "csv", rows: 3 },
    });
  });

  it("is of what the address narrows, and its manifest says so", async () => {
    await meet();
    const file = await (await get("format=json&q=2&columns=name,lastMessageAt")).json();
    expect(file.channels).toEqual([
      {
        name: "Name 2",
        lastMessageAt: ago(40).toISOString(),
        channelId: "@TOA#_2",
      },
    ]);
    expect(file.manifest).toMatchObject({
      ...{ what: "channels", writtenRows: 1, query: "q=2&columns=name%2ClastMessageAt" },
    });
  });

  it("holds the selected channels alone, whatever the address narrows, and its manifest says so", async () => {
    await meet();
    const post = (body: unknown) =>
      exportedSelection(
        new Request("http://desk.test/channels/export?format=json&q=2&view=silent&sort=name", {
          method: "POST",
          body: JSON.stringify(body),
        }),
      );
    const selected = ["@TOA#_3", "@TOA#_1", "@TOA#_no_such_channel", "' or true --"];
    const file = await (await post({ selected })).json();
    expect(file.channels.map(({ name }: { name: string }) => name)).toEqual(["Name 1", "Name 3"]);
    expect(file.manifest).toMatchObject({ selectedRows: 4, writtenRows: 2 });
    expect(await lastAudit()).toMatchObject({
      ...{ action: "channels.export", outcome: "done", target: "json", rows: 2 },
    });
    expect((await (await get("format=json&q=2")).json()).manifest).not.toHaveProperty(
      "selectedRows",
    );
    for (const body of [{}, null, { selected: [] }, { selected: ["x".repeat(201)] }])
      expect((await post(body)).status).toBe(400);
    expect((await post({ selected: Array(10_001).fill("@TOA#_1") })).status).toBe(400);
    signIn("support");
    expect((await post({ selected })).status).toBe(403);
  });

  it("says until when some of its channels are sample data", async () => {
    await meet();
    expect((await (await get("format=json")).json()).manifest).not.toHaveProperty("sampleUntil");
    await opened.db
      .update(channels)
      .set({ sampleUntil: ago(1) })
      .where(eq(channels.channelId, "@TOA#_2"));
    const { manifest } = await (await get("format=json")).json();
    expect(manifest.sampleUntil).toBe(ago(1).toISOString());
    const others = await (await get("format=json&q=3")).json();
    expect(others.manifest).not.toHaveProperty("sampleUntil");
  });

  it("of nothing is a file of nothing", async () => {
    const file = await (await get("format=csv&columns=name")).text();
    expect(file.trim()).toBe('"Channel","Channel ID"');
  });

  it("is refused to support, for another app, and in no such format", async () => {
    expect((await get("format=csv&app=nowhere")).status).toBe(404);
    expect((await get("format=pdf")).status).toBe(400);
    signIn("support");
    expect((await get("format=csv")).status).toBe(403);
  });
});
