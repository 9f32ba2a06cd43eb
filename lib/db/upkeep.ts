import { sql } from "drizzle-orm";
import type { Database } from "./database";

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
