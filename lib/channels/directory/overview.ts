import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { UNCHANGED_MS } from "../history/changes";
import type { DirectoryQuery, KnownChannel, RefreshState } from "../known-channel";
import { type RefreshTimes, readRefreshTimes, refreshStateOf } from "../refresh/health";
import { directoryCondition, instant } from "./conditions";
import { readDirectoryPage } from "./directory";

const WEEK_DAYS = 7;

/** Rows of each list. */
const ROWS = 5;

/** The first channels of a query, and their number. */
export type OverviewRows = {
  readonly query: DirectoryQuery;
  readonly count: number;
  /** At most five. */
  readonly rows: readonly KnownChannel[];
};

export type Overview = {
  /** The channels that the person or the team watches. */
  readonly reach: {
    readonly query: DirectoryQuery;
    readonly channels: number;
    readonly subscribers: number;
    /** The sum of the known changes of recent counts; null without any. */
    readonly changeDay: number | null;
    readonly changeWeek: number | null;
  };
  /** By subscribers, among the channels that were counted in the last 7 days. */
  readonly gainers: OverviewRows;
  readonly losers: OverviewRows;
  /** Became silent for `silentDays[0]` days in the last 7 days, and were counted since then. */
  readonly newlySilent: OverviewRows;
  /** Gone in the last 7 days. */
  readonly gone: OverviewRows;
  /** Each watched channel is fresh, stale or failing. The times cover all watches of everybody. */
  readonly refresh: RefreshTimes & {
    readonly fresh: Counted;
    readonly stale: Counted;
    readonly failing: Counted;
  };
};

/** The number of channels in a state, and their query. */
type Counted = { readonly count: number; readonly query: DirectoryQuery };

type OverviewQuery = Pick<DirectoryQuery, "app" | "userId" | "silentDays">;

/** Reads the state and the changes of the channels of an app. Days have 24 hours before `now`. */
export async function readOverview(
  db: Database,
  query: OverviewQuery,
  now: Date,
): Promise<Overview> {
  const all: DirectoryQuery = {
    ...query,
    ...{ view: "all", search: "", filters: {}, sorts: [], band: null },
  };
  const watched: DirectoryQuery = {
    ...all,
    view: "watched",
    sorts: [{ column: "subscriberCount", descending: true }],
  };
  const { fresh, stale, failing, ...reach } = await readWatched(db, watched, now);
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
    ...(await readLists(db, all, now)),
    refresh: {
      fresh: inState("fresh", fresh),
      stale: inState("stale", stale),
      failing: inState("failing", failing),
      ...(await readRefreshTimes(db, query.app)),
    },
  };
}

async function readWatched(db: Database, query: DirectoryQuery, now: Date) {
  const { subscriberCount, countedAt, changeDay, changeWeek } = channels;
  const holds = sql`${countedAt} >= ${instant(new Date(now.getTime() - UNCHANGED_MS))}`;
  const [row] = await db
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
    .where(directoryCondition(query, now));
  if (row === undefined) throw new Error("An aggregate has one row.");
  return { ...row, subscribers: row.subscribers ?? 0 };
}

function countInState(state: RefreshState, now: Date): SQL<number> {
  return sql<number>`(count(*) filter (where ${refreshStateOf(now)} = ${state}))::integer`;
}

/** Sums as a number. The driver returns sums of bigint as text. */
function sum(column: SQLWrapper, condition: SQL = sql`true`): SQL<number | null> {
  return sql<number | null>`(sum(${column}) filter (where ${condition}))::float8`;
}

/** Reads the first channels of each list, and its length. */
async function readLists(db: Database, all: DirectoryQuery, now: Date) {
  // An old count has no change of this week.
  const countedAt = { op: "withinDays", days: WEEK_DAYS } as const;
  const sentBefore = { op: "withinDays", days: (all.silentDays[0] ?? 0) + WEEK_DAYS } as const;
  const gainers: DirectoryQuery = {
    ...all,
    ...{ view: "growing", filters: { countedAt } },
    sorts: [{ column: "changeWeek", descending: true }],
  };
  const losers: DirectoryQuery = {
    ...all,
    ...{ view: "shrinking", filters: { countedAt } },
    sorts: [{ column: "changeWeek", descending: false }],
  };
  const newlySilent: DirectoryQuery = {
    ...all,
    ...{ view: "silent", filters: { countedAt, lastMessageAt: sentBefore } },
    sorts: [{ column: "lastMessageAt", descending: true }],
  };
  const gone: DirectoryQuery = {
    ...all,
    ...{ view: "gone", filters: { goneAt: { op: "withinDays", days: WEEK_DAYS } } },
    sorts: [{ column: "goneAt", descending: true }],
  };
  const read = async (query: DirectoryQuery): Promise<OverviewRows> => {
    const page = await readDirectoryPage(db, query, { offset: 0, limit: ROWS }, now);
    return { query, count: page.total, rows: page.channels };
  };
  return {
    gainers: await read(gainers),
    losers: await read(losers),
    newlySilent: await read(newlySilent),
    gone: await read(gone),
  };
}
