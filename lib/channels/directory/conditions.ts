import {
  and,
  eq,
  getTableColumns,
  isNotNull,
  isNull,
  lt,
  lte,
  not,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import { channels, channelTags, watches } from "@/lib/db/channel-schema";
import type { Filter } from "@/lib/subscriptions/filter";
import { foldedText, wellFormed } from "@/lib/subscriptions/folded-text";
import { daysBefore } from "@/lib/time";
import {
  type Band,
  type DirectoryFilterId,
  type DirectoryQuery,
  type DirectorySort,
  type DirectorySortId,
  SEARCHED_TEXTS,
  type SearchedText,
  WATCHERS,
} from "../known-channel";
import { refreshStateOf } from "../refresh/health";

const NEW_DAYS = 7;

/** Returns the condition for the channels of a query. Days have 24 hours before `now`. */
export function directoryCondition(query: DirectoryQuery, now: Date): SQL | undefined {
  const { app, search, searched, filters, userId } = query;
  const folded = foldedText(search.trim());
  return and(
    eq(channels.app, app),
    inView(query, now),
    ...(Object.entries(filters) as [DirectoryFilterId, Filter | undefined][]).map(
      ([column, filter]) => filter && matches(column, filter, { userId, now }),
    ),
    // Last, because it is the slowest.
    folded === "" ? undefined : containsText(searched ?? SEARCHED_TEXTS, folded),
  );
}

/** Returns the order of a query. Unknown values come last in either direction, and keys break all ties. */
export function directoryOrder(sorts: readonly DirectorySort[]): SQL {
  const orders = sorts.map(
    ({ column, descending }) =>
      sql`${SORTED_VALUES[column]} ${sql.raw(descending ? "desc" : "asc")} nulls last`,
  );
  return sql.join([...orders, sql`${channels.key}`], sql`, `);
}

function inView({ view, silentDays, band, userId }: DirectoryQuery, now: Date): SQL | undefined {
  const { changeWeek, createdAt, firstSeenAt, goneAt } = channels;
  switch (view) {
    case "all":
      return undefined;
    case "gone":
      return isNotNull(goneAt);
    case "watched":
      return and(isNull(goneAt), watchedBy(userId));
    case "growing":
      return and(isNull(goneAt), sql`${changeWeek} > 0`);
    case "shrinking":
      return and(isNull(goneAt), lt(changeWeek, 0));
    case "new":
      return and(
        isNull(goneAt),
        sql`coalesce(${createdAt}, ${firstSeenAt}) >= ${instant(daysBefore(now, NEW_DAYS))}`,
      );
    case "silent":
      return and(
        isNull(goneAt),
        band === null ? isSilent(silentDays, now) : inBand(silentDays, band, now),
      );
  }
}

/** Returns the condition that the person or the team watches a channel, or one of these watchers. */
export function watchedBy(userId: string, watchers: readonly (string | null)[] = WATCHERS): SQL {
  const { accountId, channelKey } = watches;
  const byMe = watchers.includes("me") ? sql`${accountId} = ${userId}::uuid` : sql`false`;
  const byTeam = watchers.includes("team") ? sql`${accountId} is null` : sql`false`;
  return isAmong(sql`select ${channelKey} from ${watches} where ${byTeam} or ${byMe}`);
}

/**
 * Returns the condition that a channel is among these keys. With a plain `in`, a database without
 * statistics repeats the subquery for each channel.
 */
function isAmong(keys: SQL): SQL {
  return sql`coalesce(${channels.key} in (${keys}), false)`;
}

/** Returns a change in percent of the earlier count; null if that was zero. As `changeOf`. */
function percentOf(change: SQLWrapper): SQL {
  return sql`(${change} * 100)::float8 / nullif(${channels.subscriberCount} - ${change}, 0)::float8`;
}

const CHANGES = {
  changeDay: sql`${channels.changeDay}`,
  changeDayPercent: percentOf(channels.changeDay),
  changeWeek: sql`${channels.changeWeek}`,
  changeWeekPercent: percentOf(channels.changeWeek),
  changeMonth: sql`${channels.changeMonth}`,
  changeMonthPercent: percentOf(channels.changeMonth),
} as const;

/** The value of each column. */
const COLUMNS = { ...getTableColumns(channels), ...CHANGES };

type Context = { readonly userId: string; readonly now: Date };

function matches(
  column: DirectoryFilterId,
  filter: Filter,
  { userId, now }: Context,
): SQL | undefined {
  if (column === "watchedBy") {
    if (filter.op !== "oneOf") return sql`false`;
    const isWatched = watchedBy(userId, filter.values);
    return filter.values.includes("nobody") ? or(isWatched, not(watchedBy(userId))) : isWatched;
  }
  if (column === "tags") return filter.op === "oneOf" ? isTagged(filter.values) : sql`false`;
  const field = column === "refreshState" ? refreshStateOf(now) : COLUMNS[column];
  switch (filter.op) {
    case "contains":
      return column === "name" || column === "channelId"
        ? containsText([column], foldedText(filter.text))
        : sql`false`;
    case "is":
      return oneOf(field, [filter.text]);
    case "empty":
      // A channel whose last message was never read may have one.
      return column === "lastMessageAt" ? inBand([], "never", now) : isNull(field);
    case "oneOf":
      return oneOf(field, filter.values);
    case "between":
      return and(
        isNotNull(field),
        filter.min === null ? undefined : sql`${field} >= ${filter.min}::float8`,
        filter.max === null ? undefined : sql`${field} <= ${filter.max}::float8`,
      );
    case "before":
      return sql`${field} < ${instant(filter.at)}`;
    case "after":
      return sql`${field} >= ${instant(filter.at)}`;
    case "withinDays":
      return sql`${field} >= ${instant(daysBefore(now, filter.days))}`;
    case "notWithinDays":
      return or(
        sql`${field} < ${instant(daysBefore(now, filter.days))}`,
        matches(column, { op: "empty" }, { userId, now }),
      );
  }
}

function oneOf(field: SQLWrapper, values: readonly (string | null)[]): SQL | undefined {
  return or(
    sql`${field} = any(${storableTexts(values)})`,
    values.includes(null) ? sql`${field} is null` : undefined,
  );
}

function isTagged(values: readonly (string | null)[]): SQL | undefined {
  const { channelKey, tag } = channelTags;
  const isOne = sql`${tag} = any(${storableTexts(values)})`;
  const keys = sql`select ${channelKey} from ${channelTags}`;
  // Null stands for no tag: all channels but those that have only other tags.
  if (values.includes(null)) {
    return not(isAmong(sql`${keys} group by ${channelKey} having not bool_or(${isOne})`));
  }
  return isAmong(sql`${keys} where ${isOne}`);
}

/** Drops texts that PostgreSQL cannot store, which would be an error. */
function storableTexts(values: readonly (string | null)[]): SQL {
  const texts = values.flatMap((value) =>
    value === null || value.includes("\0") ? [] : [wellFormed(value)],
  );
  return sql`${sql.param(texts)}::text[]`;
}

function containsText(texts: readonly SearchedText[], folded: string): SQL | undefined {
  // The stored texts are separated by line breaks, so no match may span two of them.
  if (/[\0\n]/.test(folded)) return sql`false`;
  const pattern = `%${folded.replace(/[\\%_]/g, "\\$&")}%`;
  // Bytewise comparison is many times faster than by language, and the texts are folded already.
  const like = (text: SQLWrapper) => sql`${text} collate "C" like ${pattern}`;
  const { nameKey, searchText } = channels;
  if (SEARCHED_TEXTS.every((text) => texts.includes(text))) return like(searchText);
  // The cheap condition on all texts comes first and rarely holds.
  return and(
    like(searchText),
    or(
      sql`false`,
      ...texts.map((text) =>
        like(
          text === "name"
            ? nameKey
            : sql`split_part(${searchText}, E'\\n', ${SEARCHED_TEXTS.indexOf(text) + 1}::integer)`,
        ),
      ),
    ),
  );
}

/** The same order in every database locale. */
const bytes = (text: SQLWrapper) => sql`${text} collate "C"`;

const SORTED_VALUES: Readonly<Record<DirectorySortId, SQLWrapper>> = {
  ...COLUMNS,
  name: bytes(sql`nullif(${channels.nameKey}, '')`),
  channelId: bytes(channels.channelId),
  ownerId: bytes(channels.ownerId),
  organization: bytes(channels.organization),
};

/** Channels without a message for the days of the first threshold, or ever. */
function isSilent(silentDays: readonly number[], now: Date): SQL | undefined {
  const [days] = silentDays;
  const isPaused = days === undefined ? undefined : silentFor(days, now);
  return or(isPaused, inBand(silentDays, "never", now));
}

/** Channels of a band of silence, gone or not. Excludes channels whose last message was never read. */
function inBand(silentDays: readonly number[], band: Band, now: Date): SQL | undefined {
  const { lastMessageAt, lastMessageReadAt } = channels;
  if (band === "never") return and(isNull(lastMessageAt), isNotNull(lastMessageReadAt));
  const [from, to] = silentDays.slice(band, band + 2);
  if (from === undefined) return sql`false`;
  return and(
    silentFor(from, now),
    to === undefined ? undefined : sql`${lastMessageAt} > ${instant(daysBefore(now, to))}`,
  );
}

/** Returns the number of a silent channel's band, from 0. Channels without any message are last. */
export function bandNumber(silentDays: readonly number[], now: Date): SQL {
  const longer = silentDays.map(
    (days, index) => sql`when ${silentFor(days, now)} then ${sql.raw(String(index))}`,
  );
  const never = sql.raw(String(silentDays.length));
  // A channel without any message meets none of these.
  return silentDays.length === 0
    ? never
    : sql`case ${sql.join([...longer.toReversed(), sql`else ${never}`], sql` `)} end`;
}

/** Channels whose last message is known and at least this old. */
function silentFor(days: number, now: Date): SQL {
  return lte(channels.lastMessageAt, daysBefore(now, days));
}

/** Returns a time for a condition. */
export function instant(time: Date): SQL {
  return sql`${storableTime(time)}::timestamptz`;
}

/** Replaces times that PostgreSQL cannot store by infinity. */
function storableTime(time: Date): string {
  const year = time.getUTCFullYear();
  if (year < 1) return "-infinity";
  return year > 9999 ? "infinity" : time.toISOString();
}
