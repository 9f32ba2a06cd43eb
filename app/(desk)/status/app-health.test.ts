import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channels, refreshRuns } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { readAppHealth } from "./app-health";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

describe.each(testDatabases)("the health of apps on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  test("says of each when it was refreshed last and is refreshed next", async () => {
    const { db } = opened;
    expect(await readAppHealth(db, NOW)).toEqual([]);
    const watched = (app: string, channelId: string, refreshDueAt: Date) => ({
      ...{ app, channelId, searchText: "", nameKey: "", firstSeenAt: NOW, seenAt: NOW },
      ...{ countedAt: NOW, refreshMinutes: 15, refreshDueAt },
    });
    await db
      .insert(channels)
      .values([
        watched("a", "1", minutes(9)),
        watched("a", "2", minutes(4)),
        watched("b", "1", minutes(-3)),
      ]);
    const run = (app: string, ago: number) => ({
      ...{ app, startedAt: minutes(-ago), finishedAt: minutes(1 - ago) },
      ...{ refreshed: 1, gone: 0, failed: 0 },
    });
    await db.insert(refreshRuns).values([run("a", 30), run("a", 10), run("a", 20), run("c", 5)]);
    expect(await readAppHealth(db, NOW)).toMatchObject([
      { app: "a", watched: 2, fresh: 2, lastRunAt: minutes(-9), nextDueAt: minutes(4) },
      { app: "b", watched: 1, fresh: 1, lastRunAt: null, nextDueAt: minutes(-3) },
    ]);
  });
});
