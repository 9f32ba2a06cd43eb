import { asc, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { catchLog } from "@/lib/testing/desk-log";
import { bothDatabases } from "@/lib/testing/test-databases";
import { type Job, startScheduler } from "./scheduler";
import { jobRuns } from "./status";

const HOUR_MS = 3_600_000;
const LIMIT_MS = 120_000;

// Creating a database takes seconds, and longer on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

describe.each(bothDatabases)("the scheduler on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  let stops: (() => Promise<void>)[];
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    await db.execute(
      sql`select pgboss.create_queue(name, '{"policy":"stately"}') from unnest(array['a', 'b']) as name`,
    );
  });
  beforeEach(async () => {
    await db.execute(sql`delete from pgboss.job`);
    stops = [];
  });
  afterEach(async () => {
    await Promise.all(stops.map((stop) => stop()));
    vi.restoreAllMocks();
  });
  afterAll(() => opened.close());

  const jobOf = (run: Job["run"], set: Partial<Job> = {}): Job => ({
    ...{ name: "a", everyMs: HOUR_MS, limitMs: LIMIT_MS, run },
    ...set,
  });
  const start = async (
    jobs: readonly Job[],
    database: Pick<OpenedDatabase, "executeSql"> = opened,
  ) => {
    const stop = await startScheduler(database, jobs, { pollMs: 10, maintenanceMs: 100 });
    stops.push(stop);
    return stop;
  };
  const until = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 5 });
  const rows = (state: "created" | "active" | "completed" | "failed") =>
    db
      .select({
        name: jobRuns.name,
        output: jobRuns.output,
        dueIn: sql<number>`round(extract(epoch from start_after - now()))::integer`,
      })
      .from(jobRuns)
      .where(sql`state = ${state}::pgboss.job_state`)
      .orderBy(asc(jobRuns.name));
  const beDue = () =>
    db.execute(sql`update pgboss.job set start_after = now() where state = 'created'`);
  /** Lets each loop of an instance look several times. */
  const pass = async () => {
    let runs = 0;
    const name = "b";
    const stop = await startScheduler(
      opened,
      [jobOf(async () => void runs++, { name, everyMs: 0 })],
      { pollMs: 10 },
    );
    await until(() => expect(runs).toBeGreaterThanOrEqual(5));
    await stop();
  };

  test("a job runs at once, and again only when it is due", async () => {
    let runs = 0;
    await start([jobOf(async () => void runs++)]);
    await until(async () =>
      expect([runs, await rows("created")]).toMatchObject([1, [{ name: "a" }]]),
    );
    const [next] = await rows("created");
    expect(next?.dueIn).toBeGreaterThan(3500);
    expect(next?.dueIn).toBeLessThanOrEqual(3600);
    await pass();
    expect(runs).toBe(1);
    await beDue();
    await until(() => expect(runs).toBe(2));
  });

  test("a job of three instances never runs twice at once", async () => {
    let [running, most, runs] = [0, 0, 0];
    const job = jobOf(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await db.execute(sql`select 1`);
        running -= 1;
        runs += 1;
      },
      { everyMs: 0 },
    );
    await Promise.all([start([job]), start([job]), start([job])]);
    await until(() => expect(runs).toBeGreaterThanOrEqual(30));
    expect(most).toBe(1);
    expect((await rows("created")).length).toBeLessThanOrEqual(1);
    expect((await rows("active")).length).toBeLessThanOrEqual(1);
  });

  test("a long run keeps the job from the other instances", async () => {
    const ends: (() => void)[] = [];
    await start([jobOf(() => new Promise((resolve) => ends.push(resolve)))]);
    await until(() => expect(ends).toHaveLength(1));
    let others = 0;
    await start([jobOf(async () => void others++)]);
    await pass();
    expect(others).toBe(0);
    ends[0]?.();
    await until(async () =>
      expect(await rows("completed")).toContainEqual(expect.objectContaining({ name: "a" })),
    );
    await beDue();
    await until(() => expect(ends.length + others).toBe(2));
    ends[1]?.();
  });

  test("a failure is logged and stored without values, and other jobs go on", async () => {
    const lines = catchLog();
    let others = 0;
    const fail = () => {
      // Not async: it fails before there is a promise.
      throw new Error("It broke.", { cause: new Error('The fuse "107867".') });
    };
    await start([jobOf(fail), jobOf(async () => void others++, { name: "b" })]);
    await until(async () => {
      expect(others).toBe(1);
      expect(await rows("failed")).toMatchObject([{ output: { problem: "The fuse …" } }]);
    });
    expect(lines.map((line) => JSON.parse(line).message)).toEqual(["a failed: The fuse …"]);
  });

  test("a stopped instance ends its run, and leaves the job to another instance at once", async () => {
    let ended = false;
    const stop = await start([
      jobOf(async (_, signal) => {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        ended = true;
        signal.throwIfAborted();
      }),
    ]);
    await until(async () => expect(await rows("active")).toHaveLength(1));
    await stop();
    expect(ended).toBe(true);
    expect(await rows("active")).toEqual([]);
    expect(await rows("failed")).toEqual([]);
    let runs = 0;
    await start([jobOf(async () => void runs++)]);
    await until(() => expect(runs).toBe(1));
  });

  test("a killed instance delays its job by no more than the limit", async () => {
    const kill = (seconds: number) =>
      db.execute(sql`insert into pgboss.job (name, state, started_on, expire_in, retry_limit, policy)
        values ('a', 'active', now() - make_interval(secs => ${seconds}), interval '120 seconds', 0, 'stately')`);
    await kill(110);
    let runs = 0;
    const stop = await start([jobOf(async () => void runs++)]);
    await pass();
    expect(runs).toBe(0);
    await stop();
    await db.execute(sql`delete from pgboss.job`);
    await kill(121);
    await start([jobOf(async () => void runs++)]);
    await until(() => expect(runs).toBe(1));
  });

  test("a run is stopped half a minute before its limit, and counts as failed", async () => {
    const lines = catchLog();
    await start([
      jobOf(
        (_, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve())),
        { limitMs: 30_001 },
      ),
    ]);
    await until(async () => expect(await rows("failed")).toHaveLength(1));
    expect(lines.join()).toContain("a failed: The run was stopped at its time limit.");
  });

  test("a clock that was set back delays no job", async () => {
    await db.execute(sql`insert into pgboss.job (name, start_after, policy)
      values ('a', now() + interval '1 day', 'stately')`);
    let runs = 0;
    await start([jobOf(async () => void runs++)]);
    await until(() => expect(runs).toBe(1));
  });

  test("a database that fails for a while stops no job for good", async () => {
    const lines = catchLog();
    let isAway = false;
    const executeSql: OpenedDatabase["executeSql"] = (text, values) =>
      isAway ? Promise.reject(new Error("The database is away.")) : opened.executeSql(text, values);
    let runs = 0;
    await start([jobOf(async () => void runs++)], { executeSql });
    // A run whose end could not be recorded keeps the job until its limit.
    await until(async () =>
      expect([runs, await rows("created"), await rows("completed")]).toMatchObject([
        1,
        [{ name: "a" }],
        [{ name: "a" }],
      ]),
    );
    isAway = true;
    await until(() => expect(lines.length).toBeGreaterThanOrEqual(2));
    isAway = false;
    await beDue();
    await until(() => expect(runs).toBe(2));
  });
});
