import type { Field } from "@/lib/chat-api/types";
import type { Filter, FilterKind } from "@/lib/subscriptions/filter";
import { wellFormed } from "@/lib/subscriptions/folded-text";
import { visibleText } from "@/lib/visible-text";

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

/** The texts of a channel that a search looks into. */
export const SEARCHED_TEXTS = ["name", "channelId", "ownerId", "organization"] as const;

/** Choices of a filter at most: the most frequent ones. */
export const MOST_CHOICES = 200;

export type SearchedText = (typeof SEARCHED_TEXTS)[number];

export type DirectorySort = { readonly column: DirectorySortId; readonly descending: boolean };

/** A band of silence: from the threshold of this index to the next one, or channels that never sent. */
export type Band = number | "never";

/** Which of the channels of an app are wanted, in which order, and who looks. */
export type DirectoryQuery = {
  readonly app: string;
  readonly view: DirectoryView;
  /** Found without regard to case, composition and width; blanks around it do not count. */
  readonly search: string;
  /** What the search looks into; without it, all texts. */
  readonly searched?: readonly SearchedText[];
  readonly filters: { readonly [Column in DirectoryFilterId]?: Filter };
  /**
   * The first decides, the next breaks its ties. What is not known comes last, either way. Equals, and all
   * without any, come as the desk met them.
   */
  readonly sorts: readonly DirectorySort[];
  /** Days without a message at which a band of silence begins, ascending. */
  readonly silentDays: readonly number[];
  /** One band of the view "silent" only. */
  readonly band: Band | null;
  /** Whose watches count besides the team's. */
  readonly userId: string;
};

export type DirectoryRange = { readonly offset: number; readonly limit: number };

/** A channel as somebody may see it: what may not be shown is null, whatever is known of it. */
export type SeenChannel = Omit<KnownChannel, "key"> & {
  /** The fields that may be shown. */
  readonly shown: readonly Field[];
};

/** What somebody may see of a channel who may see these fields. */
export function seenChannel(channel: KnownChannel, shown: readonly Field[]): SeenChannel {
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

/** A channel by what people call it. */
export type NamedChannel = { readonly id: string; readonly name: string };

/** A channel's id, and its name as it can be shown anywhere; the id where it has none. */
export function namedChannel({ channelId, name }: SeenChannel): NamedChannel {
  return { id: channelId, name: visibleText(name || channelId) };
}

/** Characters of a tag's name at most. */
export const MAX_TAG_LENGTH = 40;

/** A tag's name as it is kept, of what a person typed; null where it is none. */
export function tagName(text: string): string | null {
  const name = wellFormed(text).normalize("NFC").replace(/\s+/gu, " ").trim();
  const length = [...name].length;
  return length === 0 || length > MAX_TAG_LENGTH || /\p{C}/u.test(name) ? null : name;
}
