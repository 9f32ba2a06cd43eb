// The zone of the machine must not matter: this one changes its clocks within the days that are looked at.
process.env.TZ = "Europe/Berlin";

import { inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { channels, refreshRuns, snapshots, watches } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";
import { testDatabases } from "@/lib/testing/test-databases";
import { listKnownChannels } from "./directory";
import { type OverviewRows, readOverview } from "./overview";

const MINUTE = 60_000;
const DAY = 86_400_000;
const NOW = new Date("2026-10-28T12:00:00.000Z");
const ME = "11111111-1111-4111-8111-111111111111";
const SOMEBODY = "22222222-2222-4222-8222-222222222222";
const ASKED = { app: "demo", userId: ME, silentDays: [7, 30] };

type Row = Partial<typeof channels.$inferInsert>;

const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);

/** Of each, what it is; all are counted an hour ago and have sent something then. */
const ROWS: Record<string, Row> = {
  grown: { changeWeek: 10, changeDay: 1, subscriberCount: 100, refreshMinutes: 60 },
  "grown more": { changeWeek: 2 ** 40, subscriberCount: 2 ** 41, refreshMinutes: 30 },
  "grown as much": { changeWeek: 10 },
  "grown 1": { changeWeek: 1 },
  "grown 2": { changeWeek: 2 },
  "grown 3": { changeWeek: 3 },
  "grown long ago": { changeWeek: 5000, countedAt: ago(7 * DAY + 1) },
  "grown and gone": { changeWeek: 5000, goneAt: ago(DAY) },
  shrunk: { changeWeek: -5, changeDay: -2, subscriberCount: 50, refreshMinutes: 60 },
  "shrunk more": { changeWeek: -500, countedAt: ago(7 * DAY) },
  "silent just now": { lastMessageAt: ago(7 * DAY) },
  "not silent yet": { lastMessageAt: ago(7 * DAY - 1) },
  "silent for a week": { lastMessageAt: ago(14 * DAY) },
  "silent before": { lastMessageAt: ago(14 * DAY + 1) },
  "silent, not counted": { lastMessageAt: ago(8 * DAY), countedAt: null },
  "never a message": { lastMessageAt: null },
  "gone this week": { goneAt: ago(7 * DAY) },
  "gone before": { goneAt: ago(7 * DAY + 1), refreshMinutes: 60 },
  late: { refreshMinutes: 15, countedAt: ago(30 * MINUTE + 1), refreshProblem: "timeout" },
  punctual: { refreshMinutes: 15, countedAt: ago(30 * MINUTE), refreshDueAt: ago(MINUTE) },
  "counted yesterday": {
    changeWeek: 1000,
    changeDay: 100,
    subscriberCount: 9,
    refreshMinutes: 1440,
    countedAt: ago(26 * 60 * MINUTE + 1),
  },
  "grown, of somebody": { changeWeek: 9999, refreshMinutes: 1440 },
  "shrunk, of nobody": { changeWeek: -9999 },
  "silent, of nobody": { lastMessageAt: ago(8 * DAY) },
  "gone, of nobody": { goneAt: ago(DAY) },
  uncounted: { refreshMinutes: 15, countedAt: null, subscriberCount: null },
};

/** By whom: me, the team, somebody else. */
const WATCHED: [string, string | null][] = [
  ...["grown as much", "grown 1", "grown 2", "grown 3", "grown long ago", "grown and gone"].map(
    (name): [string, string | null] => [name, ME],
  ),
  ...["shrunk more", "silent just now", "not silent yet", "silent for a week"].map(
    (name): [string, string | null] => [name, null],
  ),
  ...["silent before", "silent, not counted", "never a message", "gone this week"].map(
    (name): [string, string | null] => [name, ME],
  ),
  ["grown", ME],
  ["grown", null],
  ["grown more", null],
  ["shrunk", ME],
  ["uncounted", ME],
  ["late", null],
  ["punctual", SOMEBODY],
  ["grown, of somebody", SOMEBODY],
  ["gone before", ME],
  ["counted yesterday", null],
];

async function fill(db: Database): Promise<void> {
  await db.insert(accounts).values(
    [ME, SOMEBODY].map((id, index) => ({
      ...{ id, email: `${index}@demo.test`, name: "A person" },
      role: "product" as const,
    })),
  );
  for (const app of ["demo", "other"]) {
    await db.insert(channels).values(
      Object.entries(ROWS).map(([channelId, row]) => ({
        ...{ app, channelId, searchText: "", nameKey: "", subscriberCount: 1 },
        ...{ countedAt: ago(60 * MINUTE), lastMessageAt: ago(60 * MINUTE) },
        refreshMinutes: WATCHED.some(([name]) => name === channelId) ? 1440 : null,
        refreshDueAt: row.refreshMinutes ? NOW : null,
        ...{ lastMessageReadAt: NOW, firstSeenAt: ago(90 * DAY), seenAt: NOW },
        ...row,
      })),
    );
  }
  const names = WATCHED.map(([channelId]) => channelId);
  const keyed = await db.select().from(channels).where(inArray(channels.channelId, names));
  await db.insert(watches).values(
    keyed.flatMap(({ key, channelId }) =>
      WATCHED.filter(([watched]) => watched === channelId).map(([, accountId]) => ({
        ...{ channelKey: key, accountId, createdAt: NOW },
      })),
    ),
  );
  await db.insert(refreshRuns).values(
    [3, 1, 2].map((hours) => ({
      ...{ app: "demo", startedAt: ago(hours * 60 * MINUTE) },
      finishedAt: ago(hours * 60 * MINUTE - 500),
      ...{ refreshed: 1, gone: 0, failed: 0 },
    })),
  );
}

const idsOf = ({ rows }: Pick<OverviewRows, "rows">) => rows.map(({ channelId }) => channelId);

describe.each(testDatabases)("the overview on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    await fill(db);
  });
  afterAll(() => opened.close());

  it("adds up the channels that the person or the team watches", async () => {
    const { reach } = await readOverview(db, ASKED, NOW);
    expect(reach).toMatchObject({
      channels: 18,
      subscribers: 2 ** 41 + 172,
      // A change before an old count is not a change of this period.
      changeDay: { absolute: -1, percent: -100 / 151 },
      changeWeek: { absolute: 2 ** 40 + 21 },
      changeMonth: null,
      totals: [],
    });
    expect(reach.changeWeek?.percent).toBeCloseTo(100, 6);
  });

  it("lists what has moved most in the week, and says how many have", async () => {
    const { gainers, losers } = await readOverview(db, ASKED, NOW);
    expect(gainers.count).toBe(7);
    expect(idsOf(gainers)).toEqual([
      ...["grown more", "counted yesterday", "grown", "grown as much", "grown 3"],
    ]);
    expect(gainers.rows[2]).toMatchObject({ watchedByMe: true, watchedByTeam: true });
    expect(losers.count).toBe(2);
    expect(idsOf(losers)).toEqual(["shrunk more", "shrunk"]);
  });

  it("lists what has gone silent in the week, and what has gone", async () => {
    const { newlySilent, gone } = await readOverview(db, ASKED, NOW);
    expect(idsOf(newlySilent)).toEqual(["silent just now", "silent for a week"]);
    expect(newlySilent.count).toBe(2);
    expect(idsOf(gone)).toEqual(["grown and gone", "gone this week"]);
    expect(gone.count).toBe(2);
  });

  it("gives for each list the query that finds its rows", async () => {
    const { gainers, losers, newlySilent, gone, reach, refresh } = await readOverview(
      db,
      ASKED,
      NOW,
    );
    for (const list of [gainers, losers, newlySilent, gone]) {
      const found = await listKnownChannels(db, list.query, 50, NOW);
      expect(found).toHaveLength(list.count);
      expect(found.slice(0, 5)).toEqual(list.rows);
    }
    const watched = await listKnownChannels(db, reach.query, 50, NOW);
    expect(watched).toHaveLength(reach.channels);
    for (const { query, count } of [refresh.fresh, refresh.stale, refresh.failing]) {
      expect(await listKnownChannels(db, query, 50, NOW)).toHaveLength(count);
    }
  });

  it("tells how fresh the figures are of the same channels", async () => {
    const { reach, refresh } = await readOverview(db, ASKED, NOW);
    const { fresh, stale, failing } = refresh;
    expect(fresh.count + stale.count + failing.count).toBe(reach.channels);
    expect(refresh).toMatchObject({
      // An hour is once the period of most, and just twice that of one.
      fresh: { count: 13 },
      stale: { count: 4 },
      failing: { count: 1 },
      lastRunAt: ago(60 * MINUTE - 500),
      nextDueAt: ago(MINUTE),
    });
  });

  /** Adds channels with counts, each a number of days ago, watched by the team or by nobody. */
  async function addCounts(
    app: string,
    counted: readonly { isWatched: boolean; counts: readonly (readonly [number, number])[] }[],
  ) {
    const keys = await db
      .insert(channels)
      .values(
        counted.map((_, index) => ({
          ...{ app, channelId: `${index}`, searchText: "", nameKey: "", subscriberCount: 1 },
          ...{ firstSeenAt: NOW, seenAt: NOW },
        })),
      )
      .returning({ key: channels.key });
    const keyed = counted.map((each, index) => ({ ...each, channelKey: keys[index]?.key ?? 0 }));
    await db.insert(snapshots).values(
      keyed.flatMap(({ channelKey, counts }) =>
        counts.map(([days, subscriberCount]) => ({
          ...{ channelKey, subscriberCount, at: ago(days * DAY), resolution: "reading" as const },
        })),
      ),
    );
    await db
      .insert(watches)
      .values(
        keyed
          .filter(({ isWatched }) => isWatched)
          .map(({ channelKey }) => ({ channelKey, accountId: null, createdAt: NOW })),
      );
  }

  it("adds up the counts of each day, without a jump where a channel was found later", async () => {
    await addCounts("counted", [
      {
        isWatched: true,
        counts: [
          [40, 100],
          [5, 130],
        ],
      },
      {
        isWatched: true,
        counts: [
          [10, 50],
          [1.5, 40],
        ],
      },
      { isWatched: false, counts: [[40, 9000]] },
    ]);
    const { reach } = await readOverview(db, { ...ASKED, app: "counted" }, NOW);
    const expected = Array.from({ length: 31 }, (_, index) => {
      const days = 30 - index;
      return { at: ago(days * DAY), subscribers: days > 5 ? 150 : days > 1 ? 180 : 170 };
    });
    expect(reach.totals).toEqual(expected);
  });

  it("reads fewer days of more channels", async () => {
    const channel = { isWatched: true, counts: [[3, 7]] } as const;
    await addCounts(
      "many",
      Array.from({ length: 1001 }, () => channel),
    );
    const { reach } = await readOverview(db, { ...ASKED, app: "many" }, NOW);
    expect(reach.totals.map(({ at }) => (NOW.getTime() - at.getTime()) / DAY)).toEqual([
      30, 28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2, 0,
    ]);
    expect(reach.totals.every(({ subscribers }) => subscribers === 7007)).toBe(true);
  });

  it("knows nothing of an app without channels", async () => {
    const overview = await readOverview(db, { ...ASKED, app: "none" }, NOW);
    expect(overview.reach).toMatchObject({ channels: 0, subscribers: 0, changeDay: null });
    expect(overview.gainers).toMatchObject({ count: 0, rows: [] });
    expect(overview.refresh).toMatchObject({ lastRunAt: null, nextDueAt: null });
    expect(overview.refresh.fresh.count).toBe(0);
  });
});
