import { sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { daysBefore } from "@/lib/time";

/** How long rows are kept, by the time in a column. The names go into SQL as they are. */
const KEPT: readonly Kept[] = [
  { table: "refresh_runs", column: "started_at", days: 30 },
  // Tencent Cloud does not repeat a callback after this time.
  { table: "callback_receipts", column: "received_at", days: 7 },
  {
    ...{ table: "deliveries", column: "created_at", days: 90 },
    // Without its delivery, an alert would count as not sent.
    unless:
      "next_attempt_at is not null or exists (select from notices where delivery_id = deliveries.id)",
  },
  // A silence or an end is reported once, so the row has to stay.
  { table: "notices", column: "created_at", days: 90, unless: "kind in ('silent', 'gone')" },
  // The list of people shows sessions of this time, see SESSIONS_KEPT_MS.
  { table: "sessions", column: "ends_at", days: 30 },
  { table: "sign_in_attempts", column: "expires_at", days: 1 },
  // Without these, guesses at invented addresses would fill the table. Codes count for a day.
  {
    ...{ table: "sign_in_throttle", column: "last_failure_at", days: 1 / 96 },
    unless: "subject like 'code%'",
  },
  { table: "sign_in_throttle", column: "last_failure_at", days: 1 },
  // No limit counts attempts of more than a day ago.
  { table: "rate_counts", column: "window_start", days: 2 },
  { table: "reveals", column: "expires_at", days: 0 },
  // A link that was not used for so long no longer opens.
  { table: "links", column: "used_at", days: 90 },
  // Younger snapshots are rolled up into days first.
  { table: "snapshots", column: "at", days: "snapshotDays", unless: "grain <> 'day'" },
];

type Kept = {
  readonly table: string;
  readonly column: string;
  readonly days: number | "snapshotDays";
  /** SQL that is true of rows that stay. */
  readonly unless?: string;
};

type Retention = {
  readonly snapshotDays: number;
  readonly now: Date;
  readonly signal: AbortSignal;
};

/** Rows of one statement: other statements of an embedded database wait for it. */
const BATCH = 5000;

/** Removes the rows that have been kept long enough. Stops between two statements. */
export async function removeOldRows(
  db: Database,
  { snapshotDays, now, signal }: Retention,
): Promise<void> {
  for (const { table, column, days, unless = "false" } of KEPT) {
    const kept = days === "snapshotDays" ? snapshotDays : days;
    const before = daysBefore(now, kept).toISOString();
    let removed = BATCH;
    while (removed === BATCH && !signal.aborted) {
      const { rowCount } = await db.execute(sql`
        delete from ${sql.raw(table)} where ctid = any(array(
          select ctid from ${sql.raw(table)}
          where ${sql.raw(column)} < ${before}::timestamptz and not (${sql.raw(unless)})
          limit ${BATCH}
        ))`);
      removed = rowCount ?? 0;
    }
  }
}

/**
 * Does what autovacuum does on a server: frees the space of dead rows and updates the planner's
 * statistics, with autovacuum's default thresholds.
 */
export async function vacuumTables(db: Database, signal: AbortSignal): Promise<void> {
  const { rows } = await db.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, relname) as name from pg_stat_user_tables
    where schemaname in ('public', 'pgboss') and (
      n_dead_tup > 50 + 0.1 * n_live_tup or n_mod_since_analyze > 50 + 0.1 * n_live_tup
    ) order by relname`);
  for (const { name } of rows) {
    if (signal.aborted) return;
    await db.execute(sql`vacuum (analyze, truncate off) ${sql.raw(name)}`);
  }
}
