// The zone of the machine must not matter: this one changes its clocks twice in the time that is looked at.
process.env.TZ = "Africa/Casablanca";

import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channels, snapshots } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { removeOldRows } from "@/lib/jobs/retention";
import { testDatabases } from "@/lib/testing/test-databases";
import { recordObservations } from "../observations/record";
import { rollUpSnapshots } from "../rollup";
import { readHistory, readTrends, SPANS, TREND_DAYS, UNCHANGED_MS } from "./history";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

type Reading = {
  readonly at: number;
  readonly count: number;
  readonly lastMessageAt: number | null;
};

/** Readings every few minutes for 60 days; the clocks are put back on 15 February, and forward on 22 March. */
const BEGIN = Date.UTC(2026, 0, 30, 22, 30);
const END = BEGIN + 60 * DAY;
const STEP = 10 * MINUTE;

/** Without a reading: for longer and for shorter than a count is held to be known. */
const PAUSES = [
  [Date.UTC(2026, 1, 14, 23), 4 * HOUR],
  [Date.UTC(2026, 1, 20), 30 * HOUR],
  [Date.UTC(2026, 2, 8), 5 * DAY],
  [Date.UTC(2026, 2, 22, 1), 24.5 * HOUR],
] as const;

function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function readingsOf(seed: number): Reading[] {
  const random = randomFrom(seed);
  const readings: Reading[] = [];
  let [count, lastMessageAt] = [1000 * seed, null as number | null];
  for (let at = BEGIN; at <= END; at += STEP) {
    // Every now and then a channel is left alone for hours, and loses all at once or gains.
    const isQuiet = Math.floor(at / (7 * HOUR)) % 3 === 0;
    if (!isQuiet && random() < 0.4) count = Math.max(0, count + Math.floor(random() * 21) - 9);
    if (random() < 0.0005) count = 0;
    if (random() < 0.02) lastMessageAt = at - (at % 1000) - 1000;
    const isPaused = PAUSES.some(([from, long]) => at >= from && at < from + long);
    if (!isPaused) readings.push({ at, count, lastMessageAt });
  }
  return readings;
}

/**
 * The count at a time, straight from the rule: a reading holds until the next, if that came soon enough;
 * the newest one holds as long as it would until another.
 */
function naiveCount(readings: readonly Reading[], time: number): number | null {
  const index = readings.findLastIndex(({ at }) => at <= time);
  const [held, next] = [readings[index], readings[index + 1]];
  if (!held) return null;
  if (held.at === time) return held.count;
  const nextAt = next?.at ?? time;
  return nextAt - held.at <= UNCHANGED_MS ? held.count : null;
}

function naiveChange(readings: readonly Reading[], span: number): number | null {
  const last = readings.at(-1);
  const earlier = last ? naiveCount(readings, last.at - span) : null;
  return last && earlier !== null ? last.count - earlier : null;
}

const NAMES = ["@TOA#_a", "@TOA#_b", "@TOA#_c"];
const ALL = NAMES.map((_, index) => readingsOf(index + 1));

describe.each(testDatabases)("60 days of readings on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  test("are taken while the clocks change twice", () => {
    const offsets = Array.from({ length: 60 }, (_, day) =>
      new Date(BEGIN + day * DAY).getTimezoneOffset(),
    );
    const changes = offsets.filter((offset, day) => day > 0 && offset !== offsets[day - 1]);
    expect(changes).toHaveLength(2);
  });

  async function note(from: number, to: number): Promise<void> {
    const observations = NAMES.flatMap((channelId, index) =>
      (ALL[index] ?? [])
        .filter(({ at }) => at > from && at <= to)
        .map(({ at, count, lastMessageAt }) => ({
          channel: {
            channelId,
            subscriberCount: count,
            lastMessageAt: lastMessageAt === null ? null : new Date(lastMessageAt),
          },
          seenAt: new Date(at),
        })),
    ).toSorted((a, b) => a.seenAt.getTime() - b.seenAt.getTime());
    // Many together and some for themselves: it comes to the same.
    await recordObservations(opened.db, "demo", observations.slice(0, -4));
    for (const observation of observations.slice(-4)) {
      await recordObservations(opened.db, "demo", [observation]);
    }
  }

  const stored = () => opened.db.select().from(channels).orderBy(asc(channels.channelId));

  test("tell how each count moved as a naive computation does, at any time of them", {
    timeout: 120_000,
  }, async () => {
    let before = 0;
    let known = 0;
    for (let at = BEGIN + 11 * HOUR; before < END; at += 31 * HOUR) {
      await note(before, at);
      before = at;
      const rows = await stored();
      const trends = await readTrends(
        opened.db,
        rows.map(({ key }) => key),
        new Date(at),
      );
      for (const [index, row] of rows.entries()) {
        const readings = ALL[index]?.filter((reading) => reading.at <= at) ?? [];
        expect(row.subscriberCount).toBe(readings.at(-1)?.count);
        for (const span of ["changeDay", "changeWeek", "changeMonth"] as const) {
          expect(row[span], `${span} of ${row.channelId}`).toBe(naiveChange(readings, SPANS[span]));
          if (row[span] !== null) known += 1;
        }
        const days = Array.from({ length: TREND_DAYS }, (_, day) => at - day * DAY).toReversed();
        expect(trends.get(row.key)).toEqual(days.map((time) => naiveCount(readings, time)));
      }
    }
    expect(known).toBeGreaterThan(200);
  });

  test("keep every count and every message in their history", async () => {
    const range = { from: new Date(BEGIN), to: new Date(END) };
    for (const [index, { key }] of (await stored()).entries()) {
      const { points, messages } = await readHistory(opened.db, key, range);
      const readings = ALL[index] ?? [];
      let held = 0;
      const told = readings.map(({ at }) => {
        while ((points[held + 1]?.at.getTime() ?? Number.POSITIVE_INFINITY) <= at) held += 1;
        const point = points[held];
        return point && point.until.getTime() >= at ? point.count : null;
      });
      expect(told).toEqual(readings.map(({ count }) => count));
      const sent = new Set(readings.flatMap(({ lastMessageAt }) => lastMessageAt ?? []));
      expect(messages.map((time) => time.getTime())).toEqual(
        [...sent].filter((time) => time >= BEGIN).toSorted((a, b) => a - b),
      );
      expect(points.length).toBeLessThan(readings.length);
    }
  });

  test("that have had their time leave an hour’s and a day’s last, least and most count", async () => {
    const [days, signal] = [{ reading: 14, hour: 30 }, new AbortController().signal];
    const remove = () => removeOldRows(opened.db, { snapshotDays: 50, now: new Date(END), signal });
    await rollUpSnapshots(opened.db, days, new Date(END), signal);
    await remove();
    const once = await opened.db.select().from(snapshots);
    await rollUpSnapshots(opened.db, days, new Date(END), signal);
    await remove();
    expect(await opened.db.select().from(snapshots)).toHaveLength(once.length);

    const edges = { reading: END - 14 * DAY, hour: END - 30 * DAY, day: END - 50 * DAY };
    const floor = { hour: HOUR, day: DAY };
    for (const [index, { key }] of (await stored()).entries()) {
      const rows = await opened.db
        .select()
        .from(snapshots)
        .where(eq(snapshots.channelKey, key))
        .orderBy(asc(snapshots.at));
      const readings = ALL[index] ?? [];
      for (const { at, resolution, until, subscriberCount, leastCount, mostCount } of rows) {
        expect(at.getTime()).toBeGreaterThanOrEqual(edges.day - DAY);
        if (resolution === "reading") {
          expect(at.getTime()).toBeGreaterThanOrEqual(edges.reading - HOUR);
          continue;
        }
        const begin = at.getTime() - (at.getTime() % floor[resolution]);
        const [from, to] = [at.getTime(), begin + floor[resolution]];
        const counts = readings.filter((each) => each.at >= from && each.at < to);
        expect(subscriberCount).toBe(counts.at(-1)?.count);
        expect(leastCount).toBe(Math.min(...counts.map(({ count }) => count)));
        expect(mostCount).toBe(Math.max(...counts.map(({ count }) => count)));
        expect(until?.getTime()).toBeGreaterThanOrEqual(counts.at(-1)?.at ?? 0);
        expect(
          rows.filter(
            (row) => row.resolution === resolution && row.at >= at && row.at.getTime() < to,
          ),
        ).toHaveLength(1);
        expect(at.getTime()).toBeLessThan(resolution === "hour" ? edges.reading : edges.hour);
      }
      expect(new Set(rows.map(({ resolution }) => resolution))).toEqual(
        new Set(["reading", "hour", "day"]),
      );
    }
  });
});
