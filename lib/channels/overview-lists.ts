import { inArray, type SQL, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";
import { type Condition, wanted } from "./directory-conditions";
import { type SortValue, secondsOf } from "./directory-order";
import { keysInOrder } from "./directory-places";
import type { DirectoryQuery } from "./directory-query";
import { readKnownChannels } from "./directory-rows";
import { channelsOf, inSlices } from "./directory-slices";
import type { KnownChannel } from "./known-channel";

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

const OVERVIEW_LISTS = ["gainers", "losers", "newlySilent", "gone"] as const;

type ListId = (typeof OVERVIEW_LISTS)[number];

type List = {
  readonly query: DirectoryQuery;
  readonly condition: Condition;
  /** By what the list is in order. */
  readonly value: SQL;
  readonly descending: boolean;
};

/** The lists of an overview, all read together: each looks at every channel of the app. */
export async function readOverviewLists(
  store: Store,
  all: DirectoryQuery,
  now: Date,
): Promise<Record<ListId, OverviewRows>> {
  const lists = listsOf(all, now);
  const parts = await inSlices(store, all.app, async (slice) => {
    const columns = OVERVIEW_LISTS.map((id) => {
      const { value, condition } = lists[id];
      return sql`json_agg(json_build_array(key, ${value})) filter (where ${condition(slice)})`;
    });
    const { rows } = (await store.execute(sql`
      select json_build_array(${sql.join(columns, sql`, `)}) as lists
      from channels where ${channelsOf(slice)}`)) as unknown as {
      rows: { lists: (Placed[] | null)[] }[];
    };
    return rows[0]?.lists ?? [];
  });
  const found = new Map<ListId, { readonly count: number; readonly keys: readonly number[] }>();
  for (const [index, id] of OVERVIEW_LISTS.entries()) {
    const placed = parts.flatMap((part) => part[index] ?? []);
    const keys = await firstKeys(placed, lists[id].descending);
    found.set(id, { count: placed.length, keys });
  }
  const keys = [...new Set([...found.values()].flatMap((list) => list.keys))];
  const known = await readKnownChannels(store, inArray(channels.key, keys), all.userId);
  const knownOf = new Map(known.map((channel) => [channel.key, channel]));
  const rowsOf = (id: ListId): OverviewRows => {
    const list = found.get(id);
    const rows = list?.keys.flatMap((key) => knownOf.get(key) ?? []) ?? [];
    return { query: lists[id].query, count: list?.count ?? 0, rows };
  };
  return {
    gainers: rowsOf("gainers"),
    losers: rowsOf("losers"),
    newlySilent: rowsOf("newlySilent"),
    gone: rowsOf("gone"),
  };
}

/** The key of a channel, and its value. */
type Placed = readonly [key: number, value: SortValue];

function firstKeys(placed: readonly Placed[], descending: boolean): Promise<number[]> {
  const places = { keys: placed.map(([key]) => key), values: [placed.map(([, value]) => value)] };
  return keysInOrder(places, [{ descending }], { offset: 0, limit: ROWS });
}

function listsOf(all: DirectoryQuery, now: Date): Record<ListId, List> {
  const { changeWeek, lastMessageAt, goneAt } = channels;
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
  const value = sql`${changeWeek}`;
  return {
    gainers: { query: gainers, condition: wanted(gainers, now), value, descending: true },
    losers: { query: losers, condition: wanted(losers, now), value, descending: false },
    newlySilent: {
      ...{ query: newlySilent, condition: wanted(newlySilent, now) },
      ...{ value: secondsOf(lastMessageAt), descending: true },
    },
    gone: {
      ...{ query: gone, condition: wanted(gone, now) },
      ...{ value: secondsOf(goneAt), descending: true },
    },
  };
}
