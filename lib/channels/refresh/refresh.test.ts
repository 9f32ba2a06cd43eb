import { asc, eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { channels, refreshRuns } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { type ChannelVendor, channelVendor } from "@/lib/testing/channel-vendor";
import { testDatabases } from "@/lib/testing/test-databases";
import { refreshDue } from "./refresh";
import { REFRESH_EVERY_MS } from "./schedule";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const MINUTE_MS = 60_000;
const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * MINUTE_MS);
const NO_CONNECTION = new TypeError("fetch failed", { cause: new Error("refused") });
const refused = { ErrorCode: 130002, ErrorInfo: "no right" };
const gone = { ErrorCode: 130004, ErrorInfo: "not found" };

describe.each(testDatabases)("refreshing on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  beforeEach(async () => {
    for (const table of [channels, refreshRuns]) await db.delete(table);
  });
  afterAll(() => opened.close());

  /** Channels "1" to `count` of an app that are watched, and counted before; due at a time or never. */
  const add = (count: number, { app = "demo", minutes = 15, dueAt = NOW as Date | null } = {}) =>
    db.execute(sql`
      insert into channels (app, channel_id, search_text, name_key, first_seen_at, seen_at,
        counted_at, refresh_minutes, refresh_due_at)
      select ${app}, n, '', '', ${inMinutes(-60).toISOString()}::timestamptz, ${inMinutes(-60).toISOString()}::timestamptz,
        ${inMinutes(-20).toISOString()}::timestamptz, ${minutes}::integer, ${dueAt?.toISOString() ?? null}::timestamptz
      from generate_series(1, ${count}::integer) as n`);
  const refresh = (vendors: Record<string, ChannelVendor>, now = NOW) =>
    refreshDue(
      db,
      Object.entries(vendors).map(([slug, { client }]) => ({ slug, client })),
      { now: () => now, random: () => 0.5, signal: AbortSignal.timeout(60_000) },
    );
  const list = (app = "demo") =>
    db.select().from(channels).where(eq(channels.app, app)).orderBy(asc(channels.key));
  const runs = async () => {
    const rows = await db.select().from(refreshRuns).orderBy(asc(refreshRuns.app));
    return rows.map(({ app, refreshed, gone, failed, problem }) => [
      ...[app, refreshed, gone, failed, problem],
    ]);
  };

  test("reads what is due and nothing else, and notes it", async () => {
    await add(2);
    await add(2, { app: "other" });
    await db
      .update(channels)
      .set({ refreshDueAt: inMinutes(1) })
      .where(eq(channels.channelId, "2"));
    const vendor = channelVendor((id) => ({
      SubscriberNum: Number(id) * 100,
      Name: `Channel ${id}`,
      LastMsgTime: NOW.getTime() / 1000 - 60,
      CustomString: "a program's",
    }));
    await refresh({ demo: vendor });
    expect(vendor.calls).toEqual([["1"]]);
    const [first, second] = await list();
    expect(first).toMatchObject({
      name: "Channel 1",
      subscriberCount: 100,
      countedAt: NOW,
      lastMessageAt: inMinutes(-1),
      refreshDueAt: inMinutes(15),
      refreshProblem: null,
    });
    expect(second).toMatchObject({ name: null, refreshDueAt: inMinutes(1) });
    expect((await list("other"))[0]).toMatchObject({ name: null, refreshDueAt: NOW });
    expect(await runs()).toEqual([["demo", 1, 0, 0, null]]);

    await refresh({ demo: vendor });
    expect(vendor.calls).toHaveLength(1);
    expect(await runs()).toHaveLength(1);
  });

  test.each([
    ...[-1, "", "N/A", 1.5, 2 ** 64 - 1, true].map((value) => ({ SubscriberNum: value })),
    { LastMsgTime: -1, SubscriberNum: 7 },
    { Name: 12, SubscriberNum: 7 },
  ])("keeps what is known where the vendor sends %j, and says so", async (odd) => {
    await add(2);
    const before = { subscriberCount: 7, name: "known", lastMessageAt: inMinutes(-30) };
    await db.update(channels).set(before).where(eq(channels.channelId, "1"));
    const usual = { SubscriberNum: 8, Name: "known", LastMsgTime: inMinutes(-30).getTime() / 1000 };
    await refresh({
      demo: channelVendor((id) => (id === "1" ? { ...usual, ...odd } : { SubscriberNum: 9 })),
    });
    const [first, second] = await list();
    expect(first).toMatchObject({ ...before, refreshProblem: "unreadable" });
    expect(first?.countedAt).toEqual(odd.SubscriberNum === 7 ? NOW : inMinutes(-20));
    expect(second).toMatchObject({ subscriberCount: 9, refreshProblem: null });
    expect(await runs()).toEqual([["demo", 2, 0, 0, "unreadable"]]);
  });

  test("takes fifty in a call, and no more calls than the pace needs", async () => {
    await add(120);
    const vendor = channelVendor(() => ({ SubscriberNum: 1 }));
    await refresh({ demo: vendor });
    expect(vendor.calls.map(({ length }) => length)).toEqual([50]);
  });

  test("a channel that has gone is marked, and asked for once a day from then on", async () => {
    await add(2);
    const vendor = channelVendor((id) => (id === "1" ? gone : { SubscriberNum: 1 }));
    await refresh({ demo: vendor });
    const [first] = await list();
    expect(first).toMatchObject({
      goneAt: NOW,
      refreshDueAt: inMinutes(1440),
      refreshProblem: null,
      countedAt: inMinutes(-20),
    });
    expect(await runs()).toEqual([["demo", 1, 1, 0, null]]);

    await refresh({ demo: channelVendor(() => ({ SubscriberNum: 1 })) }, inMinutes(1440));
    const [back] = await list();
    expect(back).toMatchObject({ goneAt: null, refreshDueAt: inMinutes(1455) });
  });

  test("a channel that fails says why, and fails no other", async () => {
    await add(3);
    const vendor = channelVendor((id) => (id === "2" ? refused : { SubscriberNum: 1 }));
    await refresh({ demo: vendor });
    const problems = (await list()).map(({ refreshProblem, refreshDueAt }) => [
      refreshProblem,
      refreshDueAt,
    ]);
    expect(problems).toEqual([
      [null, inMinutes(15)],
      ["130002", inMinutes(15)],
      [null, inMinutes(15)],
    ]);
    expect(await runs()).toEqual([["demo", 2, 0, 1, "130002"]]);

    await refresh({ demo: channelVendor(() => ({ SubscriberNum: 1 })) }, inMinutes(15));
    expect((await list()).map(({ refreshProblem }) => refreshProblem)).toEqual([null, null, null]);
  });

  test("an id for which the vendor refuses the whole call does not fail its neighbours", async () => {
    await add(5);
    const vendor = channelVendor((id) =>
      id === "3" ? { envelope: { ActionStatus: "FAIL", ErrorCode: 130007 } } : { SubscriberNum: 1 },
    );
    await refresh({ demo: vendor });
    const problems = (await list()).map(({ refreshProblem }) => refreshProblem);
    expect(problems).toEqual([null, null, "130007", null, null]);
  });

  test("an app whose calls fail is tried again soon, then less often, and fails no other", async () => {
    await add(1, { minutes: 60 });
    await add(1, { app: "other" });
    const broken = channelVendor(() => Promise.reject(NO_CONNECTION));
    const other = channelVendor(() => ({ SubscriberNum: 1 }));
    const { signal } = new AbortController();
    const waits: number[] = [];
    let time = NOW;
    for (let turn = 0; turn < 5; turn++) {
      await refreshDue(
        db,
        [
          { slug: "demo", client: broken.client },
          { slug: "other", client: other.client },
        ],
        { now: () => time, random: () => 0.5, signal },
      );
      const [row] = await list();
      expect(row).toMatchObject({ refreshProblem: "network", countedAt: inMinutes(-20) });
      const dueAt = row?.refreshDueAt ?? NOW;
      waits.push((dueAt.getTime() - time.getTime()) / MINUTE_MS);
      time = turn === 0 ? inMinutes(45) : dueAt;
    }
    expect(waits).toEqual([0.5, 5, 10, 20, 40]);
    expect((await list("other"))[0]).toMatchObject({ refreshProblem: null });
    expect((await runs())[0]).toEqual(["demo", 0, 0, 1, "network"]);
  });

  test("what is watched no longer, or with another period by now, keeps its next turn", async () => {
    await add(2);
    const vendor = channelVendor(async (id) => {
      const change =
        id === "1"
          ? { refreshMinutes: null, refreshDueAt: null }
          : { refreshMinutes: 5, refreshDueAt: inMinutes(2) };
      await db.update(channels).set(change).where(eq(channels.channelId, id));
      return { SubscriberNum: 7 };
    });
    await refresh({ demo: vendor });
    expect(await list()).toMatchObject([
      { subscriberCount: 7, refreshDueAt: null },
      { subscriberCount: 7, refreshDueAt: inMinutes(2) },
    ]);
  });

  test("broken off, it leaves everything due", async () => {
    await add(1);
    const stopping = new AbortController();
    const vendor = channelVendor(() => {
      stopping.abort();
      return new Promise(() => {});
    });
    const apps = [{ slug: "demo", client: vendor.client }];
    const options = { now: () => NOW, random: () => 0.5, signal: stopping.signal };
    await expect(refreshDue(db, apps, options)).rejects.toThrow("aborted");
    expect(await list()).toMatchObject([{ refreshDueAt: NOW, refreshProblem: null }]);
    expect(await runs()).toEqual([]);
  });

  test("after a pause it catches up within half a period, in no greater calls than before", async () => {
    await add(1200, { minutes: 5, dueAt: inMinutes(-1440) });
    const vendor = channelVendor(() => ({ SubscriberNum: 1 }));
    const app = [{ slug: "demo", client: vendor.client }];
    const { signal } = new AbortController();
    let share = 0;
    // A sequence that falls evenly, so that the test is the same each time.
    const random = () => {
      share = (share + 0.618) % 1;
      return share;
    };
    const callsOf: number[] = [];
    for (let run = 0; run < 60; run++) {
      const time = new Date(NOW.getTime() + run * REFRESH_EVERY_MS);
      const before = vendor.calls.length;
      await refreshDue(db, app, { now: () => time, random, signal });
      callsOf.push(vendor.calls.length - before);
    }
    expect(Math.max(...callsOf)).toBeLessThanOrEqual(2);
    const firstRound = vendor.calls.flat().slice(0, 1200);
    expect(new Set(firstRound).size).toBe(1200);
    expect(callsOf.slice(0, 15).reduce((sum, calls) => sum + calls, 0)).toBeGreaterThanOrEqual(24);
  });

  test("those of a short period are not kept waiting by many of a long one that are late", async () => {
    await add(60, { minutes: 1440, dueAt: inMinutes(-600) });
    await db
      .update(channels)
      .set({ refreshMinutes: 5, refreshDueAt: inMinutes(-3) })
      .where(eq(channels.channelId, "60"));
    const vendor = channelVendor(() => ({ SubscriberNum: 1 }));
    await refresh({ demo: vendor });
    expect(vendor.calls[0]?.[0]).toBe("60");
    expect(vendor.calls[0]).toHaveLength(50);
  });

  test("each channel is read once in each of its periods", async () => {
    await add(12, { minutes: 5 });
    await db.execute(
      sql`update channels set refresh_due_at = refresh_due_at + key % 10 * interval '30 seconds'`,
    );
    const vendor = channelVendor(() => ({ SubscriberNum: 1 }));
    const periods = new Map<string, number[]>();
    for (let ms = 0; ms < 15 * MINUTE_MS; ms += REFRESH_EVERY_MS) {
      const before = vendor.calls.length;
      await refresh({ demo: vendor }, new Date(NOW.getTime() + ms));
      for (const id of vendor.calls.slice(before).flat()) {
        periods.set(id, [...(periods.get(id) ?? []), Math.floor(ms / (5 * MINUTE_MS))]);
      }
    }
    expect([...periods.values()]).toEqual(Array.from({ length: 12 }, () => [0, 1, 2]));
  });
});
