import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { channels, channelTags, tags, watches } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";
import { success } from "@/lib/result";
import { testDatabases } from "@/lib/testing/test-databases";
import { syncAllSchedules } from "./refresh/schedule";
import { listTags, MAX_TAGS, MAX_TAGS_OF_CHANNEL, setTag, setTagPeriod } from "./tags";
import { MAX_WATCHES, setWatched } from "./watches";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const TERMS = { refreshMinutes: 15, now: NOW };
const minutesAfter = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describe.each(testDatabases)("watched and tagged channels on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  let userId: string;
  let keys: number[];
  const key = (index: number) => keys[index] ?? -1;

  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const table of [accounts, channels, tags]) await db.delete(table);
    const person = { email: "p@example.com", name: "p", role: "product" as const };
    const [added] = await db.insert(accounts).values(person).returning();
    userId = added?.id ?? "";
    keys = await addCounted(3);
  });

  const addCounted = async (count: number) => {
    const rows = Array.from({ length: count }, (_, index) => ({
      app: "demo",
      channelId: `@TOA#_${index}`,
      searchText: "",
      nameKey: "",
      firstSeenAt: NOW,
      seenAt: NOW,
      countedAt: NOW,
    }));
    const added = await db.insert(channels).values(rows).returning({ key: channels.key });
    return added.map((row) => row.key);
  };
  const setWatch = async (channelKeys: readonly number[], isTeam: boolean, watched: boolean) => {
    const changed = await setWatched(db, { channelKeys, userId, isTeam, watched }, TERMS);
    return changed.ok ? success(changed.value.length) : changed;
  };
  const watch = (channelKeys: readonly number[], isTeam = false) =>
    setWatch(channelKeys, isTeam, true);
  const unwatch = (channelKeys: readonly number[], isTeam = false) =>
    setWatch(channelKeys, isTeam, false);
  const tagsOf = async (channelKey: number) => {
    const rows = await db.select().from(channelTags).where(eq(channelTags.channelKey, channelKey));
    return rows.map(({ tag }) => tag);
  };
  /** Takes the other tags from a channel and gives it these, up to the first that is refused. */
  const tag = async (channelKey: number, ...names: string[]) => {
    const set = (name: string, tagged: boolean) =>
      setTag(db, { channelKeys: [channelKey], name, tagged }, TERMS);
    const others = (await tagsOf(channelKey)).filter((name) => !names.includes(name));
    for (const name of others) await set(name, false);
    for (const name of names) {
      const changed = await set(name, true);
      if (!changed.ok) return changed;
    }
    return success(await tagsOf(channelKey));
  };
  const mustTag = async (channelKey: number, name: string, minutes: number | null) => {
    expect((await tag(channelKey, name)).ok).toBe(true);
    expect((await setTagPeriod(db, name, minutes, TERMS)).ok).toBe(true);
  };
  const termsOf = async (channelKey: number) => {
    const [row] = await db
      .select({ minutes: channels.refreshMinutes, dueAt: channels.refreshDueAt })
      .from(channels)
      .where(eq(channels.key, channelKey));
    return row;
  };
  const minutes = async () => {
    const rows = await db.select().from(channels).orderBy(asc(channels.key));
    return rows.map(({ refreshMinutes }) => refreshMinutes);
  };

  test("a channel is refreshed while a person or the team watches it", async () => {
    expect(await watch([key(0)])).toEqual({ ok: true, value: 1 });
    expect(await watch([key(0)])).toEqual({ ok: true, value: 0 });
    expect(await watch([key(0), key(1)], true)).toEqual({ ok: true, value: 2 });
    expect(await minutes()).toEqual([15, 15, null]);

    expect(await unwatch([key(0)])).toEqual({ ok: true, value: 1 });
    expect(await minutes()).toEqual([15, 15, null]);
    expect(await unwatch([key(0), key(1)], true)).toEqual({ ok: true, value: 2 });
    expect(await unwatch([key(0)], true)).toEqual({ ok: true, value: 0 });
    expect(await termsOf(key(0))).toEqual({ minutes: null, dueAt: null });
  });

  test("a channel that was never counted is due at once, others at their own time of the period", async () => {
    await db
      .update(channels)
      .set({ countedAt: null })
      .where(eq(channels.key, key(0)));
    await watch(keys);
    const due = await Promise.all(keys.map(async (each) => (await termsOf(each))?.dueAt));
    expect(due[0]).toEqual(NOW);
    expect(due[1]).not.toEqual(due[2]);
    for (const time of due.slice(1)) {
      expect(time?.getTime()).toBeGreaterThanOrEqual(NOW.getTime());
      expect(time?.getTime()).toBeLessThan(minutesAfter(15).getTime());
    }
  });

  test("many are spread over the period, alike on every database", async () => {
    const many = await addMany(200);
    await watch(many);
    const rows = await db.select().from(channels).where(eq(channels.app, "many"));
    const shares = rows.map(
      ({ refreshDueAt }) => ((refreshDueAt?.getTime() ?? 0) - NOW.getTime()) / (15 * 60_000),
    );
    for (const part of [0, 0.25, 0.5, 0.75]) {
      const inPart = shares.filter((share) => share >= part && share < part + 0.25);
      expect(inPart.length).toBeGreaterThan(30);
    }
    const [first] = rows.toSorted((a, b) => (a.channelId < b.channelId ? -1 : 1));
    expect(first?.refreshDueAt?.toISOString()).toMatchInlineSnapshot(`"2026-03-10T12:12:24.447Z"`);
  });

  const addMany = async (count: number) => {
    const { rows } = (await db.execute(sql`
      insert into channels (app, channel_id, search_text, name_key, first_seen_at, seen_at, counted_at)
      select 'many', n, '', '', ${NOW.toISOString()}::timestamptz, ${NOW.toISOString()}::timestamptz, ${NOW.toISOString()}::timestamptz
      from generate_series(1, ${count}::integer) as n returning key`)) as unknown as {
      rows: { key: number }[];
    };
    return rows.map((row) => row.key);
  };

  test("the shortest period of its tags counts, where one has any", async () => {
    await watch([key(0), key(1)]);
    await mustTag(key(0), "slow", 600);
    expect(await minutes()).toEqual([600, 15, null]);
    await mustTag(key(1), "quick", 5);
    expect(await tag(key(0), "slow", "quick", "plain")).toEqual({
      ok: true,
      value: ["slow", "quick", "plain"],
    });
    expect(await minutes()).toEqual([5, 5, null]);
    await setTagPeriod(db, "quick", null, TERMS);
    expect(await minutes()).toEqual([600, 15, null]);
    await tag(key(0));
    expect(await minutes()).toEqual([15, 15, null]);
  });

  test("a tag without watchers changes nothing, and counts when there is one", async () => {
    await mustTag(key(0), "quick", 5);
    expect(await minutes()).toEqual([null, null, null]);
    await watch([key(0)]);
    expect(await minutes()).toEqual([5, null, null]);
  });

  test("a shorter period brings the next turn nearer, a longer one leaves it", async () => {
    await watch([key(0)]);
    const first = await termsOf(key(0));
    await mustTag(key(0), "slow", 1440);
    expect((await termsOf(key(0)))?.dueAt).toEqual(first?.dueAt);

    await db.update(channels).set({ refreshDueAt: minutesAfter(600) });
    await setTagPeriod(db, "slow", 5, TERMS);
    const dueAt = (await termsOf(key(0)))?.dueAt;
    expect(dueAt?.getTime()).toBeLessThan(minutesAfter(5).getTime());
  });

  test("terms that are right stay, whatever is asked for again", async () => {
    await watch([key(0)]);
    await db.update(channels).set({ refreshDueAt: minutesAfter(90) });
    await watch([key(0)], true);
    await tag(key(0), "plain");
    expect(await termsOf(key(0))).toEqual({ minutes: 15, dueAt: minutesAfter(90) });
  });

  test("names that differ in case and width only are one tag, and one without channels is forgotten", async () => {
    expect(await tag(key(0), "  Big   brands ", "ＢＩＧ ＢＲＡＮＤＳ")).toEqual({
      ok: true,
      value: ["Big brands"],
    });
    expect(await tag(key(1), "BIG BRANDS", "한국")).toEqual({
      ok: true,
      value: ["Big brands", "한국"],
    });
    expect(await listTags(db)).toEqual([
      { name: "Big brands", refreshMinutes: null, channels: 2 },
      { name: "한국", refreshMinutes: null, channels: 1 },
    ]);
    await tag(key(1));
    await tag(key(0), "other");
    expect((await listTags(db)).map(({ name }) => name)).toEqual(["other"]);
  });

  test.each([
    ["empty", " ", "badTag"],
    ["too long", "x".repeat(41), "badTag"],
    ["unseen", "a\u202eb", "badTag"],
  ])("a name that is %s is refused", async (_, name, failure) => {
    await tag(key(0), "kept");
    const change = { channelKeys: [key(0)], name, tagged: true };
    expect(await setTag(db, change, TERMS)).toEqual({ ok: false, failure });
    expect((await listTags(db)).map((each) => each.name)).toEqual(["kept"]);
  });

  test.each([4, 1441, 7.5, Number.NaN])("a period of %d minutes is refused", async (period) => {
    await tag(key(0), "kept");
    const refused = { ok: false, failure: "badPeriod" };
    expect(await setTagPeriod(db, "kept", period, TERMS)).toEqual(refused);
  });

  test("what is not there is neither watched nor tagged", async () => {
    expect(await watch([-1])).toEqual({ ok: true, value: 0 });
    expect(await tag(-1, "a")).toEqual({ ok: true, value: [] });
    expect(await listTags(db)).toEqual([]);
    const refused = { ok: false, failure: "unknownTag" };
    expect(await setTagPeriod(db, "a", 5, TERMS)).toEqual(refused);
  });

  test("there are no more tags than may be, of a channel and in all", async () => {
    const names = (count: number, from = 0) =>
      Array.from({ length: count }, (_, index) => `tag ${from + index}`);
    expect(await tag(key(0), ...names(MAX_TAGS_OF_CHANNEL + 1))).toEqual({
      ok: false,
      failure: "tooManyTagsOfChannel",
    });
    await tag(key(0));
    await db.insert(tags).values(names(MAX_TAGS).map((name) => ({ name })));
    expect(await tag(key(0), "one more")).toEqual({ ok: false, failure: "tooManyTags" });
    expect((await tag(key(0), ...names(MAX_TAGS_OF_CHANNEL))).ok).toBe(true);
  });

  test("a person watches no more than may be, the team apart from that, and all or none", async () => {
    const many = await addMany(MAX_WATCHES - 1);
    await db.execute(sql`
      insert into watches (channel_key, account_id, created_at)
      select key, ${userId}::uuid, first_seen_at from channels where app = 'many'`);
    const refused = { ok: false, failure: "tooManyWatches" };
    expect(await watch([key(0), key(1)])).toEqual(refused);
    const both = await Promise.all([watch([key(0)]), watch([key(1)])]);
    expect(both).toContainEqual(refused);
    expect(both).toContainEqual({ ok: true, value: 1 });
    expect(await watch([key(2), ...many.slice(0, 1)], true)).toEqual({ ok: true, value: 2 });
    expect(await db.$count(watches)).toBe(MAX_WATCHES + 2);
  });

  test("who leaves watches nothing any more, and another period of the desk holds for all", async () => {
    await watch([key(0)]);
    await watch([key(1)], true);
    await db.delete(accounts);
    const settings = { refreshMinutes: 30, now: NOW };
    await syncAllSchedules(db, settings);
    expect(await minutes()).toEqual([null, 30, null]);
    expect(await termsOf(key(0))).toEqual({ minutes: null, dueAt: null });
  });
});
