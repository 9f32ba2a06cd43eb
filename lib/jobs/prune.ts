import { setImmediate } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";

const DAY_MS = 86_400_000;

/** Rows of one statement: the embedded database is busy with it for all of its time. */
const ROWS = 1000;

/**
 * Removes what nobody asks for any more: refreshes and deliveries of long ago, and receipts of callbacks
 * that are not repeated by now. A delivery stays while a notice refers to it, which would else count as
 * not yet told.
 */
export async function pruneJobs(db: Database, now: Date, signal: AbortSignal): Promise<void> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString();
  const old: readonly SQL[] = [
    sql`delete from refresh_runs where id in
      (select id from refresh_runs where started_at < ${before(30)} order by started_at limit ${ROWS})`,
    sql`delete from callback_receipts where digest in
      (select digest from callback_receipts where received_at < ${before(7)} limit ${ROWS})`,
    sql`delete from deliveries where id in
      (select id from deliveries where created_at < ${before(90)} and next_attempt_at is null
        and not exists (select from notices where delivery_id = deliveries.id) limit ${ROWS})`,
  ];
  for (const statement of old) {
    while (!signal.aborted && (await removed(db, statement)) === ROWS) await setImmediate();
  }
}

async function removed(db: Database, statement: SQL): Promise<number> {
  const { rows } = (await db.execute(sql`${statement} returning 1`)) as unknown as {
    rows: readonly unknown[];
  };
  return rows.length;
}
