import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { UNCHANGED_MS } from "../history/changes";
import type { DirectoryQuery, KnownChannel } from "../known-channel";
import { type RefreshTimes, readRefreshTimes } from "../refresh-health";
import { type RefreshState, refreshStateOf } from "../refresh-state";
import { directoryCondition, instant } from "./conditions";
import { readDirectoryPage } from "./directory";

const WEEK_DAYS = 7;

/** Rows of each list. */
const ROWS = 5;

/** Channels and the query of the directory that finds all of them. */
export type OverviewRows = {
  readonly query: DirectoryQuery;
  readonly count: number;
  /** At most five. */
  readonly rows: readonly KnownChannel[];
};

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
export async function readOverview(db: Database, asked: Asked, now: Date): Promise<Overview> {
  const all: DirectoryQuery = {
    ...asked,
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
      ...(await readRefreshTimes(db, asked.app)),
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

/** A sum as a number: the drivers give those of large numbers as texts. */
function sum(column: SQLWrapper, condition: SQL = sql`true`): SQL<number | null> {
  return sql<number | null>`(sum(${column}) filter (where ${condition}))::float8`;
}

/** Reads the first channels of each list, and how many it has. */
async function readLists(db: Database, all: DirectoryQuery, now: Date) {
  // What was counted long ago tells nothing of this week.
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
