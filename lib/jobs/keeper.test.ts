import { eq, isNotNull, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { jobs } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { catchLog } from "@/lib/testing/desk-log";
import { ManualTime } from "@/lib/testing/manual-time";
import { testDatabases } from "@/lib/testing/test-databases";
import type { Job } from "./job";
import { keepJobs, LEASE_MS } from "./keeper";
import { releaseLease, renewLease, takeLease } from "./lease";

const START = new Date("2026-03-10T12:00:00.000Z");
const MINUTE_MS = 60_000;
const LONGEST_MS = 15_000;

describe.each(testDatabases)("jobs on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  let time: ManualTime;
  let stops: (() => Promise<void>)[];
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  beforeEach(async () => {
    await db.delete(jobs);
    time = new ManualTime(START);
    stops = [];
  });
  afterEach(async () => {
    await Promise.all(stops.map((stop) => stop()));
    vi.restoreAllMocks();
  });
  afterAll(() => opened.close());

  const row = async (name: string) => {
    const [found] = await db.select().from(jobs).where(eq(jobs.name, name));
    return found;
  };
  const minutes = (date: Date) => (date.getTime() - START.getTime()) / MINUTE_MS;
  /** Starts an instance, all of whose jobs run at once. */
  const keep = (...kept: Job[]) => {
    const clock = time.clock();
    const stop = keepJobs(db, kept, { clock, random: () => 0 });
    stops.push(stop);
    return { kill: clock.kill, stop };
  };
  /** Waits until each of so many loops waits for a time, so many of them in the middle of a run. */
  const settled =
    (loops: number, running = 0) =>
    () =>
      vi.waitFor(
        async () => {
          expect(time.pending).toBe(loops);
          expect(await db.$count(jobs, isNotNull(jobs.holder))).toBe(running);
        },
        { timeout: LONGEST_MS, interval: 1 },
      );
  const waiting = () => vi.waitFor(() => expect(time.pending).toBe(1), { timeout: LONGEST_MS });

  describe("a lease", () => {
    const take = (holder: string, now: Date) => takeLease(db, "a", holder, 1000, now);
    const at = (ms: number) => new Date(START.getTime() + ms);

    test("is had by one of many, and by another when its time is over", async () => {
      const taken = await Promise.all(["1", "2", "3", "4"].map((holder) => take(holder, START)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await take("5", at(999))).toBe(false);
      expect(await take("5", at(1000))).toBe(true);
      expect(await row("a")).toMatchObject({ holder: "5", leaseUntil: at(2000) });
    });

    test("is renewed and released by its holder only", async () => {
      await take("1", START);
      expect(await renewLease(db, "a", "2", 1000, at(500))).toBe(false);
      await releaseLease(db, "a", "2", null);
      expect(await renewLease(db, "a", "1", 1000, at(500))).toBe(true);
      expect(await take("2", at(1200))).toBe(false);
      await releaseLease(db, "a", "1", null);
      expect(await take("2", at(1200))).toBe(true);
      expect(await renewLease(db, "a", "1", 1000, at(1200))).toBe(false);
    });

    test("is not had before the job is due again", async () => {
      await take("1", START);
      await releaseLease(db, "a", "1", { finishedAt: START, nextAt: at(100), problem: null });
      expect(await take("1", at(99))).toBe(false);
      expect(await take("2", at(100))).toBe(true);
    });

    test("is had when the clock was set back, though by it the job is not due for long", async () => {
      await take("1", START);
      const ahead = at(24 * 60 * MINUTE_MS);
      await db.update(jobs).set({ startedAt: ahead, leaseUntil: ahead, nextAt: ahead });
      expect(await take("2", START)).toBe(true);
      expect(await take("3", at(999))).toBe(false);
      await releaseLease(db, "a", "2", { finishedAt: START, nextAt: at(100), problem: null });
      expect(await take("3", at(100))).toBe(true);
    });

    test("is not had by a clock that is only a little behind", async () => {
      await take("1", at(5 * MINUTE_MS));
      expect(await take("2", START)).toBe(false);
    });
  });

  test("a job of two instances runs once in each of its periods", async () => {
    const runs: number[] = [];
    const job = {
      name: "a",
      everyMs: MINUTE_MS,
      run: async (now: Date) => void runs.push(minutes(now)),
    };
    keep(job);
    keep(job);
    await time.pass(5 * MINUTE_MS, settled(2));
    expect(runs).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await row("a")).toMatchObject({ holder: null, leaseUntil: null, problem: null });
    expect(minutes((await row("a"))?.nextAt ?? START)).toBe(6);
  });

  test("who is killed in a run delays it by no more than the lease", async () => {
    const runs: string[] = [];
    const job = (instance: string, run: () => Promise<void>) => ({
      name: "a",
      everyMs: MINUTE_MS,
      run: async (now: Date) => {
        runs.push(`${instance} ${minutes(now)}`);
        await run();
      },
    });
    const { kill } = keep(job("first", () => new Promise(() => {})));
    await settled(1, 1)();
    keep(job("second", async () => {}));
    // The lease is renewed for as long as its holder lives.
    await time.pass(10 * MINUTE_MS, settled(2, 1));
    expect(runs).toEqual(["first 0"]);

    kill();
    stops.shift();
    await time.pass(LEASE_MS, waiting);
    await settled(1)();
    expect(runs).toHaveLength(2);
    const [, delayed] = runs[1]?.split(" ") ?? [];
    expect(Number(delayed)).toBeGreaterThan(10);
    expect(Number(delayed)).toBeLessThanOrEqual(11);
  });

  test("a run never meets itself, however long it takes, and the next one follows", async () => {
    let running = 0;
    const runs: number[] = [];
    const ends: (() => void)[] = [];
    const job = {
      name: "a",
      everyMs: MINUTE_MS,
      run: async (now: Date) => {
        runs.push(minutes(now));
        expect(++running).toBe(1);
        await new Promise<void>((resolve) => ends.push(resolve));
        running--;
      },
    };
    keep(job);
    await time.pass(3 * MINUTE_MS, settled(1, 1));
    expect(runs).toEqual([0]);
    ends[0]?.();
    await settled(1)();
    await time.pass(0, waiting);
    await settled(1, 1)();
    expect(runs).toEqual([0, 3]);
    ends[1]?.();
  });

  test("a failure is logged and kept until a run succeeds, and no other job minds", async () => {
    const lines = catchLog();
    let fails = true;
    const others: number[] = [];
    keep(
      {
        name: "a",
        everyMs: MINUTE_MS,
        // Not async: it may fail before there is a promise.
        run: () => {
          if (fails) throw new Error("It broke.", { cause: new Error("The fuse.") });
          return Promise.resolve();
        },
      },
      { name: "b", everyMs: MINUTE_MS, run: async (now) => void others.push(minutes(now)) },
    );
    await settled(2)();
    expect(await row("a")).toMatchObject({ problem: "The fuse.", finishedAt: START });
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(["a failed: The fuse."]);
    fails = false;
    await time.pass(MINUTE_MS, settled(2));
    expect(await row("a")).toMatchObject({ problem: null });
    expect(others).toEqual([0, 1]);
  });

  test("stopping tells a run to end, waits for it, and leaves it to another instance at once", async () => {
    let ended = false;
    const { stop } = keep({
      name: "a",
      everyMs: MINUTE_MS,
      run: async (_, signal) => {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        ended = true;
        signal.throwIfAborted();
      },
    });
    await settled(1, 1)();
    await stop();
    expect(ended).toBe(true);
    expect(time.pending).toBe(0);
    expect(await row("a")).toMatchObject({ holder: null, finishedAt: null, problem: null });
    expect(await takeLease(db, "a", "another", 1000, time.now())).toBe(true);
  });

  test("who has lost the lease is told, and says nothing of how it ended", async () => {
    let isTold = false;
    keep({
      name: "a",
      everyMs: MINUTE_MS,
      run: async (_, signal) => {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        isTold = true;
      },
    });
    await settled(1, 1)();
    const leaseUntil = new Date(START.getTime() + 60 * MINUTE_MS);
    await db.update(jobs).set({ holder: "another", leaseUntil });
    await time.pass(MINUTE_MS, settled(1, 1));
    expect(isTold).toBe(true);
    expect(await row("a")).toMatchObject({ holder: "another", leaseUntil, finishedAt: null });
  });

  test("a database that fails for a while stops no job for good", async () => {
    const lines = catchLog();
    const runs: number[] = [];
    keep({ name: "a", everyMs: MINUTE_MS, run: async (now) => void runs.push(minutes(now)) });
    await settled(1)();
    await db.execute(sql`alter table jobs rename to elsewhere`);
    await time.pass(MINUTE_MS, waiting);
    await db.execute(sql`alter table elsewhere rename to jobs`);
    await time.pass(MINUTE_MS, settled(1));
    expect(lines).not.toEqual([]);
    expect(runs).toHaveLength(2);
  });
});
