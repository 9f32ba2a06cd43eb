import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { channels, snapshots } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { readHistory, readTrends, TREND_DAYS } from "./history";

const NOW = new Date("2026-03-10T12:00:00.123Z");
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);
const HOUR = 3_600_000;

describe.each(testDatabases)("the history of a channel on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  let channelKey: number;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await db.delete(channels);
    const base = { app: "demo", searchText: "", nameKey: "", firstSeenAt: NOW, seenAt: NOW };
    const [added] = await db
      .insert(channels)
      .values({ ...base, channelId: "a", countedAt: NOW })
      .returning();
    channelKey = added?.key ?? 0;
  });

  const read = (from: Date, to = NOW) => readHistory(db, channelKey, { from, to });

  test("is empty of a channel that was never read", async () => {
    expect(await read(ago(HOUR))).toEqual({ points: [], messages: [] });
  });

  test("has the largest counts and the times to the millisecond", async () => {
    const most = Number.MAX_SAFE_INTEGER;
    await db.insert(snapshots).values([
      {
        ...{ channelKey, at: ago(3 * HOUR + 1), until: ago(2 * HOUR + 1), resolution: "hour" },
        ...{ subscriberCount: most - 1, leastCount: 0, mostCount: most },
      },
      { channelKey, at: ago(HOUR + 1), resolution: "reading", subscriberCount: most },
    ]);
    expect((await read(ago(4 * HOUR))).points).toEqual([
      {
        ...{ at: ago(3 * HOUR + 1), until: ago(2 * HOUR + 1), resolution: "hour" },
        ...{ count: most - 1, least: 0, most },
      },
      // The newest holds until the channel was counted last.
      {
        ...{ at: ago(HOUR + 1), until: NOW, resolution: "reading" },
        ...{ count: most, least: null, most: null },
      },
    ]);
  });

  test("begins with the count that holds then, and has the messages of the range once each", async () => {
    const reading = { channelKey, resolution: "reading" } as const;
    await db.insert(snapshots).values([
      { ...reading, at: ago(9 * HOUR), until: ago(8 * HOUR), subscriberCount: 1 },
      { ...reading, at: ago(6 * HOUR), until: ago(4 * HOUR), subscriberCount: 2 },
      { ...reading, at: ago(5.5 * HOUR), lastMessageAt: ago(7 * HOUR) },
      { ...reading, at: ago(3 * HOUR), subscriberCount: 3, lastMessageAt: ago(3.5 * HOUR) },
      { ...reading, at: ago(2 * HOUR), lastMessageAt: ago(3.5 * HOUR) },
      { ...reading, at: ago(HOUR), lastMessageAt: ago(HOUR) },
    ]);
    const { points, messages } = await read(ago(5 * HOUR));
    expect(points.map(({ count }) => count)).toEqual([2, 3]);
    expect(messages).toEqual([ago(3.5 * HOUR), ago(HOUR)]);
    expect((await read(ago(5 * HOUR), ago(4 * HOUR))).points.map(({ count }) => count)).toEqual([
      2,
    ]);
  });

  test.each([1999, 2000, 2001, 5760])("has each of %d readings once, in order", async (count) => {
    await db.execute(sql`
      insert into snapshots (channel_key, at, grain, until, subscriber_count)
      select ${channelKey}::integer, at, 'reading', at, i
      from generate_series(1, ${count}::integer) as i,
        lateral (select ${NOW.toISOString()}::timestamptz - i * interval '15 minutes' as at) as placed`);
    const { points } = await read(ago((count + 1) * 15 * 60_000));
    expect(points.map((point) => point.count)).toEqual(
      Array.from({ length: count }, (_, index) => count - index),
    );
  });
});

const NOON = new Date("2026-03-10T12:00:00Z");

describe.each(testDatabases)("trends on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());

  test("of a large page are each of its own channel", async () => {
    const base = { app: "demo", searchText: "", nameKey: "", firstSeenAt: NOON, seenAt: NOON };
    const rows = await db
      .insert(channels)
      .values(
        Array.from({ length: 130 }, (_, n) => ({ ...base, channelId: `${n}`, countedAt: NOON })),
      )
      .returning({ key: channels.key });
    const reading = { at: NOON, resolution: "reading" } as const;
    await db
      .insert(snapshots)
      .values(
        rows.map(({ key }, n) => ({ ...reading, channelKey: key, subscriberCount: 1000 + n })),
      );
    const trends = await readTrends(
      db,
      rows.map(({ key }) => key),
      NOON,
    );
    expect(trends.size).toBe(130);
    const unknown = Array<null>(TREND_DAYS - 1).fill(null);
    for (const [n, { key }] of rows.entries())
      expect(trends.get(key)).toEqual([...unknown, 1000 + n]);
  });

  test("of no channels are none", async () => {
    expect(await readTrends(db, [], NOON)).toEqual(new Map());
  });
});
