import { jobs } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";

/**
 * `running` an instance is at it · `waiting` its time has not come · `late` it should run and nobody is at
 * it, as when no instance is up · `failed` the last run did.
 */
export type JobState = "running" | "waiting" | "late" | "failed";

export type JobStatus = {
  readonly name: string;
  readonly state: JobState;
  /** Of the last run, or the one under way; null when it never ran. */
  readonly startedAt: Date | null;
  /** How long the last run took, in milliseconds; null while it runs, and when it was broken off. */
  readonly tookMs: number | null;
  readonly nextAt: Date | null;
  readonly problem: string | null;
};

/** How late a job may be before it is said: instances that look for it pause in between. */
const GRACE_MS = 90_000;

/** How jobs have fared, in the order of their names. */
export async function listJobs<Name extends string>(
  db: Database,
  names: readonly Name[],
  now: Date,
): Promise<(JobStatus & { readonly name: Name })[]> {
  const rows = await db.select().from(jobs);
  return names.map((name) => {
    const row = rows.find((each) => each.name === name);
    const { startedAt = null, finishedAt = null, nextAt = null, problem = null } = row ?? {};
    const isRunning = row?.leaseUntil != null && row.leaseUntil > now;
    const isOver = startedAt !== null && finishedAt !== null && finishedAt >= startedAt;
    const isLate = !isRunning && now.getTime() - (nextAt?.getTime() ?? 0) > GRACE_MS;
    return {
      name,
      state: isRunning ? "running" : isLate ? "late" : problem === null ? "waiting" : "failed",
      startedAt,
      tookMs: isOver && !isRunning ? finishedAt.getTime() - startedAt.getTime() : null,
      nextAt,
      problem,
    };
  });
}
