import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { addAccount } from "@/lib/auth/accounts";
import { callAction } from "@/lib/call-action";
import { channelAddress, channelsAddress } from "@/lib/channels/channels-address";
import { readOverview } from "@/lib/channels/directory/overview";
import type { DirectoryQuery } from "@/lib/channels/known-channel";
import { recordAbsences, recordObservations } from "@/lib/channels/observations/record";
import { setWatched } from "@/lib/channels/watches";
import { FIELDS } from "@/lib/chat-api/types";
import { channels, watches } from "@/lib/db/channel-schema";
import { accounts } from "@/lib/db/schema";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { overview } from "./actions";
import { shownOverview } from "./overview-answer";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const APP = "a";

let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let now: Date;
beforeAll(async () => {
  for (const [name, value] of Object.entries(deskEnvironment("http://127.0.0.1:3000"))) {
    vi.stubEnv(name, value);
  }
  opened = await openTestDatabase();
  now = new Date();
  await fillDatabase();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
beforeEach(() => {
  testRequest.user = sessionUser("product");
});

/** Read every twelve hours of eight days: one grows, one shrinks, one fell silent, one is gone. */
async function fillDatabase(): Promise<void> {
  const { db } = opened;
  const ago = (ms: number) => new Date(now.getTime() - ms);
  const counts: Readonly<Record<string, (days: number) => number>> = {
    "@TOA#_up": (days) => 1000 - 10 * days,
    "@TOA#_down": (days) => 500 + 5 * days,
    "@TOA#_still": () => 70,
  };
  for (let hours = 8 * 24; hours >= 0; hours -= 12) {
    const seenAt = ago(hours * HOUR_MS);
    const observations = Object.entries(counts).map(([channelId, countOf]) => ({
      channel: {
        channelId,
        name: `Name of ${channelId}`,
        avatarUrl: null,
        subscriberCount: countOf(hours / 24),
        lastMessageAt: channelId === "@TOA#_still" ? ago(9 * DAY_MS) : seenAt,
      },
      seenAt,
    }));
    await recordObservations(db, APP, observations);
  }
  const ofNobody = {
    channelId: "@TOA#_of_nobody",
    name: "Met once",
    lastMessageAt: ago(9 * DAY_MS),
  };
  await recordObservations(db, APP, [{ channel: ofNobody, seenAt: now }]);
  const channel = { channelId: "@TOA#_gone", name: "Gone", subscriberCount: 3 };
  await recordObservations(db, APP, [{ channel, seenAt: ago(3 * DAY_MS) }]);
  await recordAbsences(db, APP, [{ channelId: "@TOA#_gone", goneAt: ago(2 * DAY_MS) }]);
  await addAccount(db, {
    email: "p@a.test",
    name: "P",
    role: "product",
    password: "x".repeat(12),
  });
  const [person] = await db.select({ id: accounts.id }).from(accounts);
  const rows = await db.select({ key: channels.key, id: channels.channelId }).from(channels);
  const watched = rows.filter(({ id }) => id !== "@TOA#_of_nobody");
  await setWatched(
    db,
    {
      channelKeys: watched.map(({ key }) => key),
      userId: person?.id ?? "",
      isTeam: true,
      watched: true,
    },
    { refreshMinutes: 15, now },
  );
}

const idsOf = (list: { rows: readonly { channelId: string }[] } | null) =>
  list?.rows.map(({ channelId }) => channelId);

it("tells what the watched channels reach and what has moved, with the way to the rows", async () => {
  const result = await callAction(overview, { app: APP });
  if (!result.ok) throw new Error(result.failure.code);
  const { reach, gainers, losers, newlySilent, gone, refresh, sampleUntil } = result.value;
  const hrefOf = (query: DirectoryQuery | undefined) => query && channelsAddress(query, APP);
  expect(reach.channels).toBe(3);
  expect(hrefOf(reach.query)).toBe("/channels?view=watched&sort=-subscriberCount");
  expect(reach.counted).toMatchObject({
    subscribers: 1570,
    changeDay: { absolute: 10 - 5, percent: 500 / 1565 },
    changeWeek: { absolute: 70 - 35, percent: 3500 / 1535 },
    changeMonth: null,
  });
  for (const column of ["changeDay", "changeWeek", "changeMonth"] as const) {
    const query = { ...reach.query, sorts: [{ column, descending: true }] };
    expect(hrefOf(query)).toBe(`/channels?view=watched&sort=-${column}`);
  }
  expect(reach.counted?.totals.at(-1)).toEqual({ at: expect.any(Date), subscribers: 1570 });
  expect([idsOf(gainers), idsOf(losers), idsOf(newlySilent), idsOf(gone)]).toEqual([
    ["@TOA#_up"],
    ["@TOA#_down"],
    ["@TOA#_still"],
    ["@TOA#_gone"],
  ]);
  expect(gainers?.rows[0]).toMatchObject({
    name: "Name of @TOA#_up",
    subscriberCount: 1000,
    changeWeek: { absolute: 70 },
  });
  expect(channelAddress(gainers?.rows[0]?.app ?? "", "@TOA#_up", APP)).toBe(
    "/channels/view?channel=%40TOA%23_up",
  );
  expect(gainers?.rows[0]?.trend?.at(-1)).toBe(1000);
  expect(new URLSearchParams(hrefOf(newlySilent?.query)?.split("?")[1]).get("silent")).toBe(
    "7,30,90",
  );
  const stateHref = (state: string) =>
    `/channels?view=watched&refreshState=oneOf%3A${state}&sort=countedAt`;
  expect(refresh).toMatchObject({
    lastRunAt: null,
    fresh: { count: 3 },
    stale: { count: 0 },
    failing: { count: 0 },
  });
  for (const state of ["fresh", "stale", "failing"] as const) {
    expect(hrefOf(refresh[state].query)).toBe(stateHref(state));
  }
  expect(sampleUntil).toBeNull();
});

it("says until when there is sample data, also of what only a figure counts", async () => {
  const { db } = opened;
  const until = new Date(now.getTime() - HOUR_MS);
  const sampleUntil = async () => {
    const result = await callAction(overview, { app: APP });
    return result.ok && result.value.sampleUntil;
  };
  const quiet = {
    ...{ app: APP, channelId: "@TOA#_quiet", searchText: "", nameKey: "" },
    ...{ firstSeenAt: now, seenAt: now, sampleUntil: until },
  };
  const [added] = await db.insert(channels).values(quiet).returning({ key: channels.key });
  const channelKey = added?.key ?? 0;
  expect(await sampleUntil()).toBeNull();
  await db.insert(watches).values({ channelKey, accountId: null, createdAt: now });
  expect(await sampleUntil()).toEqual(until);
  await db.delete(channels).where(eq(channels.key, channelKey));
});

describe("a field that the role may not see", () => {
  async function seenWithout(field: (typeof FIELDS)[number]) {
    const asked = { app: APP, userId: sessionUser("product").id, silentDays: [7, 30, 90] };
    const fields = FIELDS.filter((each) => each !== field);
    const viewer = { app: APP, fields, now };
    return shownOverview(opened.db, await readOverview(opened.db, asked, now), viewer);
  }

  it("is in no part, nor what rests on it: counts", async () => {
    const seen = await seenWithout("subscriberCount");
    expect([seen.reach.counted, seen.gainers, seen.losers]).toEqual([null, null, null]);
    for (const row of [...(seen.newlySilent?.rows ?? []), ...seen.gone.rows]) {
      expect([row.subscriberCount, row.changeWeek, row.trend]).toEqual([null, null, null]);
    }
    expect(channelsAddress(seen.gone.query, "other")).toBe(
      "/channels?app=a&view=gone&goneAt=withinDays%3A7&watchedBy=oneOf%3Ame%2Cteam&sort=-goneAt",
    );
  });

  it("is in no part, nor what rests on it: messages and names", async () => {
    const silent = await seenWithout("lastMessageAt");
    expect(silent.newlySilent).toBeNull();
    expect(silent.gainers?.rows[0]?.lastMessageAt).toBeNull();
    const nameless = await seenWithout("name");
    expect(JSON.stringify(nameless)).not.toContain("Name of");
  });
});

it.each([
  { who: "support" as const, input: { app: APP }, code: "notAllowed" },
  { who: null, input: { app: APP }, code: "signedOut" },
  { who: "product" as const, input: { app: "none" }, code: "unknownApp" },
  { who: "product" as const, input: { app: "" }, code: "invalid" },
])("refuses $who with $input", async ({ who, input, code }) => {
  testRequest.user = who && sessionUser(who);
  const result = await callAction(overview, input);
  expect(!result.ok && result.failure.code).toBe(code);
});
