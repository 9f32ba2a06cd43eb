import { sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";

/** How long rows are kept, by the time in a column. The names go into SQL as they are. */
const KEPT = [
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
  { table: "notices", column: "created_at", days: 90, unless: "kind <> 'moved'" },
] as const satisfies readonly {
  readonly table: string;
  readonly column: string;
  readonly days: number;
  readonly unless?: string;
}[];

const DAY_MS = 86_400_000;

/** Rows of one statement: other statements of an embedded database wait for it. */
const BATCH = 5000;

/** Removes the rows that have been kept long enough. Stops between two statements. */
export async function removeOldRows(db: Database, now: Date, signal: AbortSignal): Promise<void> {
  for (const { table, column, days, ...rest } of KEPT) {
    const unless = "unless" in rest ? `and not (${rest.unless})` : "";
    const before = new Date(now.getTime() - days * DAY_MS).toISOString();
    let removed = BATCH;
    while (removed === BATCH && !signal.aborted) {
      const { rowCount } = await db.execute(sql`
        delete from ${sql.raw(table)} where ctid = any(array(
          select ctid from ${sql.raw(table)}
          where ${sql.raw(column)} < ${before}::timestamptz ${sql.raw(unless)} limit ${BATCH}
        ))`);
      removed = rowCount ?? 0;
    }
  }
}
