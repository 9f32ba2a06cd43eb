import type { FilterKind } from "@/lib/subscriptions/filter";

/** How a count moved over a span of time that ends with the count's reading. */
export type Change = {
  readonly absolute: number;
  /** Of the earlier count; null where that was zero. */
  readonly percent: number | null;
};

/** A channel as the desk knows it: all that was ever read of it, each field as it was read last. */
export type KnownChannel = {
  readonly key: number;
  /** The slug of the app. */
  readonly app: string;
  readonly channelId: string;
  readonly name: string | null;
  readonly ownerId: string | null;
  readonly organization: string | null;
  readonly introduction: string | null;
  readonly avatarUrl: string | null;
  readonly createdAt: Date | null;
  readonly subscriberCount: number | null;
  /** When the count was read; null: never. */
  readonly countedAt: Date | null;
  readonly lastMessageAt: Date | null;
  /** When the last message was asked for; null: never, so that `lastMessageAt` says nothing. */
  readonly lastMessageReadAt: Date | null;
  /** Each null where the earlier count is not known. */
  readonly changeDay: Change | null;
  readonly changeWeek: Change | null;
  readonly changeMonth: Change | null;
  readonly firstSeenAt: Date;
  readonly seenAt: Date;
  readonly goneAt: Date | null;
  /** What is known from before is sample data. */
  readonly sampleUntil: Date | null;
  readonly refreshMinutes: number | null;
  readonly refreshProblem: string | null;
  readonly tags: readonly string[];
  readonly watchedByMe: boolean;
  readonly watchedByTeam: boolean;
};

/** The columns of the directory that can be filtered, by the kind of question. */
export const DIRECTORY_FILTERS = {
  name: "text",
  channelId: "text",
  ownerId: "choice",
  organization: "choice",
  subscriberCount: "count",
  lastMessageAt: "time",
  countedAt: "time",
  createdAt: "time",
  firstSeenAt: "time",
  goneAt: "time",
  refreshState: "choice",
  tags: "choice",
} as const satisfies Readonly<Record<string, FilterKind>>;

export type DirectoryFilterId = keyof typeof DIRECTORY_FILTERS;

/** The columns of the directory by which it can be sorted. */
export const DIRECTORY_SORTS = [
  "name",
  "channelId",
  "ownerId",
  "organization",
  "subscriberCount",
  "changeDay",
  "changeWeek",
  "changeMonth",
  "lastMessageAt",
  "countedAt",
  "createdAt",
  "firstSeenAt",
  "goneAt",
] as const;

export type DirectorySortId = (typeof DIRECTORY_SORTS)[number];

/**
 * What is looked at. Watched: by the person or the team. Growing and shrinking: over 7 days. Silent: no
 * message for the days of the address, or never one. New: made in the last 7 days, or first seen then
 * where the vendor tells no time. Gone channels are in "all" and "gone" only.
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
