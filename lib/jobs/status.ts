import { and, asc, desc, eq, inArray, isNotNull, max, min, sql } from "drizzle-orm";
import { jsonb, pgSchema, text } from "drizzle-orm/pg-core";
import { callbackReceipts } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { instant } from "@/lib/db/schema";

/** The runs of jobs, as pg-boss keeps them; only what is read here. */
export const jobRuns = pgSchema("pgboss").table("job", {
  name: text("name").notNull(),
  state: text("state", { enum: ["created", "active", "completed", "failed"] }).notNull(),
  startAfter: instant("start_after").notNull(),
  startedOn: instant("started_on"),
  completedOn: instant("completed_on"),
  output: jsonb("output"),
});

/**
 * `running` an instance runs it · `waiting` it is not due yet · `late` it is due and no instance runs it, for
 * example because none is up · `failed` the last run failed.
 */
type JobState = "running" | "waiting" | "late" | "failed";

export type JobStatus = {
  readonly name: string;
  readonly state: JobState;
  /** When the last or active run started; null if there was none. */
  readonly startedAt: Date | null;
  /** How long the last run took, in milliseconds; null while it is active, and if its instance was killed. */
  readonly tookMs: number | null;
  readonly nextAt: Date | null;
  readonly problem: string | null;
};

/** How late a job may be before it counts as late: instances pause between two looks. */
const GRACE_MS = 90_000;

/** Reads the state of jobs, in the order of the names. */
export async function listJobs<Name extends string>(
  db: Database,
  names: readonly Name[],
  now: Date,
): Promise<(JobStatus & { readonly name: Name })[]> {
  const { name, state, startAfter, startedOn, completedOn, output } = jobRuns;
  const isOfThese = inArray(name, [...names]);
  const last = await db
    .selectDistinctOn([name], {
      ...{ name, state, startedOn, completedOn },
      problem: sql<string | null>`${output} ->> 'problem'`,
      expiresOn: sql<Date>`${startedOn} + expire_in`.mapWith(startedOn),
    })
    .from(jobRuns)
    .where(and(isOfThese, isNotNull(startedOn)))
    .orderBy(asc(name), desc(startedOn));
  const next = await db
    .select({ name, at: min(startAfter) })
    .from(jobRuns)
    .where(and(isOfThese, eq(state, "created")))
    .groupBy(name);
  return names.map((each) => {
    const run = last.find((row) => row.name === each);
    const nextAt = next.find((row) => row.name === each)?.at ?? null;
    const isActive = run?.state === "active";
    const isRunning = isActive && run.expiresOn > now;
    const isLate = !isRunning && now.getTime() - (nextAt?.getTime() ?? 0) > GRACE_MS;
    const isFailed = run?.state === "failed";
    return {
      name: each,
      state: isRunning ? "running" : isLate ? "late" : isFailed ? "failed" : "waiting",
      startedAt: run?.startedOn ?? null,
      // pg-boss itself ends a run whose instance was killed, without our problem.
      tookMs:
        run?.startedOn && run.completedOn && !(isFailed && run.problem === null)
          ? run.completedOn.getTime() - run.startedOn.getTime()
          : null,
      nextAt,
      problem: isFailed ? (run.problem ?? "The run did not end within its time limit.") : null,
    };
  });
}

/** Returns when the last callback was accepted; null if there was none, or none that is still kept. */
export async function readLastCallbackAt(db: Database): Promise<Date | null> {
  const [row] = await db.select({ at: max(callbackReceipts.receivedAt) }).from(callbackReceipts);
  return row?.at ?? null;
}
