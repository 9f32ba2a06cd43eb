import { and, asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Channel } from "@/lib/chat-api/types";
import { channels, snapshots } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { recordAbsences, recordObservations } from "./record";

const ID = "@TOA#_news";
const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 24, 12);
const at = (hours: number) => new Date(NOON + hours * HOUR);

describe.each(testDatabases)("observations on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(channels);
  });

  const see = (hours: number, seen: Omit<Channel, "channelId">, app = "demo") =>
    recordObservations(opened.db, app, [
      { channel: { channelId: ID, ...seen }, seenAt: at(hours) },
    ]);

  async function stored(app = "demo") {
    const isIt = and(eq(channels.app, app), eq(channels.channelId, ID));
    const [row] = await opened.db.select().from(channels).where(isIt);
    return row;
  }

  const history = () => opened.db.select().from(snapshots).orderBy(asc(snapshots.at));

  test("of a field that was not asked for leave what is known, and of an empty one do not", async () => {
    await see(0, { name: "News", ownerId: "user-1", organization: "Post", subscriberCount: 5 });
    await see(1, { name: "News today", organization: null });
    expect(await stored()).toMatchObject({
      name: "News today",
      ownerId: "user-1",
      organization: null,
      subscriberCount: 5,
      countedAt: at(0),
      seenAt: at(1),
      firstSeenAt: at(0),
      nameKey: "NEWS TODAY",
      searchText: "NEWS TODAY\n@TOA#_NEWS\nUSER-1\n",
    });
  });

  test("that come late change nothing that is known from later", async () => {
    await see(2, { name: "New", subscriberCount: 20, lastMessageAt: at(1.5) });
    await see(1, { name: "Old", subscriberCount: 10, lastMessageAt: at(0.5) });
    expect(await stored()).toMatchObject({
      name: "New",
      subscriberCount: 20,
      countedAt: at(2),
      lastMessageAt: at(1.5),
      seenAt: at(2),
    });
    expect(await history()).toHaveLength(1);
  });

  test("of the same channel are taken in the order of their times", async () => {
    const observations = [3, 1, 2].map((hours) => ({
      channel: { channelId: ID, subscriberCount: 100 + hours },
      seenAt: at(hours),
    }));
    await recordObservations(opened.db, "demo", observations);
    expect((await history()).map(({ subscriberCount }) => subscriberCount)).toEqual([
      101, 102, 103,
    ]);
    expect(await stored()).toMatchObject({ subscriberCount: 103, countedAt: at(3) });
  });

  test("make a snapshot when a count or a message differs, and of the first count of a day", async () => {
    await see(0, { subscriberCount: 7, lastMessageAt: null });
    await see(1, { subscriberCount: 7, lastMessageAt: null });
    await see(2, { subscriberCount: 8, lastMessageAt: null });
    await see(3, { lastMessageAt: at(2.5) });
    await see(4, { subscriberCount: 8, lastMessageAt: at(2.5) });
    await see(12, { subscriberCount: 8, lastMessageAt: at(2.5) });
    expect(await history()).toMatchObject([
      { at: at(0), until: at(1), subscriberCount: 7, lastMessageAt: null, resolution: "reading" },
      { at: at(2), until: at(4), subscriberCount: 8 },
      { at: at(3), until: null, subscriberCount: null, lastMessageAt: at(2.5) },
      { at: at(12), until: null, subscriberCount: 8 },
    ]);
  });

  test("never make a time that was not told into one of 1970, nor believe one to come", async () => {
    await see(0, { lastMessageAt: null, createdAt: null, subscriberCount: null });
    expect(await stored()).toMatchObject({
      lastMessageAt: null,
      lastMessageReadAt: at(0),
      createdAt: null,
      subscriberCount: null,
      countedAt: null,
    });
    // Milliseconds where seconds were meant.
    const wrong = new Date(NOON * 1000);
    await see(1, { lastMessageAt: wrong, createdAt: wrong, name: "News" });
    expect(await stored()).toMatchObject({
      name: "News",
      lastMessageAt: null,
      lastMessageReadAt: at(0),
      createdAt: null,
    });
    for (const seconds of [0, 1, 86_400]) {
      const early = new Date(seconds * 1000);
      await see(1.5, { lastMessageAt: early, createdAt: early, subscriberCount: -1 });
    }
    expect(await stored()).toMatchObject({ lastMessageAt: null, createdAt: null, countedAt: null });
    await see(2, { lastMessageAt: at(3) });
    expect(await stored()).toMatchObject({ lastMessageAt: at(3) });
    expect((await history()).map((row) => row.lastMessageAt)).toEqual([at(3)]);
  });

  test("keep texts that no database holds", async () => {
    await see(0, { name: "a\0b\ud800c", organization: "x\ny" });
    expect(await stored()).toMatchObject({
      name: "a\ufffdb\ufffdc",
      organization: "x\ny",
      searchText: "A\ufffdB\ufffdC\n@TOA#_NEWS\n\nX Y",
    });
  });

  test("of one app tell nothing of another", async () => {
    await see(0, { name: "News" });
    await see(0, { name: "Other" }, "demo-2");
    expect([await stored(), await stored("demo-2")]).toMatchObject([
      { name: "News" },
      { name: "Other" },
    ]);
  });

  test("an absence marks a channel that is known, until it is seen again", async () => {
    await see(0, { name: "News", subscriberCount: 5 });
    const absences = [ID, "@TOA#_never_met"].map((channelId) => ({ channelId, goneAt: at(1) }));
    await recordAbsences(opened.db, "demo", absences);
    await recordAbsences(opened.db, "demo", [{ channelId: ID, goneAt: at(2) }]);
    expect(await stored()).toMatchObject({ goneAt: at(1), name: "News", subscriberCount: 5 });
    expect(await opened.db.select().from(channels)).toHaveLength(1);
    await see(0.5, { name: "News of before" });
    expect(await stored()).toMatchObject({ goneAt: at(1) });
    await see(3, { name: "Back" });
    expect(await stored()).toMatchObject({ goneAt: null, name: "Back" });
    // It was asked for before that, and the answer comes late.
    await recordAbsences(opened.db, "demo", [{ channelId: ID, goneAt: at(2) }]);
    expect(await stored()).toMatchObject({ goneAt: null });
  });

  test("of one moment are one snapshot, together or one after another", async () => {
    const seen = [
      { channelId: ID, subscriberCount: 7 },
      { channelId: ID, lastMessageAt: at(-1) },
      { channelId: ID, subscriberCount: 8 },
    ].map((channel) => ({ channel, seenAt: at(0) }));
    await recordObservations(opened.db, "demo", seen);
    const together = await history();
    await opened.db.delete(channels);
    for (const observation of seen) await recordObservations(opened.db, "demo", [observation]);
    for (const rows of [together, await history()]) {
      expect(rows).toMatchObject([
        { at: at(0), until: null, subscriberCount: 8, lastMessageAt: at(-1) },
      ]);
    }
  });

  test("of many at once, from several places, are all noted", async () => {
    const ids = Array.from({ length: 450 }, (_, index) => `@TOA#_${index}`);
    const note = (count: number, order: readonly string[]) =>
      recordObservations(
        opened.db,
        "demo",
        order.map((channelId) => ({
          channel: { channelId, subscriberCount: count },
          seenAt: at(count),
        })),
      );
    await Promise.all([note(1, ids), note(2, ids.toReversed()), note(3, ids.toSorted())]);
    const rows = await opened.db.select().from(channels);
    expect(rows).toHaveLength(ids.length);
    expect(rows.every(({ subscriberCount }) => subscriberCount === 3)).toBe(true);
  });

  test("that fail at any statement leave nothing of their slice", async () => {
    await see(0, { name: "News", subscriberCount: 1 });
    const before = [await stored(), await history()];
    const other = { channel: { channelId: "@TOA#_other", subscriberCount: 1 }, seenAt: at(1) };
    const changed = { channel: { channelId: ID, name: "Now", subscriberCount: 2 }, seenAt: at(1) };
    let statements = 0;
    for (let failed = false, last = 1; ; last += 1, failed = false) {
      const error = await recordObservations(brokenAfter(last), "demo", [changed, other]).catch(
        (reason: unknown) => {
          failed = true;
          return reason;
        },
      );
      if (!failed) break;
      statements = last;
      expect(error).toEqual(new Error("the connection broke"));
      expect([await stored(), await history()]).toEqual(before);
      expect(await opened.db.$count(channels)).toBe(1);
    }
    expect(statements).toBe(5);
    expect(await stored()).toMatchObject({ name: "Now", subscriberCount: 2 });
    expect(await history()).toHaveLength(3);
  });

  /** Within a transaction it fails in the place of the statement after so many. */
  function brokenAfter(statements: number): Database {
    const { db } = opened;
    const transaction: Database["transaction"] = (run, config) =>
      db.transaction((real) => {
        let left = statements;
        const counted = new Proxy(real, {
          get(target, name) {
            const value = Reflect.get(target, name);
            if (typeof value !== "function") return value;
            return (...given: unknown[]) => {
              left -= 1;
              if (left < 0) throw new Error("the connection broke");
              return value.apply(target, given);
            };
          },
        });
        return run(counted);
      }, config);
    return { transaction } as Database;
  }

  test("of channels that are known take no key, and of ids that none has nothing", async () => {
    await see(0, { name: "News" });
    for (let hour = 1; hour < 5; hour += 1) await see(hour, { name: "News" });
    const observation = { channel: { channelId: "@TOA#_new", name: "New" }, seenAt: at(0) };
    const endless = { channel: { channelId: "x".repeat(201) }, seenAt: at(0) };
    await recordObservations(opened.db, "demo", [endless, observation]);
    const rows = await opened.db.select().from(channels).orderBy(asc(channels.key));
    expect(rows.map(({ channelId }) => channelId)).toEqual([ID, "@TOA#_new"]);
    expect(rows[1]?.key).toBe((rows[0]?.key ?? 0) + 1);
  });

  test("and absences of many, told at once in any order, never wait for each other", async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `@TOA#_${index}`);
    const seen = (hours: number, order: readonly string[]) =>
      recordObservations(
        opened.db,
        "demo",
        order.map((channelId) => ({ channel: { channelId, name: "n" }, seenAt: at(hours) })),
      );
    const gone = (hours: number, order: readonly string[]) =>
      recordAbsences(
        opened.db,
        "demo",
        order.map((channelId) => ({ channelId, goneAt: at(hours) })),
      );
    await seen(0, ids);
    await Promise.all([
      gone(3, ids.toReversed()),
      seen(1, ids),
      gone(2, ids),
      seen(1, ids.toSorted()),
    ]);
    const rows = await opened.db.select().from(channels);
    expect(rows.every(({ goneAt, name }) => goneAt !== null && name === "n")).toBe(true);
  });
});
