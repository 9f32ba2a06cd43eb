import { and, isNotNull, isNull, lt, not, or, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels, channelTags, watches } from "@/lib/db/channel-schema";
import type { Filter } from "@/lib/subscriptions/filter";
import { foldedText, wellFormed } from "@/lib/subscriptions/folded-text";
import { type DirectoryQuery, SEARCHED_TEXTS, type SearchedText } from "./directory-query";
import { inBand, isSilent } from "./directory-silence";
import { inSlice, type Slice } from "./directory-slices";
import { daysBefore, instant } from "./directory-times";
import type { DirectoryFilterId } from "./known-channel";
import { refreshStateOf } from "./refresh-state";

/** Days in which a channel is new. */
const NEW_DAYS = 7;

/** Which of the channels of a slice are meant, beside that they are in it. */
export type Condition = (slice: Slice) => SQL | undefined;

/** Which channels are wanted. Days are of 24 hours before `now`. */
export function wanted(query: DirectoryQuery, now: Date): Condition {
  const { search, searched, filters } = query;
  const folded = foldedText(search.trim());
  return (slice) =>
    and(
      inView(query, slice, now),
      ...(Object.entries(filters) as [DirectoryFilterId, Filter | undefined][]).map(
        ([column, filter]) => filter && matches(column, filter, slice, now),
      ),
      // Last, because it takes longest.
      folded === "" ? undefined : holds(searched ?? SEARCHED_TEXTS, folded),
    );
}

function inView(
  { view, silentDays, band, userId }: DirectoryQuery,
  slice: Slice,
  now: Date,
): SQL | undefined {
  const { changeWeek, createdAt, firstSeenAt, goneAt } = channels;
  switch (view) {
    case "all":
      return undefined;
    case "gone":
      return isNotNull(goneAt);
    case "watched":
      return and(isNull(goneAt), watchedBy(userId, slice));
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

function watchedBy(userId: string, slice: Slice): SQL {
  const { accountId } = watches;
  return isAmong(
    sql`select ${watches.channelKey} from ${watches}
      where ${and(inSlice(slice, watches.channelKey), sql`(${accountId} is null or ${accountId} = ${userId}::uuid)`)}`,
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

function matches(
  column: DirectoryFilterId,
  filter: Filter,
  slice: Slice,
  now: Date,
): SQL | undefined {
  if (column === "tags") return filter.op === "oneOf" ? isTagged(filter.values, slice) : sql`false`;
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

function isTagged(values: readonly (string | null)[], slice: Slice): SQL | undefined {
  const { channelKey, tag } = channelTags;
  const isOne = sql`${tag} = any(${storableTexts(values)})`;
  const keys = (condition?: SQL) => sql`select ${channelKey} from ${channelTags}
    where ${and(sql`true`, inSlice(slice, channelKey), condition)}`;
  // Without a tag, or with one of these: all but those that have others only.
  if (values.includes(null)) {
    return not(isAmong(sql`${keys()} group by ${channelKey} having not bool_or(${isOne})`));
  }
  return isAmong(keys(isOne));
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
