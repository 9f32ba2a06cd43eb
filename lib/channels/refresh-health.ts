import { desc, isNotNull, type SQL, sql } from "drizzle-orm";
import { channels, refreshRuns } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";

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

/** How the watched channels fare, by app; an app without any is left out. */
export function readRefreshHealth(store: Store, now: Date): Promise<RefreshHealth[]> {
  const { app, goneAt, refreshProblem, countedAt, refreshMinutes, refreshDueAt } = channels;
  const isGone = sql`${goneAt} is not null`;
  const isFailing = sql`not ${isGone} and ${refreshProblem} is not null`;
  const isFresh = sql`${goneAt} is null and ${refreshProblem} is null and ${countedAt} is not null
    and ${countedAt} >= ${now.toISOString()}::timestamptz - 2 * ${refreshMinutes} * interval '1 minute'`;
  const isStale = sql`${goneAt} is null and ${refreshProblem} is null and not (${isFresh})`;
  const counted = (which: SQL) => sql<number>`(count(*) filter (where ${which}))::integer`;
  return store
    .select({
      app,
      watched: sql<number>`count(*)::integer`,
      fresh: counted(isFresh),
      stale: counted(isStale),
      failing: counted(isFailing),
      gone: counted(isGone),
    })
    .from(channels)
    .where(isNotNull(refreshDueAt))
    .groupBy(app)
    .orderBy(sql`${app} collate "C"`);
}

/** The last refreshes, of all apps, the newest first. */
export function listRefreshRuns(store: Store, limit: number): Promise<RefreshRun[]> {
  return store
    .select()
    .from(refreshRuns)
    .orderBy(desc(refreshRuns.startedAt), desc(refreshRuns.id))
    .limit(limit);
}
