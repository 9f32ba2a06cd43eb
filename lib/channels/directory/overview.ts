import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { changeOf, UNCHANGED_MS } from "@/lib/channels/history/history";
import { channels } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { daysBefore } from "@/lib/time";
import { TREND_DAYS } from "../history/history";
import type { DirectoryQuery, DirectorySort, KnownChannel, RefreshState } from "../known-channel";
import { readRefreshTimes, refreshStateOf } from "../refresh/health";
import { directoryCondition, instant } from "./conditions";
import { readDirectoryPage } from "./directory";

const WEEK_DAYS = 7;

const ROWS = 5;

/** The first channels of a query, and their number. */
export type OverviewRows = {
  readonly query: DirectoryQuery;
  readonly count: number;
  /** At most five. */
  readonly rows: readonly KnownChannel[];
};

export type Overview = Awaited<ReturnType<typeof readOverview>>;

/** The subscribers of all watched channels at a time. */
type DailyTotal = { readonly at: Date; readonly subscribers: number };

type OverviewQuery = Pick<DirectoryQuery, "app" | "userId" | "silentDays">;

/** Reads the state and the changes of the channels of an app. Days have 24 hours before `now`. */
export async function readOverview(db: Database, query: OverviewQuery, now: Date) {
  const all: DirectoryQuery = {
    ...query,
    ...{ view: "all", search: "", filters: {}, sorts: [], band: null },
  };
  const watched: DirectoryQuery = {
    ...all,
    view: "watched",
    sorts: [{ column: "subscriberCount", descending: true }],
  };
  const [{ fresh, stale, failing, ...reach }, lists, times] = await Promise.all([
    readWatched(db, watched, now),
    readLists(db, all, now),
    readRefreshTimes(db, query.app),
  ]);
  const inState = (state: RefreshState, number: number) => {
    const query: DirectoryQuery = {
      ...watched,
      filters: { refreshState: { op: "oneOf", values: [state] } },
      sorts: [{ column: "countedAt", descending: false }],
    };
    return { count: number, query };
  };
  return {
    reach: { query: watched, ...reach },
    ...lists,
    /** Each watched channel is fresh, stale or failing. The times cover all watches of everybody. */
    refresh: {
      fresh: inState("fresh", fresh),
      stale: inState("stale", stale),
      failing: inState("failing", failing),
      ...times,
    },
  };
}

async function readWatched(db: Database, query: DirectoryQuery, now: Date) {
  const { subscriberCount, countedAt, changeDay, changeWeek, changeMonth } = channels;
  const holds = sql`${countedAt} >= ${instant(new Date(now.getTime() - UNCHANGED_MS))}`;
  // The percentage is of the channels whose change is known.
  const changeIn = (change: SQLWrapper) => ({
    absolute: sum(change, holds),
    count: sum(subscriberCount, sql`${holds} and ${change} is not null`),
  });
  const [row] = await db
    .select({
      channels: sql<number>`count(*)::integer`,
      subscribers: sum(subscriberCount),
      changeDay: changeIn(changeDay),
      changeWeek: changeIn(changeWeek),
      changeMonth: changeIn(changeMonth),
      fresh: countInState("fresh", now),
      stale: countInState("stale", now),
      failing: countInState("failing", now),
    })
    .from(channels)
    .where(directoryCondition(query, now));
  if (row === undefined) throw new Error("An aggregate has one row.");
  return {
    ...row,
    subscribers: row.subscribers ?? 0,
    /** Changes are of the channels with a recent count and a known change; null without any. */
    changeDay: changeOf(row.changeDay.count, row.changeDay.absolute),
    changeWeek: changeOf(row.changeWeek.count, row.changeWeek.absolute),
    changeMonth: changeOf(row.changeMonth.count, row.changeMonth.absolute),
    /** The subscribers on each of the last 30 days, oldest first; empty without any count. */
    totals: await readTotals(db, query, row.channels, now),
  };
}

/** Counts that are looked up for the chart: some microseconds each. */
const MOST_LOOKUPS = 30_000;

/** Days between two points of the chart. The last one divides its days. */
const DAY_STEPS = [1, 2, 3, 5, 10, 30];

/**
 * Reads the subscribers of the channels of a query over the last 30 days. A channel without an earlier count has
 * its first one, so that a channel that was found later is no growth. More channels have fewer points.
 */
async function readTotals(
  db: Database,
  query: DirectoryQuery,
  channelCount: number,
  now: Date,
): Promise<DailyTotal[]> {
  const step = DAY_STEPS.find((days) => (channelCount * TREND_DAYS) / days <= MOST_LOOKUPS);
  const counts = sql`select subscriber_count from snapshots
    where channel_key = times.key and subscriber_count is not null`;
  const { rows } = await db.execute<{ day: number; subscribers: number | null }>(sql`
    select day, sum(coalesce(
      (${counts} and at <= times.time order by at desc limit 1),
      (${counts} and at > times.time order by at limit 1)
    ))::float8 as subscribers
    from (
      select ${channels.key} as key, day,
        ${now.toISOString()}::timestamptz - make_interval(secs => 86400 * day) as time
      from ${channels}, generate_series(0, ${TREND_DAYS}::integer, ${step ?? TREND_DAYS}::integer) as day
      where ${directoryCondition(query, now)}
    ) as times
    group by day order by day desc`);
  return rows.flatMap(({ day, subscribers }) =>
    subscribers === null ? [] : [{ at: daysBefore(now, day), subscribers }],
  );
}

function countInState(state: RefreshState, now: Date): SQL<number> {
  return sql<number>`(count(*) filter (where ${refreshStateOf(now)} = ${state}))::integer`;
}

/** Sums as a number. The driver returns sums of bigint as text. */
function sum(column: SQLWrapper, condition: SQL = sql`true`): SQL<number | null> {
  return sql<number | null>`(sum(${column}) filter (where ${condition}))::float8`;
}

/**
 * Reads what happened to watched channels in the last 7 days. Gainers and losers are by subscribers. Newly silent
 * ones became silent for `silentDays[0]` days, and were counted since then.
 */
async function readLists(db: Database, all: DirectoryQuery, now: Date) {
  // An old count has no change of this week.
  const recent = { op: "withinDays", days: WEEK_DAYS } as const;
  const watchedBy = { op: "oneOf", values: ["me", "team"] } as const;
  const sentBefore = { op: "withinDays", days: (all.silentDays[0] ?? 0) + WEEK_DAYS } as const;
  const read = async (
    view: DirectoryQuery["view"],
    filters: DirectoryQuery["filters"],
    sort: DirectorySort,
  ): Promise<OverviewRows> => {
    const query = { ...all, view, filters: { ...filters, watchedBy }, sorts: [sort] };
    const page = await readDirectoryPage(db, query, { offset: 0, limit: ROWS }, now);
    return { query, count: page.total, rows: page.channels };
  };
  const counted = { countedAt: recent };
  const silent = { ...counted, lastMessageAt: sentBefore };
  const [gainers, losers, newlySilent, gone] = await Promise.all([
    read("growing", counted, { column: "changeWeek", descending: true }),
    read("shrinking", counted, { column: "changeWeek", descending: false }),
    read("silent", silent, { column: "lastMessageAt", descending: true }),
    read("gone", { goneAt: recent }, { column: "goneAt", descending: true }),
  ]);
  return { gainers, losers, newlySilent, gone };
}
