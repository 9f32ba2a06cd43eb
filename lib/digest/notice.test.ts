import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { channels, notices, watches } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { findNotices } from "./notice";

const TERMS = { silentDays: 30, movePercent: 10 };
const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 10, 24, 12);
const hours = (count: number) => new Date(START + count * HOUR_MS);

describe.each(testDatabases)("notices on $name", ({ open }) => {
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
  const find = (time: number) => findNotices(opened.db, TERMS, hours(time));
  const update = (facts: Partial<typeof channels.$inferInsert>) =>
    opened.db.update(channels).set(facts);
  const found = async () => {
    const rows = await opened.db.select().from(notices).orderBy(notices.id);
    return rows.map(({ kind, occasion }) => `${kind} ${occasion}`);
  };

  test("are of watched channels only, and each is there once, also of several at once", async () => {
    const old = { lastMessageAt: hours(-800), lastMessageReadAt: hours(0) };
    await channel("watched", old);
    await channel("unwatched", old, false);
    await Promise.all([find(0), find(0)]);
    await find(1);
    expect(await found()).toEqual([`silent ${hours(-800).toISOString()}`]);
    const [notice] = await opened.db.select().from(notices);
    expect(notice).toMatchObject({
      ...{ createdAt: hours(0), deliveryId: null },
      detail: { name: "watched", days: 33 },
    });
  });

  test("come again when a channel has spoken, or was back, in between", async () => {
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

  test("tell of a jump once, though its figure is of hours before it was told", async () => {
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

  test("tell of a jump once, though its figure crosses midnight, and of the way back", async () => {
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

  test("of moves are forgotten after 90 days, of silences never", async () => {
    const old = { lastMessageAt: hours(-800), lastMessageReadAt: hours(0) };
    await channel("a", { ...old, subscriberCount: 150, changeDay: 50, countedAt: hours(0) });
    await find(0);
    expect(await found()).toHaveLength(2);
    await find(91 * 24);
    expect(await found()).toEqual([`silent ${hours(-800).toISOString()}`]);
  });

  test("are found of as many channels as are watched", async () => {
    const many = Array.from({ length: 201 }, (_, index) => ({
      ...{ app: "demo", channelId: `c${index}`, searchText: "", nameKey: "" },
      ...{ firstSeenAt: hours(-1), seenAt: hours(0), goneAt: hours(0) },
    }));
    const keys = await opened.db
      .insert(channels)
      .values(many)
      .returning({ channelKey: channels.key });
    await opened.db.insert(watches).values(keys.map((key) => ({ ...key, createdAt: hours(0) })));
    await find(0);
    expect(await found()).toHaveLength(201);
  });
});
