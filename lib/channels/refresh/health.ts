import { and, desc, eq, isNotNull, min, type SQL, sql } from "drizzle-orm";
import { channels, refreshRuns } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import type { RefreshState } from "../known-channel";

/** How the watched channels of an app fare; each but the gone is fresh, stale or failing. */
export type RefreshHealth = {
  readonly app: string;
  readonly watched: number;
  /** Counted within two of its periods. */
  readonly fresh: number;
  readonly stale: number;
  /** The last refresh brought nothing. */
  readonly failing: number;
  readonly gone: number;
};

export type RefreshRun = typeof refreshRuns.$inferSelect;

type WatchedState = Exclude<RefreshState, "unwatched">;

/** Counts the watched channels of each app by their state. An app without any is left out. */
export async function readRefreshHealth(db: Database, now: Date): Promise<RefreshHealth[]> {
  const { app, refreshMinutes } = channels;
  const { rows } = await db.execute<{
    app: string;
    states: Partial<Record<WatchedState, number>>;
  }>(sql`
    select app, json_object_agg(state, count) as states from (
      select ${app} as app, ${refreshStateOf(now)} as state, count(*)::integer as count
      from ${channels} where ${refreshMinutes} is not null group by 1, 2
    ) as counted group by app order by app collate "C"`);
  return rows.map(({ app: slug, states }) => {
    const { fresh = 0, stale = 0, failing = 0, gone = 0 } = states;
    return { app: slug, watched: fresh + stale + failing + gone, fresh, stale, failing, gone };
  });
}

export type RefreshTimes = {
  /** Null: not in the time that refreshes are kept. */
  readonly lastRunAt: Date | null;
  /** Past where a refresh is late; null where nothing is watched. */
  readonly nextDueAt: Date | null;
};

/** When watched channels of an app were refreshed last, and when the next of them is due. */
export async function readRefreshTimes(db: Database, app: string): Promise<RefreshTimes> {
  const [run] = await db
    .select({ lastRunAt: refreshRuns.finishedAt })
    .from(refreshRuns)
    .where(eq(refreshRuns.app, app))
    // By this there is an index: of the latest time of all rows there is none.
    .orderBy(desc(refreshRuns.startedAt))
    .limit(1);
  const [due] = await db
    .select({ nextDueAt: min(channels.refreshDueAt) })
    .from(channels)
    .where(and(eq(channels.app, app), isNotNull(channels.refreshDueAt)));
  return { lastRunAt: run?.lastRunAt ?? null, nextDueAt: due?.nextDueAt ?? null };
}

/** The last refreshes, of all apps, the newest first. */
export function listRefreshRuns(db: Database, limit: number): Promise<RefreshRun[]> {
  return db
    .select()
    .from(refreshRuns)
    .orderBy(desc(refreshRuns.startedAt), desc(refreshRuns.id))
    .limit(limit);
}

/** The SQL of `refreshState`. */
export function refreshStateOf(now: Date): SQL<RefreshState> {
  const { refreshMinutes, refreshProblem, countedAt, goneAt } = channels;
  return sql`case
    when ${refreshMinutes} is null then 'unwatched'
    when ${goneAt} is not null then 'gone'
    when ${refreshProblem} is not null then 'failing'
    when ${countedAt} >= ${now.toISOString()}::timestamptz - 2 * ${refreshMinutes} * interval '1 minute'
      then 'fresh'
    else 'stale' end`;
}
