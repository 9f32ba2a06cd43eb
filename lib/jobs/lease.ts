import { and, eq, gt, isNull, lte, or } from "drizzle-orm";
import { jobs } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { CLOCK_SKEW_MS } from "./clock";

/**
 * Takes the turn to run a job that is due, for so long; gives whether it was had. Of many that try, one
 * has it. Whoever is killed with it keeps the others waiting for the rest of that time, and no longer.
 */
export async function takeLease(
  db: Database,
  name: string,
  holder: string,
  forMs: number,
  now: Date,
): Promise<boolean> {
  const taken = { holder, leaseUntil: later(now, forMs), startedAt: now };
  const isFree = or(isNull(jobs.leaseUntil), lte(jobs.leaseUntil, now));
  const isDue = or(isNull(jobs.nextAt), lte(jobs.nextAt, now));
  // The clock was set back: a job would else wait until it is again as late as it was.
  const isOfTheFuture = gt(jobs.startedAt, later(now, CLOCK_SKEW_MS));
  const rows = await db
    .insert(jobs)
    .values({ name, ...taken })
    .onConflictDoUpdate({
      target: jobs.name,
      set: taken,
      setWhere: or(and(isFree, isDue), isOfTheFuture),
    })
    .returning({ name: jobs.name });
  return rows.length > 0;
}

/** Keeps the turn for so long from now; false when another one has it by now. */
export async function renewLease(
  db: Database,
  name: string,
  holder: string,
  forMs: number,
  now: Date,
): Promise<boolean> {
  const rows = await db
    .update(jobs)
    .set({ leaseUntil: later(now, forMs) })
    .where(isHeld(name, holder))
    .returning({ name: jobs.name });
  return rows.length > 0;
}

/** How a run ended. */
export type RunEnd = {
  readonly finishedAt: Date;
  readonly nextAt: Date;
  /** Why it failed, in one sentence; null if it did not. */
  readonly problem: string | null;
};

/** Gives the turn back, with how the run ended, or with nothing when it was broken off and is still due. */
export async function releaseLease(
  db: Database,
  name: string,
  holder: string,
  end: RunEnd | null,
): Promise<void> {
  await db
    .update(jobs)
    .set({ holder: null, leaseUntil: null, ...end })
    .where(isHeld(name, holder));
}

/** When a job can run: when it is due, and nobody has the turn; null for one that never ran. */
export async function freeAt(db: Database, name: string): Promise<Date | null> {
  const { leaseUntil, nextAt } = jobs;
  const [row] = await db.select({ leaseUntil, nextAt }).from(jobs).where(eq(jobs.name, name));
  const times = [row?.leaseUntil, row?.nextAt].flatMap((time) => (time ? [time.getTime()] : []));
  return times.length === 0 ? null : new Date(Math.max(...times));
}

function isHeld(name: string, holder: string) {
  return and(eq(jobs.name, name), eq(jobs.holder, holder));
}

function later(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}
