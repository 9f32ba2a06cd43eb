import { setTimeout as pause } from "node:timers/promises";
import PgBoss from "pg-boss";
import type { OpenedDatabase } from "@/lib/db/database";
import { DatabaseError, sqlStateOf } from "@/lib/db/errors";
import { logLine, reasonOf } from "@/lib/log";

/** Background work that is repeated, by one instance at a time. */
export type Job = {
  /** The name of the queue, which a migration creates. */
  readonly name: string;
  /** From the start of one run to the start of the next. */
  readonly everyMs: number;
  /** How long a run may take. If its instance is killed, another instance takes over after this time. */
  readonly limitMs: number;
  /** The signal aborts when the instance stops, or half a minute before the limit. */
  readonly run: (now: Date, signal: AbortSignal) => Promise<void>;
};

type Connection = Pick<OpenedDatabase, "executeSql">;

/** How often an instance looks for runs of killed instances, and for jobs that have no next run. */
const MAINTENANCE_MS = 20_000;

/** How often an instance looks whether a job is due. */
const POLL_MS = 2_000;

/** As long as one statement may take: a run that has been told to stop ends before its limit. */
const STOP_MS = 30_000;

/** Longer than the longest interval, so that the last run of each job can be read. */
const FINISHED_KEPT_SECONDS = 7200;

const LONGEST_PROBLEM = 500;

/**
 * Runs jobs when they are due. Several instances share them through the queues of pg-boss: each run happens
 * in one instance. Returns the function that stops this instance: it tells active runs to end and waits.
 */
export async function startScheduler(
  database: Connection,
  jobs: readonly Job[],
  { pollMs = POLL_MS, maintenanceMs = MAINTENANCE_MS } = {},
): Promise<() => Promise<void>> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => database.executeSql(text, values) },
    // The migrations create its tables, and this scheduler does its maintenance and timing.
    ...{ migrate: false, supervise: false, schedule: false },
    archiveCompletedAfterSeconds: FINISHED_KEPT_SECONDS,
    deleteAfterSeconds: 1,
  });
  try {
    await boss.start();
    await maintain(boss, database, jobs);
  } catch (error) {
    throw sqlStateOf(error) === "42501" ? missingRight() : error;
  }
  const stopping = new AbortController();
  const { signal } = stopping;
  const loops = [
    repeat(maintenanceMs, signal, () => maintain(boss, database, jobs)),
    ...jobs.map((job) => repeat(pollMs, signal, () => runIfDue(boss, job, signal))),
  ];
  return async () => {
    stopping.abort();
    await Promise.all(loops);
    await boss.stop({ graceful: false });
  };
}

async function repeat(
  everyMs: number,
  signal: AbortSignal,
  step: () => Promise<void>,
): Promise<void> {
  while (!signal.aborted) {
    await step().catch((error: unknown) => logLine("jobs", reasonOf(error)));
    // It rejects only because the instance stops.
    await pause(everyMs, undefined, { signal, ref: false }).catch(() => {});
  }
}

async function runIfDue(boss: PgBoss, job: Job, stopping: AbortSignal): Promise<void> {
  // It returns nothing, too, if the database fails; `maintain` logs that.
  const [claimed] = await boss.fetch(job.name);
  if (!claimed) return;
  const { id } = claimed;
  const startedAt = performance.now();
  const limit = AbortSignal.timeout(Math.max(job.limitMs - STOP_MS, 0));
  const problem = await Promise.resolve()
    .then(() => job.run(new Date(), AbortSignal.any([stopping, limit])))
    .then(() => (limit.aborted ? "The run was stopped at its time limit." : null), reasonOf);
  // A run that was cut short is due at once, for another instance or the next process.
  const delayMs = stopping.aborted ? 0 : job.everyMs - (performance.now() - startedAt);
  // Before the end of this run: a job without any run would be queued again by `maintain`.
  await queue(boss, job, delayMs);
  if (problem === null || stopping.aborted) return boss.complete(job.name, id);
  logLine("jobs", `${job.name} failed: ${problem}`);
  await boss.fail(job.name, id, { problem: problem.slice(0, LONGEST_PROBLEM) });
}

/** Queues the next run, unless one waits already. The database's clock decides when it is due. */
async function queue(boss: PgBoss, { name, limitMs }: Job, delayMs: number): Promise<void> {
  await boss.send({
    name,
    options: {
      startAfter: Math.max(Math.round(delayMs / 1000), 0),
      expireInSeconds: limitMs / 1000,
      retryLimit: 0,
    },
  });
}

/** Ends the runs of killed instances, removes old ones, and queues each job that is not queued. */
async function maintain(boss: PgBoss, database: Connection, jobs: readonly Job[]): Promise<void> {
  await boss.maintain();
  for (const job of jobs) {
    // If the clock was set back, a job would otherwise wait until it is as late again.
    await database.executeSql(
      `delete from pgboss.job where name = $1 and state < 'completed'
        and greatest(start_after - make_interval(secs => $2), started_on) > now() + interval '1 minute'`,
      [job.name, job.everyMs / 1000],
    );
  }
  const { rows } = await database.executeSql(
    "select name from pgboss.job where name = any($1) and state < 'completed'",
    [jobs.map(({ name }) => name)],
  );
  const queued = new Set(rows.map((row) => (row as { name: string }).name));
  for (const job of jobs) if (!queued.has(job.name)) await queue(boss, job, 0);
}

function missingRight(): DatabaseError {
  return new DatabaseError(
    "The role of DATABASE_URL may not use the job queue: run `grant usage on schema pgboss` and `grant select, insert, update, delete on all tables in schema pgboss` to it.",
  );
}
