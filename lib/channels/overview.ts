import { and, eq, isNotNull, isNull, max, min, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels, refreshRuns } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { wanted } from "./directory-conditions";
import type { DirectoryQuery } from "./directory-query";
import { inSlices } from "./directory-slices";
import { type OverviewRows, readOverviewLists } from "./overview-lists";

export type { OverviewRows } from "./overview-lists";

export type Overview = {
  /** Of the channels that the person or the team watches. */
  readonly reach: {
    readonly query: DirectoryQuery;
    readonly channels: number;
    readonly subscribers: number;
    /** Of the channels whose changes are known; null where there is none. */
    readonly changeDay: number | null;
    readonly changeWeek: number | null;
  };
  /** By how many subscribers, of the channels that were counted in the last 7 days. */
  readonly gainers: OverviewRows;
  readonly losers: OverviewRows;
  /** Silent for `silentDays[0]` days since some time in the last 7 days, and counted since then. */
  readonly newlySilent: OverviewRows;
  /** Since some time in the last 7 days; the query finds those that went before, too. */
  readonly gone: OverviewRows;
  /** Of the channels that anybody watches. */
  readonly refresh: {
    readonly query: DirectoryQuery;
    readonly watched: number;
    /** Counted within twice their periods. */
    readonly fresh: number;
    readonly stale: number;
    readonly failing: number;
    readonly lastRunAt: Date | null;
    readonly nextDueAt: Date | null;
  };
};

type Asked = Pick<DirectoryQuery, "app" | "userId" | "silentDays">;

/** How the channels of an app are, and which of them have moved. Days are of 24 hours before `now`. */
export async function readOverview(store: Store, asked: Asked, now: Date): Promise<Overview> {
  const all: DirectoryQuery = {
    ...asked,
    ...{ view: "all", search: "", filters: {}, sorts: [], band: null },
  };
  const watched: DirectoryQuery = {
    ...all,
    view: "watched",
    sorts: [{ column: "subscriberCount", descending: true }],
  };
  const lists = await readOverviewLists(store, all, now);
  return {
    reach: { query: watched, ...(await readReach(store, watched, now)) },
    ...lists,
    refresh: { query: watched, ...(await readHealth(store, asked.app, now)) },
  };
}

async function readReach(
  store: Store,
  query: DirectoryQuery,
  now: Date,
): Promise<Omit<Overview["reach"], "query">> {
  const condition = wanted(query, now);
  const { subscriberCount, changeDay, changeWeek } = channels;
  const parts = await inSlices(store, query.app, async (slice) => {
    const [part] = await store
      .select({
        channels: sql<number>`count(*)::integer`,
        subscribers: sum(subscriberCount),
        changeDay: sum(changeDay),
        changeWeek: sum(changeWeek),
      })
      .from(channels)
      .where(and(slice, condition));
    return part;
  });
  const total = (name: "channels" | "subscribers" | "changeDay" | "changeWeek") =>
    sumOfKnown(parts.map((part) => part?.[name] ?? null));
  return {
    channels: total("channels") ?? 0,
    subscribers: total("subscribers") ?? 0,
    changeDay: total("changeDay"),
    changeWeek: total("changeWeek"),
  };
}

/** A sum as a number: the drivers give those of large numbers as texts. */
function sum(column: SQLWrapper): SQL<number | null> {
  return sql<number | null>`sum(${column})::float8`;
}

function sumOfKnown(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : known.reduce((total, number) => total + number, 0);
}

async function readHealth(
  store: Store,
  app: string,
  now: Date,
): Promise<Omit<Overview["refresh"], "query">> {
  const { refreshMinutes, refreshDueAt, refreshProblem, countedAt, goneAt } = channels;
  const isWatched = and(isNotNull(refreshMinutes), isNull(goneAt));
  const since = sql`${now.toISOString()}::timestamptz - 2 * ${refreshMinutes} * interval '1 minute'`;
  const many = (condition: SQL) => sql<number>`(count(*) filter (where ${condition}))::integer`;
  const parts = await inSlices(store, app, async (slice) => {
    const [part] = await store
      .select({
        watched: sql<number>`count(*)::integer`,
        fresh: many(sql`${countedAt} >= ${since}`),
        failing: many(isNotNull(refreshProblem)),
        nextDueAt: min(refreshDueAt),
      })
      .from(channels)
      .where(and(slice, isWatched));
    return part;
  });
  const total = (name: "watched" | "fresh" | "failing") =>
    sumOfKnown(parts.map((part) => part?.[name] ?? null)) ?? 0;
  const dueTimes = parts.flatMap((part) => part?.nextDueAt?.getTime() ?? []);
  const [run] = await store
    .select({ lastRunAt: max(refreshRuns.finishedAt) })
    .from(refreshRuns)
    .where(eq(refreshRuns.app, app));
  return {
    watched: total("watched"),
    fresh: total("fresh"),
    stale: total("watched") - total("fresh"),
    failing: total("failing"),
    lastRunAt: run?.lastRunAt ?? null,
    nextDueAt: dueTimes.length === 0 ? null : new Date(Math.min(...dueTimes)),
  };
}
