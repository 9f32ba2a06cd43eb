import { and, eq, getTableColumns, inArray, isNotNull, max, or, type SQL, sql } from "drizzle-orm";
import { changeOf } from "@/lib/channels/history/history";
import { channels, channelTags } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import {
  type DirectoryQuery,
  type DirectoryRange,
  type KnownChannel,
  MOST_CHOICES,
  WATCHERS,
} from "../known-channel";
import { refreshStateOf } from "../refresh/health";
import { bandNumber, directoryCondition, directoryOrder, watchedBy } from "./conditions";

/**
 * Reads a page of the channels of a query. An offset past the end is moved to the last page. The bands are of
 * the view "silent".
 */
export async function readDirectoryPage(
  db: Database,
  query: DirectoryQuery,
  range: DirectoryRange,
  now: Date,
) {
  const keysFrom = (offset: number) => listPageKeys(db, query, { ...range, offset }, now);
  const [total, bands, requested] = await Promise.all([
    countKnownChannels(db, query, now),
    query.view === "silent" ? listBands(db, query, now) : null,
    keysFrom(range.offset),
  ]);
  const offset = Math.min(range.offset, lastPage(total, range.limit));
  const keys = offset === range.offset ? requested : await keysFrom(offset);
  return { channels: await listInOrder(db, keys, query.userId), total, offset, bands };
}

/** Returns the offset of the last page of a list. */
export function lastPage(total: number, limit: number): number {
  return Math.max(0, Math.ceil(total / limit) - 1) * limit;
}

async function listPageKeys(
  db: Database,
  query: DirectoryQuery,
  { offset, limit }: DirectoryRange,
  now: Date,
): Promise<number[]> {
  const rows = await db
    .select({ key: channels.key })
    .from(channels)
    .where(directoryCondition(query, now))
    .orderBy(directoryOrder(query.sorts))
    .limit(limit)
    .offset(offset);
  return rows.map(({ key }) => key);
}

/** Lists the first channels of a query, in its order. */
export async function listKnownChannels(
  db: Database,
  query: DirectoryQuery,
  limit: number,
  now: Date,
): Promise<readonly KnownChannel[]> {
  return listInOrder(db, await listPageKeys(db, query, { offset: 0, limit }, now), query.userId);
}

/** Lists the keys of all channels of a query, in its order. */
export async function listKeys(db: Database, query: DirectoryQuery, now: Date): Promise<number[]> {
  // One JSON list: parsing 100,000 rows would block the event loop.
  const { rows } = await db.execute<{ keys: number[] | null }>(sql`
    select json_agg(${channels.key} order by ${directoryOrder(query.sorts)}) as keys
    from ${channels} where ${directoryCondition(query, now)}`);
  return rows[0]?.keys ?? [];
}

/** Lists the channels with these keys in the order of the keys. Removed channels are left out. */
export async function listInOrder(
  db: Database,
  keys: readonly number[],
  userId: string,
): Promise<KnownChannel[]> {
  const found = await readKnownChannels(db, inArray(channels.key, [...keys]), userId);
  const channelOf = new Map(found.map((channel) => [channel.key, channel]));
  return keys.flatMap((key) => channelOf.get(key) ?? []);
}

/** Counts the channels of a query. */
export function countKnownChannels(
  db: Database,
  query: DirectoryQuery,
  now: Date,
): Promise<number> {
  return db.$count(channels, directoryCondition(query, now));
}

/** The number of channels that are silent for at least these days and less than those of the next band. */
export type SilentBand = { readonly days: number | "never"; readonly count: number };

/** Counts the silent channels of each band, whichever band the query has. */
export async function listBands(
  db: Database,
  query: DirectoryQuery,
  now: Date,
): Promise<SilentBand[]> {
  const { silentDays } = query;
  const condition = directoryCondition({ ...query, view: "silent", band: null }, now);
  const { rows } = await db.execute<{ band: number; count: number }>(sql`
    select ${bandNumber(silentDays, now)} as band, count(*)::integer as count
    from ${channels} where ${condition} group by 1`);
  const counts = new Map(rows.map(({ band, count }) => [band, count]));
  return [...silentDays, "never" as const].map((days, band) => ({
    days,
    count: counts.get(band) ?? 0,
  }));
}

type Group = {
  /** Null for channels without a known value. */
  readonly value: string | null;
  readonly channels: number;
  /** The sum of the known counts. */
  readonly subscribers: number;
  /** The sum of the known changes; null without any. */
  readonly changeWeek: number | null;
};

/** Lists groups of the channels of a query, those with the most subscribers first, and counts all groups. */
export async function listGroups(
  db: Database,
  query: DirectoryQuery,
  by: "organization" | "ownerId",
  { offset, limit }: DirectoryRange,
  now: Date,
): Promise<{ readonly groups: readonly Group[]; readonly total: number }> {
  const { rows } = await db.execute<{ total: number; groups: Group[] | null }>(sql`
    with groups as (
      select ${channels[by]} as value, count(*)::integer as channels,
        coalesce(sum(${channels.subscriberCount}), 0)::float8 as subscribers,
        sum(${channels.changeWeek})::float8 as "changeWeek"
      from ${channels} where ${directoryCondition(query, now)} group by 1
    )
    select (select count(*)::integer from groups) as total, (
      select json_agg(page) from (
        select * from groups
        order by subscribers desc, channels desc, value collate "C" nulls last
        limit ${limit} offset ${offset}
      ) as page
    ) as groups`);
  return { groups: rows[0]?.groups ?? [], total: rows[0]?.total ?? 0 };
}

type DirectoryChoice = { readonly value: string | null; readonly count: number };

/** Counts the channels of each value of a column, most frequent first. Ignores its own filter. */
export async function listChoices(
  db: Database,
  query: DirectoryQuery,
  column: ChoiceColumn,
  now: Date,
): Promise<DirectoryChoice[]> {
  const filters = { ...query.filters, [column]: undefined };
  const { rows } = await db.execute<DirectoryChoice>(sql`
    select value, count from (
      select ${choiceOf(column, now)} as value, count(*)::integer as count
      from ${channels} ${joinedChoices(column, query)}
      where ${directoryCondition({ ...query, filters }, now)} group by 1
    ) as counted
    order by count desc, value collate "C" nulls last limit ${MOST_CHOICES}`);
  return rows;
}

type ChoiceColumn = "ownerId" | "organization" | "refreshState" | "tags" | "watchedBy";

/** Returns the join of a column of which a channel can have several values. */
function joinedChoices(column: ChoiceColumn, { userId }: DirectoryQuery): SQL {
  if (column === "tags") {
    return sql`left join ${channelTags} on ${channelTags.channelKey} = ${channels.key}`;
  }
  if (column !== "watchedBy") return sql``;
  const isBy = WATCHERS.map((watcher) =>
    watcher === "nobody"
      ? sql`(${watcher}, not ${watchedBy(userId)})`
      : sql`(${watcher}, ${watchedBy(userId, [watcher])})`,
  );
  return sql`join lateral (values ${sql.join(isBy, sql`, `)}) as watchers(who, is_watching)
    on watchers.is_watching`;
}

function choiceOf(column: ChoiceColumn, now: Date) {
  if (column === "tags") return channelTags.tag;
  if (column === "watchedBy") return sql`watchers.who`;
  return column === "refreshState" ? refreshStateOf(now) : channels[column];
}

/** Finds a known channel by its id; null if it is unknown. */
export async function findKnownChannel(
  db: Database,
  app: string,
  channelId: string,
  userId: string,
): Promise<KnownChannel | null> {
  // PostgreSQL cannot store this id.
  if (channelId.includes("\0")) return null;
  const isIt = and(eq(channels.app, app), eq(channels.channelId, channelId));
  const [channel] = await readKnownChannels(db, isIt, userId);
  return channel ?? null;
}

// The others are internal.
const { searchText, nameKey, movedSince, snapshotAt, factsAt, refreshDueAt, ...COLUMNS } =
  getTableColumns(channels);

/** Reads the channels that meet a condition, with their tags and watches, in no order. */
async function readKnownChannels(
  db: Database,
  condition: SQL | undefined,
  userId: string,
): Promise<KnownChannel[]> {
  const watch = sql`select from watches where channel_key = channels.key and`;
  const rows = await db
    .select({
      ...COLUMNS,
      tags: sql<string[]>`coalesce((
        select json_agg(tag order by tag collate "C") from channel_tags
        where channel_key = channels.key
      ), '[]')`,
      watchedByMe: sql<boolean>`exists (${watch} account_id = ${userId}::uuid)`,
      watchedByTeam: sql<boolean>`exists (${watch} account_id is null)`,
    })
    .from(channels)
    .where(condition);
  return rows.map((row) => ({
    ...row,
    changeDay: changeOf(row.subscriberCount, row.changeDay),
    changeWeek: changeOf(row.subscriberCount, row.changeWeek),
    changeMonth: changeOf(row.subscriberCount, row.changeMonth),
  }));
}

/** Returns the latest time before which some channel of the queries has sample data; null without any. */
export async function readSampleUntil(
  db: Database,
  app: string,
  queries: readonly DirectoryQuery[],
  now: Date,
): Promise<Date | null> {
  const { sampleUntil } = channels;
  const some = await db
    .select({ sampleUntil })
    .from(channels)
    .where(and(eq(channels.app, app), isNotNull(sampleUntil)))
    .limit(1);
  // Only the demo has sample data.
  if (some.length === 0) return null;
  const [row] = await db
    .select({ until: max(sampleUntil) })
    .from(channels)
    .where(
      and(isNotNull(sampleUntil), or(...queries.map((query) => directoryCondition(query, now)))),
    );
  return row?.until ?? null;
}

/** Returns the latest of these times; null without any. */
export function latestSample(times: readonly (Date | null)[]): Date | null {
  const known = times.flatMap((time) => (time ? [time.getTime()] : []));
  return known.length === 0 ? null : new Date(Math.max(...known));
}
