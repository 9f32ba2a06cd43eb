import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { channels, snapshots } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { recordAbsences, recordObservations } from "../observations/record";
import { setWatched } from "../watches";
import { repairTimes } from "./schedule";

const DAY_MS = 86_400_000;
const NOW = new Date("2026-03-10T12:00:00.000Z");
const days = (count: number) => new Date(NOW.getTime() + count * DAY_MS);

describe.each(testDatabases)("a clock that was set back, on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());
  beforeEach(() => db.delete(channels));

  const see = (seenAt: Date, subscriberCount: number, channelId = "a") =>
    recordObservations(db, "demo", [
      { channel: { channelId, name: `${subscriberCount}`, subscriberCount }, seenAt },
    ]);
  const stored = async () => (await db.select().from(channels).orderBy(asc(channels.key)))[0];
  const repair = () => repairTimes(db, NOW);

  test("does not keep what is read away until it has come to where it was", async () => {
    await see(days(-1), 10);
    await see(days(365), 20);
    await see(NOW, 30);
    expect(await stored()).toMatchObject({ subscriberCount: 20, countedAt: days(365) });
    await repair();
    expect(await stored()).toMatchObject({ subscriberCount: 20, countedAt: NOW, seenAt: NOW });
    const later = new Date(NOW.getTime() + 60_000);
    await see(later, 30);
    expect(await stored()).toMatchObject({ subscriberCount: 30, name: "30", countedAt: later });
    const counts = await db.select().from(snapshots).orderBy(asc(snapshots.at));
    expect(counts.map((row) => [row.at, row.subscriberCount])).toEqual([
      [days(-1), 10],
      [later, 30],
    ]);
    await recordAbsences(db, "demo", [{ channelId: "a", goneAt: days(365) }]);
    await repair();
    await see(new Date(later.getTime() + 1000), 31);
    expect(await stored()).toMatchObject({ goneAt: null, subscriberCount: 31 });
  });

  test("does not keep a watched channel waiting", async () => {
    await see(days(-1), 10);
    const key = (await stored())?.key ?? 0;
    const watched = {
      channelKeys: [key],
      userId: crypto.randomUUID(),
      isTeam: true,
      watched: true,
    };
    await setWatched(db, watched, { refreshMinutes: 15, now: NOW });
    const due = (await stored())?.refreshDueAt;
    await repair();
    expect((await stored())?.refreshDueAt).toEqual(due);
    await db.update(channels).set({ refreshDueAt: days(30) });
    await repair();
    expect(await stored()).toMatchObject({ refreshDueAt: NOW, countedAt: days(-1) });
  });

  test("is no clock that is a little behind another", async () => {
    const ahead = new Date(NOW.getTime() + 240_000);
    await see(ahead, 10);
    await repair();
    expect(await stored()).toMatchObject({ countedAt: ahead, seenAt: ahead, firstSeenAt: ahead });
  });
});
