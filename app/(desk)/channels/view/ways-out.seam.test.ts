import { eq } from "drizzle-orm";
import ExcelJS from "exceljs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type FieldPolicyChanges, fieldPolicy } from "@/lib/auth/permissions";
import { channels, snapshots, watches } from "@/lib/db/channel-schema";
import { accounts, auditEvents } from "@/lib/db/schema";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { GET } from "./export/route";
import { readTrend } from "./read-trend";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/env", async (original) => {
  const module = await original<typeof import("@/lib/env")>();
  return { ...module, env: () => ({ ...module.env(), fieldPolicy: fieldPolicy(changes) }) };
});

let changes: FieldPolicyChanges = {};

const HOUR = 3_600_000;
const NOW = Date.now();
const ONE = "@TOA#_one";
const TWO = "@TOA#_two";
const UNCOUNTED = "@TOA#_uncounted";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;

beforeAll(async () => {
  const key = { sdkAppId: 1400000001, adminId: "administrator", secretKey: "k".repeat(64) };
  const apps = ["demo", "other"].map((slug) => ({ slug, name: slug, ...key, region: "tokyo" }));
  vi.stubEnv("APP_URL", "http://127.0.0.1:3000");
  vi.stubEnv("AUTH_SECRET", "a secret of these tests, long enough");
  vi.stubEnv("CHAT_APPS", JSON.stringify(apps));
  vi.stubEnv("EXPORTS_PER_HOUR", "100000");
  opened = await openTestDatabase();
  const { id, email, name, role } = sessionUser("product");
  await opened.db.insert(accounts).values({ id, email, name, role });
  const one = await addChannel(ONE, [
    [50, 100],
    [26, 110],
    [1, 150],
  ]);
  await addChannel(TWO, [[26, 0]]);
  await addChannel(UNCOUNTED, []);
  const createdAt = new Date(NOW - 30 * HOUR);
  await opened.db.insert(watches).values({ channelKey: one, accountId: null, createdAt });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
beforeEach(() => {
  changes = {};
  testRequest.user = sessionUser("product");
});

/** A channel with readings: so many hours ago, so many subscribers. */
async function addChannel(
  channelId: string,
  readings: readonly [hoursAgo: number, count: number][],
) {
  const [last] = readings.toReversed();
  const at = (hours: number) => new Date(NOW - hours * HOUR);
  const counted = last && { countedAt: at(last[0]), subscriberCount: last[1] };
  const name = `Name of ${channelId}`;
  const [channel] = await opened.db
    .insert(channels)
    .values({
      ...{ app: "demo", channelId, name, ownerId: "canary-owner", introduction: "canary-words" },
      ...{ searchText: name.toUpperCase(), nameKey: name.toUpperCase(), refreshMinutes: 60 },
      ...{ firstSeenAt: at(50), seenAt: at(1), lastMessageAt: at(2), ...counted },
    })
    .returning({ key: channels.key });
  const key = channel?.key ?? 0;
  const rows = readings.map(([hours, subscriberCount], index) => ({
    ...{ channelKey: key, at: at(hours), resolution: "reading" as const, subscriberCount },
    until: index === readings.length - 1 ? null : at(hours),
    lastMessageAt: at(hours + 1),
  }));
  if (rows.length > 0) await opened.db.insert(snapshots).values(rows);
  return key;
}

const asked = (more: Record<string, string> = {}) =>
  new URLSearchParams({ app: "demo", channel: ONE, range: "7d", ...more });

async function seen(more: Record<string, string> = {}) {
  const answer = await readTrend(asked(more));
  if (!answer.ok || answer.value === null) throw new Error("It was not read.");
  return answer.value;
}

describe("a channel over time", () => {
  it("is known by its readings, its messages, and by when it was watched", async () => {
    const { trend, messages, channel } = await seen();
    // Unwatched the readings may be a day apart; since it is watched that is a gap.
    expect(trend?.series[0]?.counts).toEqual([100, 110, null, 150]);
    expect(messages).toHaveLength(3);
    expect(channel).toMatchObject({ channelId: ONE, subscriberCount: 150 });
    expect(channel).not.toHaveProperty("key");
  });

  it("is compared with others that the desk knows, and says which it does not", async () => {
    const { others, unknown, trend } = await seen({ with: `${TWO},@TOA#_nobody` });
    expect(others.map(({ channelId }) => channelId)).toEqual([TWO]);
    expect(unknown).toEqual(["@TOA#_nobody"]);
    expect(trend?.series.map(({ base }) => base)).toEqual([100, 0]);
  });

  it("begins with the first reading where all of it is wanted", async () => {
    const { range } = await seen({ range: "all" });
    expect(range.from.getTime()).toBe(NOW - 50 * HOUR);
    const uncounted = await seen({ range: "all", channel: UNCOUNTED });
    expect(uncounted.trend?.moments).toEqual([]);
    expect(uncounted.range.from.getTime()).toBeGreaterThan(NOW - HOUR);
  });

  it("has the range of the dates in the address, and says which dates are no range", async () => {
    const date = new Date(NOW - 26 * HOUR).toISOString().slice(0, 10);
    const from = new Date(`${date}T00:00Z`);
    const to = new Date(from.getTime() + 24 * HOUR);
    const day = await seen({ from: date, to: date });
    expect(day).toMatchObject({ range: { from, to }, datesProblem: null });
    expect(day.trend?.series[0]?.counts).toContain(110);
    expect(day.trend?.series[0]?.counts).not.toContain(150);
    const reversed = await seen({ from: "2020-01-02", to: "2020-01-01" });
    expect(reversed.datesProblem).toBe("reversed");
    expect(reversed.range.to).toEqual(reversed.readAt);
    expect(reversed.trend?.series[0]?.counts).toContain(150);
  });

  it("is nobody's in another app, and no app's that there is not", async () => {
    expect(await readTrend(asked({ app: "other" }))).toEqual({ ok: true, value: null });
    expect(await readTrend(asked({ app: "none" }))).toMatchObject({
      ok: false,
      failure: { code: "unknownApp" },
    });
  });

  it("is not for support", async () => {
    testRequest.user = sessionUser("support");
    const refused = { ok: false, failure: { code: "notAllowed" } };
    expect(await readTrend(asked())).toMatchObject(refused);
    expect((await GET(new Request(exportUrl("csv")))).status).toBe(403);
  });
});

function exportUrl(format: string, more: Record<string, string> = {}): string {
  return `http://127.0.0.1:3000/channels/view/export?${asked({ format, ...more })}`;
}

describe("sample data", () => {
  const until = new Date(NOW - HOUR);
  const mark = (sampleUntil: Date | null) =>
    opened.db.update(channels).set({ sampleUntil }).where(eq(channels.channelId, TWO));
  beforeEach(() => mark(until));
  afterEach(() => mark(null));

  it("is told of whichever channel of the view has some", async () => {
    expect((await seen()).sampleUntil).toBeNull();
    expect((await seen({ with: TWO })).sampleUntil).toEqual(until);
  });

  it("is told of in the file, by its channel and for all of it", async () => {
    const json = await GET(new Request(exportUrl("json", { with: TWO })));
    const { counts, manifest } = await json.json();
    expect(manifest.sampleUntil).toBe(until.toISOString());
    expect(counts.slice(0, 2)).toMatchObject([
      { channelId: ONE, sampleUntil: null },
      { channelId: TWO, sampleUntil: until.toISOString() },
    ]);
    const alone = await (await GET(new Request(exportUrl("json")))).json();
    expect(alone.manifest).not.toHaveProperty("sampleUntil");
    expect(alone.counts[0]).not.toHaveProperty("sampleUntil");
  });
});

describe("a file of it", () => {
  it("has the numbers of the page, the oldest first, and is written down", async () => {
    const answer = await GET(new Request(exportUrl("csv", { index: "1" })));
    expect(answer.headers.get("content-disposition")).toMatch(
      /filename="trend-of-_TOA__one-demo-\d{8}T\d{6}Z\.csv"/,
    );
    const [head, ...lines] = (await answer.text()).trim().split("\r\n");
    expect(head).toBe('"Time","Channel ID","Channel","Subscribers","Change","Index"');
    expect(lines.map((line) => line.slice(1, -1).split('","').slice(3))).toEqual([
      ["100", "", "100"],
      ["110", "10", "110"],
      ["", "", ""],
      ["150", "", "150"],
    ]);
    expect(lines.every((line) => line.includes(`'${ONE}`))).toBe(true);
    const rows = await opened.db.select().from(auditEvents);
    expect(rows.filter(({ action }) => action === "channels.export").at(-1)).toMatchObject({
      ...{ outcome: "done", app: "demo", target: `csv ${ONE}`, rows: 4 },
    });
  });

  it("has a row for each channel and moment, in every format", async () => {
    const json = await GET(new Request(exportUrl("json", { with: TWO })));
    const { counts, manifest } = await json.json();
    expect(counts).toHaveLength(8);
    expect(manifest).toMatchObject({ writtenRows: 8, what: `trend-of-${ONE}` });
    const lines = (await (await GET(new Request(exportUrl("ndjson")))).text()).trim().split("\n");
    expect(lines).toHaveLength(5);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await (await GET(new Request(exportUrl("xlsx")))).arrayBuffer());
    expect(workbook.worksheets[0]?.rowCount).toBe(5);
  });

  it.each([
    ["of a format that there is not", "pdf", {}, 400],
    ["of a channel that nobody knows", "csv", { channel: "@TOA#_nobody" }, 400],
    ["of an app that there is not", "csv", { app: "none" }, 404],
    ["of dates in the wrong order", "csv", { from: "2020-01-02", to: "2020-01-01" }, 400],
  ])("is refused: %s", async (_, format, more, status) => {
    expect((await GET(new Request(exportUrl(format, more)))).status).toBe(status);
  });
});

describe("what a role may not see", () => {
  it("is nowhere: not in the view and not in the file", async () => {
    changes = {
      product: {
        ...{ name: "never", ownerId: "never", introduction: "masked" },
        ...{ lastMessageAt: "never" },
      },
    };
    const view = await seen({ with: TWO });
    const text = JSON.stringify(view);
    expect(text).not.toContain("canary");
    expect(text).not.toContain("Name of");
    expect(view.messages).toEqual([]);
    expect(view.channel).toMatchObject({ name: null, lastMessageAt: null });
    const file = await (await GET(new Request(exportUrl("json", { with: TWO })))).text();
    expect(file).not.toContain("canary");
    expect(file).not.toContain("Name of");
  });

  it("leaves no chart where counts may not be shown, and no file", async () => {
    changes = { product: { subscriberCount: "masked" } };
    const { trend, channel } = await seen();
    expect(trend).toBeNull();
    expect(channel).toMatchObject({ subscriberCount: null, countedAt: null, changeDay: null });
    expect((await GET(new Request(exportUrl("csv")))).status).toBe(400);
  });
});
