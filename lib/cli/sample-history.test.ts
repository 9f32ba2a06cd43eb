import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Observation } from "@/lib/channels/observations/record";
import { recordObservations } from "@/lib/channels/observations/record";
import { channels, snapshots } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { recordHistory } from "./sample-history";

const START = Date.UTC(2026, 10, 1);
const HOUR = 3_600_000;

function observations(channelId: string, counts: readonly number[]): Observation[] {
  return counts.map((subscriberCount, index) => ({
    channel: {
      channelId,
      subscriberCount,
      lastMessageAt: new Date(START - HOUR + Math.floor(index / 3) * HOUR),
      ...(index % 2 === 0 && { name: `Name ${index}`, ownerId: "user-1" }),
    },
    seenAt: new Date(START + index * 12 * HOUR),
  }));
}

const past = new Map([
  ["@TOA#_a", observations("@TOA#_a", [5, 5, 6, 6, 6, 9, 9, 9])],
  ["@TOA#_b", observations("@TOA#_b", [100, 90, 90, 80, 85, 85, 84, 84])],
  ["@TOA#_once", observations("@TOA#_once", [1])],
]);

describe.each(testDatabases)("on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  it("a past is noted as its observations would be, with each count held until the next", async () => {
    const { db } = opened;
    await recordHistory(db, "at-once", past);
    await recordObservations(db, "one-by-one", [...past.values()].flat());
    const rowsOf = async (app: string) => {
      const all = await db
        .select()
        .from(channels)
        .where(eq(channels.app, app))
        .orderBy(asc(channels.channelId));
      return Promise.all(
        all.map(async ({ key, app: _, ...channel }) => {
          const kept = await db
            .select()
            .from(snapshots)
            .where(eq(snapshots.channelKey, key))
            .orderBy(asc(snapshots.at));
          return {
            channel,
            kept: kept.map(({ channelKey: _, until: __, ...rest }) => rest),
            held: kept.map(({ until }) => until),
          };
        }),
      );
    };
    const atOnce = await rowsOf("at-once");
    const oneByOne = await rowsOf("one-by-one");
    const unheld = (rows: typeof atOnce) => rows.map(({ held: _, ...rest }) => rest);
    expect(unheld(atOnce)).toEqual(unheld(oneByOne));
    for (const { held, kept } of atOnce) {
      expect(held).toEqual([...kept.slice(1).map(({ at }) => at), null]);
    }
    expect(atOnce.map(({ kept }) => kept.length)).toEqual([6, 6, 1]);
  });
});
