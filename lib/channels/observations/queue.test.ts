import { asc } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { channels, snapshots } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { catchLog } from "@/lib/testing/desk-log";
import { testDatabases } from "@/lib/testing/test-databases";
import {
  flushObservations,
  queueAbsences,
  queueObservations,
  startObservationQueue,
} from "./queue";

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
  globalThis.channelDeskObservations = undefined;
  vi.restoreAllMocks();
});

const away = { transaction: () => Promise.reject(new Error("the database is away")) };
const named = (channelId: string): Subscription => ({ channelId, name: channelId });
const recorded = async () =>
  (await opened.db.select().from(channels).orderBy(asc(channels.key))).map((row) => row.name);

test("observed channels are recorded at the next flush, without anything about the subscriber", async () => {
  stop = startObservationQueue(opened.db);
  const followed = {
    ...named("a"),
    customString: "of the channel",
    subscriberCustomString: "of the subscriber",
    subscribedAt: SEEN,
  };
  queueObservations("demo", [followed, named("b")], SEEN);
  const waiting = [...(globalThis.channelDeskObservations?.seen.values() ?? [])];
  expect(waiting).toHaveLength(2);
  expect(JSON.stringify(waiting)).not.toMatch(/of the|subscribed/);
  expect(await recorded()).toEqual([]);
  await flushObservations();
  expect(await recorded()).toEqual(["a", "b"]);
  queueAbsences("demo", ["b"], new Date(SEEN.getTime() + 1));
  await flushObservations();
  const rows = await opened.db.select().from(channels).orderBy(asc(channels.channelId));
  expect(rows.map(({ goneAt }) => goneAt !== null)).toEqual([false, true]);
});

test("observations from before the start and from the last second are recorded", async () => {
  queueObservations("demo", [named("early")], SEEN);
  await flushObservations();
  stop = startObservationQueue(opened.db);
  queueObservations("demo", [named("late")], SEEN);
  await stop();
  expect((await recorded()).toSorted()).toEqual(["early", "late"]);
});

describe("recording by itself", () => {
  const follow = (ms: number) => {
    vi.advanceTimersByTime(ms);
    return globalThis.channelDeskObservations?.flushing;
  };
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ["performance", "setInterval", "clearInterval"] });
    stop = startObservationQueue(opened.db);
  });
  afterEach(() => vi.useRealTimers());

  test("waits until no more channels come", async () => {
    queueObservations("demo", [named("a")], SEEN);
    await follow(400);
    queueObservations("demo", [named("b")], SEEN);
    await follow(400);
    expect(await recorded()).toEqual([]);
    await follow(400);
    expect(await recorded()).toEqual(["a", "b"]);
  });

  test("waits five seconds at most", async () => {
    for (let seconds = 0; seconds < 4.75; seconds += 0.25) {
      queueObservations("demo", [named(String(seconds))], SEEN);
      await follow(250);
    }
    expect(await recorded()).toEqual([]);
    queueObservations("demo", [named("last")], SEEN);
    await follow(250);
    expect(await recorded()).toHaveLength(20);
  });

  test("does not wait where it would fill the queue", async () => {
    const many = Array.from({ length: 25_001 }, (_, index) => named(String(index)));
    stop = startObservationQueue(away as unknown as Database);
    queueObservations("demo", many, SEEN);
    await follow(250);
    expect(lines.join()).toContain("the database is away");
  });

  test("is tried again where the database was away", async () => {
    const db = { transaction: away.transaction as Database["transaction"] };
    stop = startObservationQueue(db as unknown as Database);
    queueObservations("demo", [named("a")], SEEN);
    await follow(500);
    expect(await recorded()).toEqual([]);
    db.transaction = (run) => opened.db.transaction(run);
    await follow(500);
    expect(await recorded()).toEqual(["a"]);
  });
});

test("a database that is away loses nothing and fails no request", async () => {
  stop = startObservationQueue(away as unknown as Database);
  queueObservations("demo", [named("a")], SEEN);
  queueAbsences("demo", ["c"], SEEN);
  await flushObservations();
  queueObservations("demo", [named("b")], SEEN);
  await flushObservations();
  expect(lines).toHaveLength(1);
  expect(lines.join()).toContain("the database is away");
  stop = startObservationQueue(opened.db);
  await flushObservations();
  expect((await recorded()).toSorted()).toEqual(["a", "b"]);
});

test("the queue is limited, and the log says how much was lost", async () => {
  stop = startObservationQueue(away as unknown as Database);
  const many = Array.from({ length: 50_000 }, (_, index) => named(String(index)));
  queueObservations("demo", many, SEEN);
  queueObservations("demo", [named("lost"), named("lost too")], SEEN);
  queueObservations("demo", many.slice(0, 3), SEEN);
  queueAbsences("demo", ["gone"], SEEN);
  expect(globalThis.channelDeskObservations?.seen.size).toBe(50_000);
  await stop();
  expect(lines.join()).toContain("50001 observed channels were never recorded");
  const all = globalThis.channelDeskObservations?.seen;
  for (const name of [...(all?.keys() ?? [])].slice(3)) all?.delete(name);
  stop = startObservationQueue(opened.db);
  await flushObservations();
  expect(await recorded()).toHaveLength(3);
  expect(lines.join()).toContain("2 channels were not recorded: the queue was full");
});

test("within a minute the last observation of a channel counts, unless it has other fields", async () => {
  stop = startObservationQueue(opened.db);
  const at = (seconds: number) => new Date(SEEN.getTime() + seconds * 1000);
  const counted = (subscriberCount: number) => [{ channelId: "a", subscriberCount }];
  for (const seconds of [0, 20, 10]) queueObservations("demo", counted(seconds), at(seconds));
  queueObservations("demo", [named("a")], at(15));
  queueObservations("demo", counted(70), at(70));
  queueObservations("other", counted(30), at(30));
  expect(globalThis.channelDeskObservations?.seen.size).toBe(4);
  await flushObservations();
  const rows = await opened.db.select().from(channels).orderBy(asc(channels.app));
  expect(rows).toMatchObject([
    { app: "demo", name: "a", subscriberCount: 70, countedAt: at(70) },
    { app: "other", name: null, subscriberCount: 30, countedAt: at(30) },
  ]);
  const counts = await opened.db.select().from(snapshots).orderBy(asc(snapshots.at));
  expect(counts.map(({ subscriberCount }) => subscriberCount)).toEqual([20, 30, 70]);
});

test("an entry that is replaced during a flush is recorded next time, a refused one never", async () => {
  const failing = { error: null as Error | null };
  let isFirst = true;
  const busy = {
    transaction: async (run: Parameters<Database["transaction"]>[0]) => {
      if (failing.error) throw failing.error;
      const later = new Date(SEEN.getTime() + 1000);
      if (isFirst) queueObservations("demo", [{ channelId: "a", name: "a, later" }], later);
      isFirst = false;
      return opened.db.transaction(run);
    },
  };
  stop = startObservationQueue(busy as unknown as Database);
  queueObservations("demo", [named("a")], SEEN);
  await flushObservations();
  expect(await recorded()).toEqual(["a"]);
  await flushObservations();
  expect(await recorded()).toEqual(["a, later"]);
  failing.error = new Error("statement", {
    cause: Object.assign(new Error("too large"), { code: "22003" }),
  });
  queueObservations("demo", [named("b")], SEEN);
  await flushObservations();
  expect(lines.join()).toContain("1 channels were not recorded: too large");
  expect(globalThis.channelDeskObservations?.seen.size).toBe(0);
});
