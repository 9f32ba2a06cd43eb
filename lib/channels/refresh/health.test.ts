import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channels, refreshRuns, snapshots } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { countSnapshots } from "../rollup";
import { listRefreshRuns, readRefreshHealth } from "./health";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

describe.each(testDatabases)("what the status page tells of channels on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());

  test("the watched channels of each app are fresh, stale, failing or gone", async () => {
    expect(await readRefreshHealth(db, NOW)).toEqual([]);
    const base = { searchText: "", nameKey: "", firstSeenAt: NOW, seenAt: NOW };
    const watched = { ...base, refreshMinutes: 15, refreshDueAt: NOW };
    const rows = [
      { ...watched, countedAt: minutesAgo(30) },
      { ...watched, countedAt: minutesAgo(31) },
      { ...watched, countedAt: null },
      { ...watched, countedAt: NOW, refreshProblem: "130002" },
      { ...watched, countedAt: NOW, goneAt: NOW, refreshProblem: "130002" },
      { ...base, countedAt: NOW },
    ];
    await db
      .insert(channels)
      .values(rows.map((row, index) => ({ ...row, app: "demo", channelId: String(index) })));
    await db.insert(channels).values({ ...watched, app: "a", channelId: "1", countedAt: NOW });
    expect(await readRefreshHealth(db, NOW)).toEqual([
      { app: "a", watched: 1, fresh: 1, stale: 0, failing: 0, gone: 0 },
      { app: "demo", watched: 5, fresh: 1, stale: 2, failing: 1, gone: 1 },
    ]);
  });

  test("those of many are counted once each, however far their keys lie apart", async () => {
    await db.execute(sql`
      insert into channels (app, channel_id, search_text, name_key, first_seen_at, seen_at, refresh_minutes,
        refresh_due_at, gone_at)
      select 'many', n, '', '', now(), now(), case when n % 2 = 0 then 15 end, now(),
        case when n % 4 = 0 then now() end
      from generate_series(1, 12000) as n`);
    await db.execute(sql`
      insert into channels (key, app, channel_id, search_text, name_key, first_seen_at, seen_at,
        refresh_minutes, refresh_due_at, refresh_problem)
      overriding system value values (40000, 'many', 'far', '', '', now(), now(), 15, now(), 'timeout')`);
    const many = (await readRefreshHealth(db, NOW)).find(({ app }) => app === "many");
    expect(many).toEqual({
      app: "many",
      watched: 6001,
      fresh: 0,
      stale: 3000,
      failing: 1,
      gone: 3000,
    });
    await db.delete(channels).where(eq(channels.app, "many"));
  });

  test("the newest refreshes come first", async () => {
    const run = { finishedAt: NOW, refreshed: 1, gone: 0, failed: 0 };
    await db
      .insert(refreshRuns)
      .values([3, 1, 2].map((ago) => ({ ...run, app: String(ago), startedAt: minutesAgo(ago) })));
    expect((await listRefreshRuns(db, 2)).map(({ app }) => app)).toEqual(["1", "2"]);
  });

  test("snapshots are counted by their resolution", async () => {
    expect(await countSnapshots(db)).toEqual({ reading: 0, hour: 0, day: 0, isMore: false });
    const [channel] = await db.select({ channelKey: channels.key }).from(channels).limit(1);
    if (!channel) throw new Error("There is a channel.");
    const resolutions = ["reading", "reading", "reading", "hour", "hour", "day"] as const;
    await db
      .insert(snapshots)
      .values(
        resolutions.map((resolution, index) => ({ ...channel, resolution, at: minutesAgo(index) })),
      );
    expect(await countSnapshots(db)).toEqual({ reading: 3, hour: 2, day: 1, isMore: false });
  });
});
