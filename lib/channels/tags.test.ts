import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { channels, channelTags, tags } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { type Result, success } from "@/lib/result";
import { testDatabases } from "@/lib/testing/test-databases";
import { listTags, MAX_TAGS, MAX_TAGS_OF_CHANNEL, setTag, setTagPeriod } from "./tags";
import { setWatched } from "./watches";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const TERMS = { refreshMinutes: 15, now: NOW };
const CHANNELS = 450;

/** Returns the number of changed channels, or why none was changed. */
const counted = <Refused>(changed: Result<readonly number[], Refused>) =>
  changed.ok ? success(changed.value.length) : changed;

describe.each(testDatabases)("a tag of many channels on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  let keys: number[];
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const table of [channels, tags]) await db.delete(table);
    const base = { app: "demo", searchText: "", nameKey: "", firstSeenAt: NOW, seenAt: NOW };
    const rows = Array.from({ length: CHANNELS }, (_, index) => ({
      ...base,
      channelId: String(index),
    }));
    const added = await db.insert(channels).values(rows).returning({ key: channels.key });
    keys = added.map(({ key }) => key);
  });

  const give = async (name: string, channelKeys: readonly number[] = keys) =>
    counted(await setTag(db, { channelKeys, name, tagged: true }, TERMS));
  const take = async (name: string, channelKeys: readonly number[] = keys) =>
    counted(await setTag(db, { channelKeys, name, tagged: false }, TERMS));
  const done = (value: number) => ({ ok: true, value });
  const refused = (failure: string) => ({ ok: false, failure });
  const tagsOf = async (key: number | undefined) => {
    const rows = await db
      .select({ tag: channelTags.tag })
      .from(channelTags)
      .where(eq(channelTags.channelKey, key ?? -1))
      .orderBy(asc(channelTags.tag));
    return rows.map(({ tag }) => tag);
  };
  const minutes = async () => {
    const rows = await db.select({ minutes: channels.refreshMinutes }).from(channels);
    return new Set(rows.map((row) => row.minutes));
  };

  test("is given to those that have it not, and taken from those that have it", async () => {
    await give("Other", keys.slice(0, 1));
    expect(await give("Key", keys.slice(0, 2))).toEqual(done(2));
    expect(await give("  ＫＥＹ ", [...keys.slice(1, 4), -1])).toEqual(done(2));
    expect(await tagsOf(keys[0])).toEqual(["Key", "Other"]);
    expect(await tagsOf(keys[3])).toEqual(["Key"]);
    expect(await take("key", keys.slice(0, 3))).toEqual(done(3));
    expect(await take("Key", keys.slice(0, 3))).toEqual(done(0));
    expect(await tagsOf(keys[0])).toEqual(["Other"]);
    expect(await listTags(db)).toEqual([
      { name: "Key", refreshMinutes: null, channels: 1 },
      { name: "Other", refreshMinutes: null, channels: 1 },
    ]);
    await take("Key");
    expect((await listTags(db)).map(({ name }) => name)).toEqual(["Other"]);
  });

  test("makes right how often all of them are refreshed", async () => {
    const watch = { channelKeys: keys, userId: "", isTeam: true, watched: true };
    expect(counted(await setWatched(db, watch, TERMS))).toEqual(done(CHANNELS));
    expect(await minutes()).toEqual(new Set([15]));
    expect(await give("Quick")).toEqual(done(CHANNELS));
    expect((await setTagPeriod(db, "Quick", 5, TERMS)).ok).toBe(true);
    expect(await minutes()).toEqual(new Set([5]));
    // At once: whichever is last, its period holds for all.
    const both = await Promise.all([
      setTagPeriod(db, "Quick", 7, TERMS),
      setTagPeriod(db, "Quick", 9, TERMS),
    ]);
    expect(both.every(({ ok }) => ok)).toBe(true);
    const [quick] = await listTags(db);
    expect(await minutes()).toEqual(new Set([quick?.refreshMinutes]));
    expect(await take("Quick")).toEqual(done(CHANNELS));
    expect(await minutes()).toEqual(new Set([15]));
    expect(counted(await setWatched(db, { ...watch, watched: false }, TERMS))).toEqual(
      done(CHANNELS),
    );
    expect(await minutes()).toEqual(new Set([null]));
  });

  test("is given to none where one would have too many, or there would be", async () => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `tag ${index}`);
    for (const name of names(MAX_TAGS_OF_CHANNEL)) await give(name, keys.slice(2, 3));
    expect(await give("Key", keys.slice(0, 3))).toEqual(refused("tooManyTagsOfChannel"));
    expect(await tagsOf(keys[0])).toEqual([]);
    expect(await give("tag 1", keys.slice(1, 3))).toEqual(done(1));
    const others = names(MAX_TAGS).slice(MAX_TAGS_OF_CHANNEL);
    await db.insert(tags).values(others.map((name) => ({ name })));
    expect(await give("Key", keys.slice(0, 2))).toEqual(refused("tooManyTags"));
    expect(await give("tag 1", keys.slice(0, 2))).toEqual(done(1));
  });

  test("is made by no name that is none, and for no channel that is none", async () => {
    expect(await give(" ")).toEqual(refused("badTag"));
    expect(await give("Key", [-1])).toEqual(done(0));
    expect(await take("Key", [-1])).toEqual(done(0));
    expect(await listTags(db)).toEqual([]);
  });
});
