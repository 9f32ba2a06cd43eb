import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channels, snapshots } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { readTrends, TREND_DAYS } from "./trends";

const NOW = new Date("2026-03-10T12:00:00Z");

describe.each(testDatabases)("trends on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());

  test("of a large page are each of its own channel", async () => {
    const base = { app: "demo", searchText: "", nameKey: "", firstSeenAt: NOW, seenAt: NOW };
    const rows = await db
      .insert(channels)
      .values(
        Array.from({ length: 130 }, (_, n) => ({ ...base, channelId: `${n}`, countedAt: NOW })),
      )
      .returning({ key: channels.key });
    const reading = { at: NOW, grain: "reading" } as const;
    await db
      .insert(snapshots)
      .values(
        rows.map(({ key }, n) => ({ ...reading, channelKey: key, subscriberCount: 1000 + n })),
      );
    const trends = await readTrends(
      db,
      rows.map(({ key }) => key),
      NOW,
    );
    expect(trends.size).toBe(130);
    const unknown = Array<null>(TREND_DAYS - 1).fill(null);
    for (const [n, { key }] of rows.entries())
      expect(trends.get(key)).toEqual([...unknown, 1000 + n]);
  });

  test("of no channels are none", async () => {
    expect(await readTrends(db, [], NOW)).toEqual(new Map());
  });
});
