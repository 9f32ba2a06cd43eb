import { setImmediate } from "node:timers/promises";
import { type SQL, sql } from "drizzle-orm";
import type { Store } from "./store";

/** Rows of a table that may be dead, or have changed since they were looked at: so many and a share of all. */
const DEAD = { least: 50, share: 0.05 };
const CHANGED = { least: 50, share: 0.1 };

/** A look at 300 times as many rows tells the planner enough, and takes a tenth of the time of the default. */
const STATISTICS = 10;

/**
 * Does for the embedded store what a PostgreSQL server does for itself: frees the room of rows that were
 * changed or removed, and tells the planner what is in the tables. Without it ten refreshes of every channel
 * make the table of channels two and a half times as long, and what is due is found by a look at all of it.
 *
 * To free a table is one statement, which cannot be divided: it is the one that holds the store for longer
 * than 50 ms, with a million snapshots for 0.1 to 0.3 s. It is not put off to the night, which is noon to
 * some of those who work with the desk, and when more would have to be done at once. Instead a table has
 * its turn only when a twentieth of it is dead: one of that size, every few hours. All else takes some
 * milliseconds.
 *
 * May be stopped between two tables.
 */
export async function keepHealthy(store: Store, signal: AbortSignal): Promise<void> {
  for (const { name, isDead, isChanged } of await listTables(store)) {
    if (signal.aborted) return;
    const table = sql.identifier(name);
    if (isDead) await store.execute(sql`vacuum (truncate off) ${table}`);
    if (isChanged) {
      // Others have their turn in between.
      await setImmediate();
      await store.transaction(async (transaction) => {
        await transaction.execute(
          sql`set local default_statistics_target = ${sql.raw(String(STATISTICS))}`,
        );
        await transaction.execute(sql`analyze ${table}`);
      });
    }
    await setImmediate();
  }
}

type TableRow = { readonly name: string; readonly isDead: boolean; readonly isChanged: boolean };

// What has changed is not known from before the store was opened: each table has its turn once.
async function listTables(store: Store): Promise<readonly TableRow[]> {
  const exceeds = (rows: SQL, { least, share }: typeof DEAD) =>
    sql`${rows} > ${least}::integer + ${share}::float8 * n_live_tup`;
  const { rows } = (await store.execute(sql`
    select relname as name,
      last_vacuum is null or ${exceeds(sql`n_dead_tup`, DEAD)} as "isDead",
      last_analyze is null or ${exceeds(sql`n_mod_since_analyze`, CHANGED)} as "isChanged"
    from pg_stat_user_tables where schemaname = 'public' order by relname`)) as unknown as {
    rows: TableRow[];
  };
  return rows;
}
