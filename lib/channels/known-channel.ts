import type { Field } from "@/lib/chat-api/types";
import type { channels } from "@/lib/db/channel-schema";
import type { Filter, FilterKind } from "@/lib/subscriptions/filter";
import { wellFormed } from "@/lib/subscriptions/folded-text";
import { MINUTE_MS } from "@/lib/time";
import { visibleText } from "@/lib/visible-text";

/** The change of a count over a time span that ends with its last reading. */
export type Change = {
  readonly absolute: number;
  /** In percent of the earlier count; null if that was zero. */
  readonly percent: number | null;
};

type Row = typeof channels.$inferSelect;

type Internal = "searchText" | "nameKey" | "movedSince" | "snapshotAt" | "factsAt" | "refreshDueAt";

/** A channel as the desk knows it, with the latest value of each field. */
export type KnownChannel = Readonly<
  Omit<Row, Internal | "changeDay" | "changeWeek" | "changeMonth">
> & {
  /** Null if the earlier count is unknown. */
  readonly changeDay: Change | null;
  readonly changeWeek: Change | null;
  readonly changeMonth: Change | null;
  readonly tags: readonly string[];
  readonly watchedByMe: boolean;
  readonly watchedByTeam: boolean;
};

/** The columns that can be filtered, with their kinds. */
export const DIRECTORY_FILTERS = {
  name: "text",
  channelId: "text",
  ownerId: "choice",
  organization: "choice",
  subscriberCount: "count",
  changeDay: "change",
  changeDayPercent: "percent",
  changeWeek: "change",
  changeWeekPercent: "percent",
  changeMonth: "change",
  changeMonthPercent: "percent",
  lastMessageAt: "time",
  countedAt: "time",
  createdAt: "time",
  firstSeenAt: "time",
  goneAt: "time",
  refreshState: "choice",
  tags: "choice",
  watchedBy: "choice",
} as const satisfies Readonly<Record<string, FilterKind>>;

export type DirectoryFilterId = keyof typeof DIRECTORY_FILTERS;

/** The values of the filter `watchedBy`. Nobody: neither the person nor the team. */
export const WATCHERS = ["me", "team", "nobody"] as const;

export type DirectorySortId = Exclude<DirectoryFilterId, "refreshState" | "tags" | "watchedBy">;

/** The columns that can be sorted. */
export const DIRECTORY_SORTS = (Object.keys(DIRECTORY_FILTERS) as DirectoryFilterId[]).filter(
  (id): id is DirectorySortId => id !== "refreshState" && id !== "tags" && id !== "watchedBy",
);

/**
 * The views of the list. Watched: by the person or the team. Growing, shrinking: over 7 days. Silent: no
 * message for the days of the address, or ever. New: created in the last 7 days, or first seen then if the
 * vendor sends no time. Gone channels are only in "all" and "gone".
 */
export const DIRECTORY_VIEWS = [
  "all",
  "watched",
  "growing",
  "shrinking",
  "silent",
  "new",
  "gone",
] as const;

export type DirectoryView = (typeof DIRECTORY_VIEWS)[number];

/** The texts of a channel that can be searched. */
export const SEARCHED_TEXTS = ["name", "channelId", "ownerId", "organization"] as const;

/** The most values of a choice filter. */
export const MOST_CHOICES = 200;

export type SearchedText = (typeof SEARCHED_TEXTS)[number];

export type DirectorySort = { readonly column: DirectorySortId; readonly descending: boolean };

/** A band of silence: the index of its first threshold, or channels without any message. */
export type Band = number | "never";

/** A query for channels of an app, by one person. */
export type DirectoryQuery = {
  readonly app: string;
  readonly view: DirectoryView;
  /** Case, composition, width and surrounding blanks are ignored. */
  readonly search: string;
  /** The texts to search; all by default. */
  readonly searched?: readonly SearchedText[];
  readonly filters: { readonly [Column in DirectoryFilterId]?: Filter };
  /** Unknown values are last in both directions. Ties are in the order in which channels were found. */
  readonly sorts: readonly DirectorySort[];
  /** The thresholds of the bands of silence in days, ascending. */
  readonly silentDays: readonly number[];
  /** One band of the view "silent"; null for all. */
  readonly band: Band | null;
  /** The person whose watches count besides the team's. */
  readonly userId: string;
};

export type DirectoryRange = { readonly offset: number; readonly limit: number };

/** A channel in which fields that a person may not see are null. */
export type VisibleChannel = Omit<KnownChannel, "key"> & {
  readonly shown: readonly Field[];
};

/** Returns a channel with only these fields. */
export function visibleChannel(channel: KnownChannel, shown: readonly Field[]): VisibleChannel {
  const { key: _, ...known } = channel;
  const may = <Value>(field: Field, value: Value) => (shown.includes(field) ? value : null);
  return {
    ...known,
    shown,
    name: may("name", known.name),
    ownerId: may("ownerId", known.ownerId),
    organization: may("organization", known.organization),
    introduction: may("introduction", known.introduction),
    avatarUrl: may("avatarUrl", known.avatarUrl),
    createdAt: may("createdAt", known.createdAt),
    subscriberCount: may("subscriberCount", known.subscriberCount),
    countedAt: may("subscriberCount", known.countedAt),
    changeDay: may("subscriberCount", known.changeDay),
    changeWeek: may("subscriberCount", known.changeWeek),
    changeMonth: may("subscriberCount", known.changeMonth),
    lastMessageAt: may("lastMessageAt", known.lastMessageAt),
    lastMessageReadAt: may("lastMessageAt", known.lastMessageReadAt),
  };
}

/** A channel with a name to show. */
export type NamedChannel = { readonly id: string; readonly name: string };

/** Returns the id and the name of a channel; the id replaces a missing name. */
export function namedChannel({ channelId, name }: VisibleChannel): NamedChannel {
  return { id: channelId, name: visibleText(name || channelId) };
}

/** Longest tag name, in characters. */
export const MAX_TAG_LENGTH = 40;

/** Returns a typed tag name in normal form, or null if it is invalid. */
export function tagName(text: string): string | null {
  const name = wellFormed(text).normalize("NFC").replace(/\s+/gu, " ").trim();
  const length = [...name].length;
  return length === 0 || length > MAX_TAG_LENGTH || /\p{C}/u.test(name) ? null : name;
}

/**
 * The state of a channel's refreshes. Fresh: counted within two of its periods, otherwise stale. Failing:
 * the last refresh failed. Gone: the API no longer has the channel. Unwatched: it is not refreshed.
 */
export const REFRESH_STATES = ["fresh", "stale", "failing", "gone", "unwatched"] as const;

export type RefreshState = (typeof REFRESH_STATES)[number];

type Refreshed = Pick<KnownChannel, "refreshMinutes" | "refreshProblem" | "countedAt" | "goneAt">;

/** Returns the state of a channel's refreshes. */
export function refreshState(channel: Refreshed, now: Date): RefreshState {
  const { refreshMinutes, refreshProblem, countedAt, goneAt } = channel;
  if (refreshMinutes === null) return "unwatched";
  if (goneAt !== null) return "gone";
  if (refreshProblem !== null) return "failing";
  if (countedAt === null) return "stale";
  const age = now.getTime() - countedAt.getTime();
  return age <= 2 * refreshMinutes * MINUTE_MS ? "fresh" : "stale";
}
