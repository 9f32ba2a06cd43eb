import {
  and,
  eq,
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
import {
  type Band,
  type DirectoryFilterId,
  type DirectoryQuery,
  type DirectorySort,
  type DirectorySortId,
  SEARCHED_TEXTS,
  type SearchedText,
} from "../known-channel";
import { refreshStateOf } from "../refresh-state";

const DAY_MS = 86_400_000;

/** Days in which a channel is new. */
const NEW_DAYS = 7;

/** Returns the condition that the channels of a query meet. Days are of 24 hours before `now`. */
export function directoryCondition(query: DirectoryQuery, now: Date): SQL | undefined {
  const { app, search, searched, filters } = query;
  const folded = foldedText(search.trim());
  return and(
    eq(channels.app, app),
    inView(query, now),
    ...(Object.entries(filters) as [DirectoryFilterId, Filter | undefined][]).map(
      ([column, filter]) => filter && matches(column, filter, now),
    ),
    // Last, because it takes longest.
    folded === "" ? undefined : holds(searched ?? SEARCHED_TEXTS, folded),
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

function watchedBy(userId: string): SQL {
  const { accountId, channelKey } = watches;
  return isAmong(
    sql`select ${channelKey} from ${watches} where ${accountId} is null or ${accountId} = ${userId}::uuid`,
  );
}

/**
 * Whether the key of a channel is among those. It is no plain `in`, so that they are looked up once and
 * kept: a database that nobody has ever analyzed would look each channel up, twenty thousand times.
 */
function isAmong(keys: SQL): SQL {
  return sql`coalesce(${channels.key} in (${keys}), false)`;
}

const COLUMNS = {
  name: channels.name,
  channelId: channels.channelId,
  ownerId: channels.ownerId,
  organization: channels.organization,
  subscriberCount: channels.subscriberCount,
  lastMessageAt: channels.lastMessageAt,
  countedAt: channels.countedAt,
  createdAt: channels.createdAt,
  firstSeenAt: channels.firstSeenAt,
  goneAt: channels.goneAt,
} as const;

function matches(column: DirectoryFilterId, filter: Filter, now: Date): SQL | undefined {
  if (column === "tags") return filter.op === "oneOf" ? isTagged(filter.values) : sql`false`;
  const field = column === "refreshState" ? refreshStateOf(now) : COLUMNS[column];
  switch (filter.op) {
    case "contains":
      return column === "name" || column === "channelId"
        ? holds([column], foldedText(filter.text))
        : sql`false`;
    case "is":
      return oneOf(field, [filter.text]);
    case "empty":
      // Where nobody has asked for the last message, it is not known that there is none.
      return column === "lastMessageAt" ? inBand([], "never", now) : isNull(field);
    case "oneOf":
      return oneOf(field, filter.values);
    case "between":
      return and(
        isNotNull(field),
        filter.min === null ? undefined : sql`${field} >= ${filter.min}::bigint`,
        filter.max === null ? undefined : sql`${field} <= ${filter.max}::bigint`,
      );
    case "before":
      return sql`${field} < ${instant(filter.at)}`;
    case "after":
      return sql`${field} >= ${instant(filter.at)}`;
    case "withinDays":
      return sql`${field} >= ${instant(daysBefore(now, filter.days))}`;
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
  // Without a tag, or with one of these: all but those that have others only.
  if (values.includes(null)) {
    return not(isAmong(sql`${keys} group by ${channelKey} having not bool_or(${isOne})`));
  }
  return isAmong(sql`${keys} where ${isOne}`);
}

/** What no database holds is in no row, and must not be an error. */
function storableTexts(values: readonly (string | null)[]): SQL {
  const texts = values.flatMap((value) =>
    value === null || value.includes("\0") ? [] : [wellFormed(value)],
  );
  return sql`${sql.param(texts)}::text[]`;
}

/** Whether one of these texts of a channel, folded, has this one in it. */
function holds(texts: readonly SearchedText[], folded: string): SQL | undefined {
  // The kept texts are in lines, so that none goes over two of them.
  if (/[\0\n]/.test(folded)) return sql`false`;
  const pattern = `%${folded.replace(/[\\%_]/g, "\\$&")}%`;
  // Byte by byte: the texts are folded, and by the rules of a language it takes many times as long.
  const like = (text: SQLWrapper) => sql`${text} collate "C" like ${pattern}`;
  const { nameKey, searchText } = channels;
  if (SEARCHED_TEXTS.every((text) => texts.includes(text))) return like(searchText);
  // The whole is looked at first, because it is seldom found in it.
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

/** The same order on every database, whatever its language. */
const bytes = (text: SQLWrapper) => sql`${text} collate "C"`;

const SORTED_VALUES: Readonly<Record<DirectorySortId, SQL>> = {
  name: bytes(sql`nullif(${channels.nameKey}, '')`),
  channelId: bytes(channels.channelId),
  ownerId: bytes(channels.ownerId),
  organization: bytes(channels.organization),
  subscriberCount: sql`${channels.subscriberCount}`,
  changeDay: sql`${channels.changeDay}`,
  changeWeek: sql`${channels.changeWeek}`,
  changeMonth: sql`${channels.changeMonth}`,
  lastMessageAt: sql`${channels.lastMessageAt}`,
  countedAt: sql`${channels.countedAt}`,
  createdAt: sql`${channels.createdAt}`,
  firstSeenAt: sql`${channels.firstSeenAt}`,
  goneAt: sql`${channels.goneAt}`,
};

/** Channels that have been silent for as long as the first threshold says, or ever. */
function isSilent(silentDays: readonly number[], now: Date): SQL | undefined {
  const [days] = silentDays;
  const hasPaused = days === undefined ? undefined : silentFor(days, now);
  return or(hasPaused, inBand(silentDays, "never", now));
}

/**
 * Channels of a band of silence, whether they have gone or not. Of one whose last message nobody asked for,
 * nothing is known.
 */
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

/** Returns the number of a silent channel's band, from 0. That of channels that never sent is the last. */
export function bandNumber(silentDays: readonly number[], now: Date): SQL {
  const longer = silentDays.map(
    (days, index) => sql`when ${silentFor(days, now)} then ${sql.raw(String(index))}`,
  );
  const never = sql.raw(String(silentDays.length));
  // A channel that never sent meets none of these.
  return silentDays.length === 0
    ? never
    : sql`case ${sql.join([...longer.toReversed(), sql`else ${never}`], sql` `)} end`;
}

/** Channels whose last message is known, and at least so many days old. */
function silentFor(days: number, now: Date): SQL {
  return lte(channels.lastMessageAt, daysBefore(now, days));
}

/** A time in a condition. */
export function instant(time: Date): SQL {
  return sql`${storableTime(time)}::timestamptz`;
}

/** An address may name times that no database knows; all that is known of channels lies between. */
function storableTime(time: Date): string {
  const year = time.getUTCFullYear();
  if (year < 1) return "-infinity";
  return year > 9999 ? "infinity" : time.toISOString();
}

/** A time that is so many days of 24 hours before another. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
