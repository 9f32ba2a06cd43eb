import { setImmediate } from "node:timers/promises";
import { and, desc, eq, isNotNull, max, min, sql } from "drizzle-orm";
import { channels, refreshRuns } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { codeUnitOrder } from "@/lib/subscriptions/text-order";
import { type RefreshState, refreshStateOf } from "./refresh-state";

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

/** Channels that one statement looks at: the embedded store is busy with it for all of its time. */
const SLICE = 5000;

/** How the watched channels fare, by app; an app without any is left out. */
export async function readRefreshHealth(store: Store, now: Date): Promise<RefreshHealth[]> {
  const [keys] = await store.select({ last: max(channels.key) }).from(channels);
  const last = keys?.last ?? 0;
  const health = new Map<string, Record<WatchedState, number>>();
  for (let after = 0; after < last; after += SLICE) {
    // Others have their turn between two slices.
    if (after > 0) await setImmediate();
    for (const { app, state, count } of await countStates(store, after, now)) {
      const states = health.get(app) ?? { fresh: 0, stale: 0, failing: 0, gone: 0 };
      health.set(app, { ...states, [state]: states[state] + count });
    }
  }
  return [...health]
    .map(([app, states]) => {
      const { fresh, stale, failing, gone } = states;
      return { app, watched: fresh + stale + failing + gone, ...states };
    })
    .toSorted((a, b) => codeUnitOrder(a.app, b.app));
}

type WatchedState = Exclude<RefreshState, "unwatched">;

type StateRow = { readonly app: string; readonly state: WatchedState; readonly count: number };

async function countStates(store: Store, after: number, now: Date): Promise<readonly StateRow[]> {
  const { app, key, refreshMinutes } = channels;
  const { rows } = (await store.execute(sql`
    select app, state, count(*)::integer as count from (
      select ${app}, ${refreshStateOf(now)} as state from channels
      where ${key} > ${after} and ${key} <= ${after + SLICE} and ${refreshMinutes} is not null
    ) as watched group by app, state`)) as unknown as { rows: StateRow[] };
  return rows;
}

export type RefreshTimes = {
  /** Null: not in the time that refreshes are kept. */
  readonly lastRunAt: Date | null;
  /** Past where a refresh is late; null where nothing is watched. */
  readonly nextDueAt: Date | null;
};

/** When watched channels of an app were refreshed last, and when the next of them is due. */
export async function readRefreshTimes(store: Store, app: string): Promise<RefreshTimes> {
  const [run] = await store
    .select({ lastRunAt: refreshRuns.finishedAt })
    .from(refreshRuns)
    .where(eq(refreshRuns.app, app))
    // By this there is an index: of the latest time of all rows there is none.
    .orderBy(desc(refreshRuns.startedAt))
    .limit(1);
  const [due] = await store
    .select({ nextDueAt: min(channels.refreshDueAt) })
    .from(channels)
    .where(and(eq(channels.app, app), isNotNull(channels.refreshDueAt)));
  return { lastRunAt: run?.lastRunAt ?? null, nextDueAt: due?.nextDueAt ?? null };
}

/** The last refreshes, of all apps, the newest first. */
export function listRefreshRuns(store: Store, limit: number): Promise<RefreshRun[]> {
  return store
    .select()
    .from(refreshRuns)
    .orderBy(desc(refreshRuns.startedAt), desc(refreshRuns.id))
    .limit(limit);
}
