import {
  and,
  eq,
  isNotNull,
  isNull,
  lt,
  lte,
  or,
  type SQL,
  type SQLWrapper,
  sql,
} from "drizzle-orm";
import { channels } from "@/lib/db/schema";
import type { Filter } from "@/lib/subscriptions/filter";
import { foldedText } from "@/lib/subscriptions/folded-text";
import type { DirectoryFilterId, DirectorySortId, DirectoryView } from "./known-channel";

const DAY_MS = 86_400_000;

/** Days in which a channel is new. */
export const NEW_DAYS = 7;

/** A band of silence: from the threshold of this index to the next one, or channels that never sent. */
export type Band = number | "never";

/** Which of the channels of an app are wanted, and in which order. */
export type DirectoryQuery = {
  readonly app: string;
  readonly view: DirectoryView;
  /** Searched for in name, id, owner and organization; empty finds all. */
  readonly search: string;
  readonly filters: { readonly [Column in DirectoryFilterId]?: Filter };
  /** The first decides, the next breaks its ties. What is not known comes last, either way. */
  readonly sorts: readonly DirectorySort[];
  /** Days without a message at which a band of silence begins, ascending; at least one. */
  readonly silentDays: readonly number[];
  /** One band of the view "silent" only. */
  readonly band: Band | null;
  /** Whose watches count besides the team's. */
  readonly userId: string;
};

export type DirectorySort = { readonly column: DirectorySortId; readonly descending: boolean };

/** The channels that are wanted, as a condition on the table. Days are of 24 hours before `now`. */
export function wanted(query: DirectoryQuery, now: Date): SQL | undefined {
  const { app, search, filters } = query;
  const folded = foldedText(search.trim());
  return and(
    eq(channels.app, app),
    inView(query, now),
    folded === "" ? undefined : contains(channels.searchText, folded),
    ...(Object.entries(filters) as [DirectoryFilterId, Filter][]).map(([column, filter]) =>
      matches(column, filter, now),
    ),
  );
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
        sql`coalesce(${createdAt}, ${firstSeenAt}) >= ${daysBefore(now, NEW_DAYS).toISOString()}`,
      );
    case "silent":
      return inBand(silentDays, band, now);
  }
}

/** Channels of a band of silence, or of all of them. Of a channel whose messages nobody asked for nothing is known. */
export function inBand(
  silentDays: readonly number[],
  band: Band | null,
  now: Date,
): SQL | undefined {
  const { goneAt, lastMessageAt, lastMessageReadAt } = channels;
  const isNever = and(isNull(lastMessageAt), isNotNull(lastMessageReadAt));
  if (band === "never") return and(isNull(goneAt), isNever);
  const from = silentDays[band ?? 0] ?? 0;
  const to = band === null ? undefined : silentDays[band + 1];
  const isSilent = and(
    lte(lastMessageAt, daysBefore(now, from)),
    to === undefined ? undefined : sql`${lastMessageAt} > ${daysBefore(now, to).toISOString()}`,
  );
  return and(isNull(goneAt), band === null ? or(isSilent, isNever) : isSilent);
}

function watchedBy(userId: string): SQL {
  return sql`exists (select 1 from watches where channel_key = ${channels.key}
    and (account_id is null or account_id = ${userId}))`;
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
} as const;

function matches(column: DirectoryFilterId, filter: Filter, now: Date): SQL | undefined {
  if (column === "tags") return filter.op === "oneOf" ? hasTag(filter.values) : undefined;
  const field = COLUMNS[column];
  switch (filter.op) {
    case "contains":
      // Ids are of ASCII: their capitals are the same everywhere.
      return column === "name"
        ? contains(channels.nameKey, foldedText(filter.text))
        : contains(sql`upper(${field} collate "C")`, foldedText(filter.text));
    case "is":
      return sql`${field} = ${filter.text}`;
    case "empty":
      return column === "lastMessageAt"
        ? and(isNull(field), isNotNull(channels.lastMessageReadAt))
        : isNull(field);
    case "oneOf": {
      const texts = filter.values.filter((value) => value !== null);
      return or(
        sql`${field} = any(${sql.param(texts)}::text[])`,
        texts.length < filter.values.length ? isNull(field) : undefined,
      );
    }
    case "between":
      return and(
        filter.min === null ? undefined : sql`${field} >= ${filter.min}`,
        filter.max === null ? undefined : sql`${field} <= ${filter.max}`,
      );
    case "before":
      return sql`${field} < ${filter.at.toISOString()}::timestamptz`;
    case "after":
      return sql`${field} >= ${filter.at.toISOString()}::timestamptz`;
    case "withinDays":
      return sql`${field} >= ${daysBefore(now, filter.days).toISOString()}::timestamptz`;
  }
}

function hasTag(values: readonly (string | null)[]): SQL | undefined {
  const names = values.filter((value) => value !== null);
  return or(
    sql`exists (select 1 from channel_tags where channel_key = ${channels.key} and tag = any(${sql.param(names)}::text[]))`,
    names.length < values.length
      ? sql`not exists (select 1 from channel_tags where channel_key = ${channels.key})`
      : undefined,
  );
}

function contains(text: SQLWrapper, folded: string): SQL {
  const pattern = `%${folded.replace(/[\\%_]/g, "\\$&")}%`;
  return sql`${text} collate "C" like ${pattern}`;
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
