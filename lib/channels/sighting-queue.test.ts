import { asc } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { channels } from "@/lib/db/schema";
import type { OpenedStore, Store } from "@/lib/db/store";
import { testStores } from "@/lib/testing/stores";
import { flushSightings, keepSightings, rememberGone, rememberSeen } from "./sighting-queue";

const SEEN = new Date("2026-11-24T12:00:00Z");

let opened: OpenedStore;
let stop: () => Promise<void> = async () => undefined;
const lines: string[] = [];
beforeAll(async () => {
  opened = await (testStores[0] as (typeof testStores)[number]).open();
});
afterAll(() => opened.close());
beforeEach(async () => {
  await opened.store.delete(channels);
  lines.length = 0;
  vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
});
afterEach(async () => {
  await stop();
  globalThis.channelDeskSightings = undefined;
  vi.restoreAllMocks();
});

const named = (channelId: string): Subscription => ({ channelId, name: channelId });
const noted = async () =>
  (await opened.store.select().from(channels).orderBy(asc(channels.key))).map((row) => row.name);

test("what was seen is noted at the next flush, with nothing of who follows it", async () => {
  stop = keepSightings(opened.store);
  const followed = {
    ...named("a"),
    customString: "of the channel",
    subscriberCustomString: "of the subscriber",
    subscribedAt: SEEN,
  };
  rememberSeen("demo", [followed, named("b")], SEEN);
  expect(JSON.stringify(globalThis.channelDeskSightings?.sightings)).not.toMatch(
    /of the|subscribed/,
  );
  expect(await noted()).toEqual([]);
  await flushSightings();
  expect(await noted()).toEqual(["a", "b"]);
  rememberGone("demo", ["b"], new Date(SEEN.getTime() + 1));
  await flushSightings();
  const rows = await opened.store.select().from(channels).orderBy(asc(channels.channelId));
  expect(rows.map(({ goneAt }) => goneAt !== null)).toEqual([false, true]);
});

test("what came before there is a store, and what waits at the end, is noted too", async () => {
  rememberSeen("demo", [named("early")], SEEN);
  await flushSightings();
  stop = keepSightings(opened.store);
  rememberSeen("demo", [named("late")], SEEN);
  await stop();
  expect((await noted()).toSorted()).toEqual(["early", "late"]);
});

test("a store that is away loses nothing, and fails nobody", async () => {
  const away = { transaction: () => Promise.reject(new Error("the store is away")) };
  stop = keepSightings(away as unknown as Store);
  rememberSeen("demo", [named("a")], SEEN);
  rememberGone("demo", ["c"], SEEN);
  await flushSightings();
  rememberSeen("demo", [named("b")], SEEN);
  expect(lines.join()).toContain("could not be noted: the store is away");
  stop = keepSightings(opened.store);
  await flushSightings();
  expect((await noted()).toSorted()).toEqual(["a", "b"]);
});

test("there is an end to what waits, and the log says what was lost", async () => {
  const many = Array.from({ length: 30_000 }, (_, index) => named(String(index)));
  for (const _ of [1, 2]) rememberSeen("demo", many, SEEN);
  expect(globalThis.channelDeskSightings?.sightings).toHaveLength(50_000);
  const away = { transaction: () => Promise.reject(new Error("the store is away")) };
  stop = keepSightings(away as unknown as Store);
  await flushSightings();
  expect(lines.join()).toContain("10000 channels were not noted");
});
