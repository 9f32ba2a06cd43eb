import { asc } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { channels, snapshots } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { catchLog } from "@/lib/testing/desk-log";
import { testDatabases } from "@/lib/testing/test-databases";
import { flushSightings, keepSightings, rememberGone, rememberSeen } from "./sighting-queue";

const SEEN = new Date("2026-11-24T12:00:00Z");

let opened: OpenedDatabase;
let stop: () => Promise<void> = async () => undefined;
let lines: string[];
beforeAll(async () => {
  opened = await (testDatabases[0] as (typeof testDatabases)[number]).open();
});
afterAll(() => opened.close());
beforeEach(async () => {
  await opened.db.delete(channels);
  lines = catchLog();
});
afterEach(async () => {
  await stop();
  globalThis.channelDeskSightings = undefined;
  vi.restoreAllMocks();
});

const away = { transaction: () => Promise.reject(new Error("the database is away")) };
const named = (channelId: string): Subscription => ({ channelId, name: channelId });
const noted = async () =>
  (await opened.db.select().from(channels).orderBy(asc(channels.key))).map((row) => row.name);

test("what was seen is noted at the next flush, with nothing of who follows it", async () => {
  stop = keepSightings(opened.db);
  const followed = {
    ...named("a"),
    customString: "of the channel",
    subscriberCustomString: "of the subscriber",
    subscribedAt: SEEN,
  };
  rememberSeen("demo", [followed, named("b")], SEEN);
  const waiting = [...(globalThis.channelDeskSightings?.seen.values() ?? [])];
  expect(waiting).toHaveLength(2);
  expect(JSON.stringify(waiting)).not.toMatch(/of the|subscribed/);
  expect(await noted()).toEqual([]);
  await flushSightings();
  expect(await noted()).toEqual(["a", "b"]);
  rememberGone("demo", ["b"], new Date(SEEN.getTime() + 1));
  await flushSightings();
  const rows = await opened.db.select().from(channels).orderBy(asc(channels.channelId));
  expect(rows.map(({ goneAt }) => goneAt !== null)).toEqual([false, true]);
});

test("what came before there is a database, and what waits at the end, is noted too", async () => {
  rememberSeen("demo", [named("early")], SEEN);
  await flushSightings();
  stop = keepSightings(opened.db);
  rememberSeen("demo", [named("late")], SEEN);
  await stop();
  expect((await noted()).toSorted()).toEqual(["early", "late"]);
});

test("a database that is away loses nothing, and fails nobody", async () => {
  stop = keepSightings(away as unknown as Database);
  rememberSeen("demo", [named("a")], SEEN);
  rememberGone("demo", ["c"], SEEN);
  await flushSightings();
  rememberSeen("demo", [named("b")], SEEN);
  await flushSightings();
  expect(lines).toHaveLength(1);
  expect(lines.join()).toContain("the database is away");
  stop = keepSightings(opened.db);
  await flushSightings();
  expect((await noted()).toSorted()).toEqual(["a", "b"]);
});

test("there is an end to what waits, and the log says what was lost", async () => {
  stop = keepSightings(away as unknown as Database);
  const many = Array.from({ length: 50_000 }, (_, index) => named(String(index)));
  rememberSeen("demo", many, SEEN);
  rememberSeen("demo", [named("lost"), named("lost too")], SEEN);
  rememberSeen("demo", many.slice(0, 3), SEEN);
  rememberGone("demo", ["gone"], SEEN);
  expect(globalThis.channelDeskSightings?.seen.size).toBe(50_000);
  await stop();
  expect(lines.join()).toContain("50001 channels that were seen were never noted");
  const all = globalThis.channelDeskSightings?.seen;
  for (const name of [...(all?.keys() ?? [])].slice(3)) all?.delete(name);
  stop = keepSightings(opened.db);
  await flushSightings();
  expect(await noted()).toHaveLength(3);
  expect(lines.join()).toContain("2 channels were not noted: too many were waiting");
});

test("of what is seen of a channel within a minute the last is noted, unless it tells less", async () => {
  stop = keepSightings(opened.db);
  const at = (seconds: number) => new Date(SEEN.getTime() + seconds * 1000);
  const counted = (subscriberCount: number) => [{ channelId: "a", subscriberCount }];
  for (const seconds of [0, 20, 10]) rememberSeen("demo", counted(seconds), at(seconds));
  rememberSeen("demo", [named("a")], at(15));
  rememberSeen("demo", counted(70), at(70));
  rememberSeen("other", counted(30), at(30));
  expect(globalThis.channelDeskSightings?.seen.size).toBe(4);
  await flushSightings();
  const rows = await opened.db.select().from(channels).orderBy(asc(channels.app));
  expect(rows).toMatchObject([
    { app: "demo", name: "a", subscriberCount: 70, countedAt: at(70) },
    { app: "other", name: null, subscriberCount: 30, countedAt: at(30) },
  ]);
  const counts = await opened.db.select().from(snapshots).orderBy(asc(snapshots.at));
  expect(counts.map(({ subscriberCount }) => subscriberCount)).toEqual([20, 30, 70]);
});

test("what comes while the database is busy is noted the next time, and what no database takes never", async () => {
  const failing = { error: null as Error | null };
  let isFirst = true;
  const busy = {
    transaction: async (run: Parameters<Database["transaction"]>[0]) => {
      if (failing.error) throw failing.error;
      const later = new Date(SEEN.getTime() + 1000);
      if (isFirst) rememberSeen("demo", [{ channelId: "a", name: "a, later" }], later);
      isFirst = false;
      return opened.db.transaction(run);
    },
  };
  stop = keepSightings(busy as unknown as Database);
  rememberSeen("demo", [named("a")], SEEN);
  await flushSightings();
  expect(await noted()).toEqual(["a"]);
  await flushSightings();
  expect(await noted()).toEqual(["a, later"]);
  failing.error = new Error("statement", {
    cause: Object.assign(new Error("too large"), { code: "22003" }),
  });
  rememberSeen("demo", [named("b")], SEEN);
  await flushSightings();
  expect(lines.join()).toContain("1 channels were not noted: too large");
  expect(globalThis.channelDeskSightings?.seen.size).toBe(0);
});
