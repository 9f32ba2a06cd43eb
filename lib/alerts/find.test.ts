import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { alerts, channels, watches } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { alertsOf, findAlerts, type WatchedChannel } from "./find";

const THRESHOLDS = { silentDays: 30, movePercent: 10 };
const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 10, 24, 12);
const hours = (count: number) => new Date(START + count * HOUR_MS);

describe.each(testDatabases)("alerts on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.db.delete(channels));

  async function channel(
    channelId: string,
    facts: Partial<typeof channels.$inferInsert>,
    isWatched = true,
  ) {
    const seen = { firstSeenAt: hours(-2400), seenAt: hours(0) };
    const texts = { searchText: "", nameKey: "", name: channelId };
    const [row] = await opened.db
      .insert(channels)
      .values({ app: "demo", channelId, ...seen, ...texts, ...facts })
      .returning({ channelKey: channels.key });
    if (row && isWatched) {
      await opened.db.insert(watches).values({ ...row, createdAt: hours(0) });
    }
  }
  const find = (time: number) => findAlerts(opened.db, THRESHOLDS, hours(time));
  const update = (facts: Partial<typeof channels.$inferInsert>) =>
    opened.db.update(channels).set(facts);
  const found = async () => {
    const rows = await opened.db.select().from(alerts).orderBy(alerts.id);
    return rows.map(({ kind, occasion }) => `${kind} ${occasion}`);
  };

  test("concern watched channels only, and are stored once, also by two instances", async () => {
    const old = { lastMessageAt: hours(-800), lastMessageReadAt: hours(0) };
    await channel("watched", old);
    await channel("unwatched", old, false);
    await Promise.all([find(0), find(0)]);
    await find(1);
    expect(await found()).toEqual([`silent ${hours(-800).toISOString()}`]);
    const [alert] = await opened.db.select().from(alerts);
    expect(alert).toMatchObject({
      ...{ createdAt: hours(0), deliveryId: null },
      detail: { name: "watched", days: 33 },
    });
  });

  test("come again if the channel sent a message or was back in between", async () => {
    await channel("a", { lastMessageAt: hours(-800), lastMessageReadAt: hours(0) });
    await find(0);
    await update({ lastMessageAt: hours(1), lastMessageReadAt: hours(2) });
    await find(2);
    await update({ lastMessageReadAt: hours(800) });
    await find(800);
    await update({ goneAt: hours(801) });
    await find(801);
    await update({ goneAt: null });
    await find(802);
    await update({ goneAt: hours(803) });
    await find(803);
    expect(await found()).toEqual([
      `silent ${hours(-800).toISOString()}`,
      `silent ${hours(1).toISOString()}`,
      `gone ${hours(801).toISOString()}`,
      `gone ${hours(803).toISOString()}`,
    ]);
  });

  test("report a jump once, although the figure covers hours before the alert", async () => {
    // Read every quarter of an hour; told a little later each time.
    await channel("a", { subscriberCount: 100, changeDay: 0, countedAt: hours(-0.25) });
    for (let quarter = 0; quarter <= 100; quarter++) {
      const hour = quarter / 4;
      const isInFigure = hour < 24;
      await update({
        ...{ subscriberCount: 150, changeDay: isInFigure ? 50 : 0, countedAt: hours(hour) },
      });
      await find(hour + 0.01);
      await find(hour + 0.24);
    }
    expect(await found()).toEqual(["moved 2026-11-24 up"]);
    // Another one, a day after the first was told.
    await update({ subscriberCount: 300, changeDay: 150, countedAt: hours(25.25) });
    await find(25.26);
    expect(await found()).toEqual(["moved 2026-11-24 up", "moved 2026-11-25 up"]);
  });

  test("report a jump once across midnight, and its reversal", async () => {
    await channel("a", { subscriberCount: 150, changeDay: 50, countedAt: hours(0) });
    await find(0);
    // The same jump, still in the figure of the last 24 hours.
    await update({ countedAt: hours(13) });
    await find(13);
    expect(await found()).toEqual(["moved 2026-11-24 up"]);
    await update({ subscriberCount: 100, changeDay: -50, countedAt: hours(14) });
    await find(14);
    await update({ subscriberCount: 200, changeDay: 100, countedAt: hours(25) });
    await find(25);
    expect(await found()).toEqual([
      "moved 2026-11-24 up",
      "moved 2026-11-25 down",
      "moved 2026-11-25 up",
    ]);
  });

  test("are found for more channels than one batch", async () => {
    const many = Array.from({ length: 1001 }, (_, index) => ({
      ...{ app: "demo", channelId: `c${index}`, searchText: "", nameKey: "" },
      ...{ firstSeenAt: hours(-1), seenAt: hours(0), goneAt: hours(0) },
    }));
    const keys = await opened.db
      .insert(channels)
      .values(many)
      .returning({ channelKey: channels.key });
    await opened.db.insert(watches).values(keys.map((key) => ({ ...key, createdAt: hours(0) })));
    await find(0);
    expect(await found()).toHaveLength(1001);
  });
});

const NOW = new Date("2026-11-24T12:00:00Z");
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const quiet: WatchedChannel = {
  ...{ key: 1, name: "News", subscriberCount: null, countedAt: null, changeDay: null },
  ...{ lastMessageAt: ago(1), lastMessageReadAt: NOW, firstSeenAt: ago(60), goneAt: null },
};
const foundAlerts = (changes: Partial<WatchedChannel>) =>
  alertsOf({ ...quiet, ...changes }, THRESHOLDS, NOW);

test("an ordinary channel causes no alert", () => {
  expect(foundAlerts({})).toEqual([]);
});

describe("a silence", () => {
  test("begins when the last message is so many days old", () => {
    expect(foundAlerts({ lastMessageAt: ago(29.99) })).toEqual([]);
    const [alert] = foundAlerts({ lastMessageAt: ago(30) });
    expect(alert).toMatchObject({
      ...{ channelKey: 1, kind: "silent", occasion: ago(30).toISOString() },
      detail: { name: "News", days: 30, lastMessageAt: ago(30).toISOString() },
    });
  });

  test("does not count days after the last reading", () => {
    expect(foundAlerts({ lastMessageAt: ago(40), lastMessageReadAt: ago(20) })).toEqual([]);
    expect(foundAlerts({ lastMessageAt: ago(60), lastMessageReadAt: ago(20) })).toHaveLength(1);
  });

  test("without any message begins when the desk first saw the channel", () => {
    expect(foundAlerts({ lastMessageAt: null })).toMatchObject([{ occasion: "never" }]);
    expect(foundAlerts({ lastMessageAt: null, firstSeenAt: ago(29) })).toEqual([]);
    expect(foundAlerts({ lastMessageAt: null, lastMessageReadAt: null })).toEqual([]);
  });
});

test("a channel that is gone causes no other alert", () => {
  const found = foundAlerts({ goneAt: ago(1), lastMessageAt: ago(90) });
  expect(found).toMatchObject([{ kind: "gone", occasion: ago(1).toISOString() }]);
});

describe("a move", () => {
  const moved = (count: number, changeDay: number | null, countedAt = NOW) =>
    foundAlerts({ subscriberCount: count, changeDay, countedAt });

  test("is a change above the percentage, up or down", () => {
    expect(moved(110, 10)).toEqual([]);
    expect(moved(111, 11)).toMatchObject([
      { kind: "moved", occasion: "2026-11-24 up", detail: { count: 111, change: 11, percent: 11 } },
    ]);
    expect(moved(90, -10)).toEqual([]);
    expect(moved(89, -11)).toMatchObject([{ occasion: "2026-11-24 down" }]);
    expect(moved(0, -5)).toMatchObject([{ detail: { percent: -100 } }]);
  });

  test.each([7, 14, 28])("of exactly %i percent is not above that percentage", (percent) => {
    for (const sign of [1, -1]) {
      const [count, change] = [100 + sign * percent, sign * percent];
      const channel = { ...quiet, subscriberCount: count, changeDay: change, countedAt: NOW };
      expect(alertsOf(channel, { ...THRESHOLDS, movePercent: percent }, NOW)).toEqual([]);
    }
  });

  test("needs a fresh count and a known earlier one", () => {
    expect(moved(500, null)).toEqual([]);
    expect(moved(500, 500)).toEqual([]);
    expect(moved(500, 400, ago(2.01))).toEqual([]);
  });

  test("is identified by the day of the reading", () => {
    expect(moved(500, 400, ago(1))).toMatchObject([{ occasion: "2026-11-23 up" }]);
  });
});
