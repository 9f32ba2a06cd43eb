import { and, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { KEPT_MS } from "./changes";
import { wanted } from "./directory-conditions";
import type { DirectoryQuery } from "./directory-query";
import { channelsOf, inSlices } from "./directory-slices";
import { instant } from "./directory-times";
import { type OverviewRows, readOverviewLists } from "./overview-lists";
import { type RefreshTimes, readRefreshTimes } from "./refresh-health";
import { type RefreshState, refreshStateOf } from "./refresh-state";

export type { OverviewRows } from "./overview-lists";

export type Overview = {
  /** Of the channels that the person or the team watches. */
  readonly reach: {
    readonly query: DirectoryQuery;
    readonly channels: number;
    readonly subscribers: number;
    /** Of the channels whose changes are known and whose counts still hold; null where there is none. */
    readonly changeDay: number | null;
    readonly changeWeek: number | null;
  };
  /** By how many subscribers, of the channels that were counted in the last 7 days. */
  readonly gainers: OverviewRows;
  readonly losers: OverviewRows;
  /** Silent for `silentDays[0]` days since some time in the last 7 days, and counted since then. */
  readonly newlySilent: OverviewRows;
  /** Since some time in the last 7 days. */
  readonly gone: OverviewRows;
  /** Each of the same channels is fresh, stale or failing; the times are of all that anybody watches. */
  readonly refresh: RefreshTimes & {
    readonly fresh: Counted;
    readonly stale: Counted;
    readonly failing: Counted;
  };
};

/** How many channels are in a state, and the query that finds them. */
type Counted = { readonly count: number; readonly query: DirectoryQuery };

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
  const { fresh, stale, failing, ...reach } = await readWatched(store, watched, now);
  const inState = (state: RefreshState, count: number): Counted => ({
    count,
    query: {
      ...watched,
      filters: { refreshState: { op: "oneOf", values: [state] } },
      sorts: [{ column: "countedAt", descending: false }],
    },
  });
  return {
    reach: { query: watched, ...reach },
    ...lists,
    refresh: {
      fresh: inState("fresh", fresh),
      stale: inState("stale", stale),
      failing: inState("failing", failing),
      ...(await readRefreshTimes(store, asked.app)),
    },
  };
}

async function readWatched(store: Store, query: DirectoryQuery, now: Date) {
  const condition = wanted(query, now);
  const { subscriberCount, countedAt, changeDay, changeWeek } = channels;
  const holds = sql`${countedAt} >= ${instant(new Date(now.getTime() - KEPT_MS))}`;
  const parts = await inSlices(store, query.app, async (slice) => {
    const [part] = await store
      .select({
        channels: sql<number>`count(*)::integer`,
        subscribers: sum(subscriberCount),
        changeDay: sum(changeDay, holds),
        changeWeek: sum(changeWeek, holds),
        fresh: countInState("fresh", now),
        stale: countInState("stale", now),
        failing: countInState("failing", now),
      })
      .from(channels)
      .where(and(channelsOf(slice), condition(slice)));
    return part;
  });
  const total = (name: keyof NonNullable<(typeof parts)[number]>) =>
    sumOfKnown(parts.map((part) => part?.[name] ?? null));
  return {
    channels: total("channels") ?? 0,
    subscribers: total("subscribers") ?? 0,
    changeDay: total("changeDay"),
    changeWeek: total("changeWeek"),
    fresh: total("fresh") ?? 0,
    stale: total("stale") ?? 0,
    failing: total("failing") ?? 0,
  };
}

function countInState(state: RefreshState, now: Date): SQL<number> {
  return sql<number>`(count(*) filter (where ${refreshStateOf(now)} = ${state}))::integer`;
}

/** A sum as a number: the drivers give those of large numbers as texts. */
function sum(column: SQLWrapper, condition: SQL = sql`true`): SQL<number | null> {
  return sql<number | null>`(sum(${column}) filter (where ${condition}))::float8`;
}

function sumOfKnown(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : known.reduce((total, number) => total + number, 0);
}
