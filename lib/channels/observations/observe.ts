import type { Channel, ChannelField } from "@/lib/chat-api/types";
import { foldedText, wellFormed } from "@/lib/subscriptions/folded-text";
import { DAY_MS } from "@/lib/time";
import type { KnownChannel } from "../known-channel";

/** The service did not exist before: an earlier time is a wrong number of seconds. */
const EARLIEST = Date.UTC(2000, 0);

/** The fields of a channel that the desk stores. No table shows the custom string. */
export const STORED_FIELDS = [
  "name",
  "ownerId",
  "subscriberCount",
  "lastMessageAt",
  "createdAt",
  "introduction",
  "organization",
  "avatarUrl",
] as const satisfies readonly ChannelField[];

type SanitizedChannel = Pick<Channel, "channelId" | (typeof STORED_FIELDS)[number]>;

/**
 * Returns the stored fields of a channel, and nothing about the subscriber. Impossible values count as not
 * read: a time before the service existed or more than a day after the reading, and a count that is none.
 * Characters that the database cannot store are replaced.
 */
export function sanitizeChannel(channel: Channel, seenAt: Date): SanitizedChannel {
  const latest = seenAt.getTime() + DAY_MS;
  const stored: Record<string, unknown> = { channelId: storableText(channel.channelId) };
  for (const field of STORED_FIELDS) {
    const value = channel[field];
    if (value === undefined || !isPlausible(value, latest)) continue;
    stored[field] = typeof value === "string" ? storableText(value) : value;
  }
  return stored as SanitizedChannel;
}

function isPlausible(value: string | number | Date | null, latest: number): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0;
  if (value instanceof Date) return value.getTime() >= EARLIEST && value.getTime() <= latest;
  return true;
}

function storableText(text: string): string {
  return wellFormed(text).replaceAll("\0", "\ufffd");
}

/** A stored channel, with the fields that observations can change. */
export type StoredChannel = Pick<
  KnownChannel,
  | ("key" | "channelId" | "name" | "ownerId" | "organization" | "introduction" | "avatarUrl")
  | ("createdAt" | "subscriberCount" | "countedAt" | "lastMessageAt" | "lastMessageReadAt")
  | ("seenAt" | "goneAt")
> & {
  readonly snapshotAt: Date | null;
  readonly movedSince: Date | null;
  readonly factsAt: Date | null;
};

/** The longest time between a reading and its recording, in which callbacks may move the count. */
const OVERTAKEN_MS = 60_000;

export type NewSnapshot = {
  readonly at: Date;
  readonly subscriberCount: number | null;
  readonly lastMessageAt: Date | null;
};

export type Observed = {
  readonly channel: StoredChannel;
  /** The count was read, and is the newest. */
  readonly isCounted: boolean;
  readonly snapshot: NewSnapshot | null;
  /** The snapshot of the previous count, which ends now, and when that count was last read. */
  readonly closes: { readonly at: Date; readonly until: Date } | null;
};

/**
 * Applies an observation to a channel. Fields in it replace older ones; missing fields stay. A snapshot is
 * made if the count or the last message differs, and for the first count of a day (UTC).
 */
export function observe(stored: StoredChannel, seen: SanitizedChannel, seenAt: Date): Observed {
  const facts = factsOf(seen);
  const hasNewestFacts =
    Object.keys(facts).length > 0 && (stored.factsAt === null || seenAt >= stored.factsAt);
  const isCounted =
    seen.subscriberCount !== undefined &&
    seen.subscriberCount !== null &&
    isNewestCount(stored, seenAt);
  // Callbacks may have moved the count since the reading.
  const countedAt = laterOf(stored.countedAt, seenAt);
  const isMessageRead =
    seen.lastMessageAt !== undefined &&
    (stored.lastMessageReadAt === null || seenAt >= stored.lastMessageReadAt);
  const channel: StoredChannel = {
    ...stored,
    ...(hasNewestFacts && { ...facts, factsAt: seenAt }),
    seenAt: laterOf(stored.seenAt, seenAt),
    goneAt: stored.goneAt !== null && seenAt >= stored.goneAt ? null : stored.goneAt,
    ...(isCounted && {
      subscriberCount: seen.subscriberCount ?? null,
      ...{ countedAt, movedSince: null },
    }),
    ...(isMessageRead && {
      lastMessageAt: seen.lastMessageAt ?? null,
      lastMessageReadAt: seenAt,
    }),
  };
  const differs =
    isCounted &&
    (channel.subscriberCount !== stored.subscriberCount ||
      stored.snapshotAt === null ||
      utcDay(stored.snapshotAt) !== utcDay(countedAt));
  const isSent =
    isMessageRead &&
    channel.lastMessageAt !== null &&
    channel.lastMessageAt.getTime() !== stored.lastMessageAt?.getTime();
  if (!differs && !isSent) return { channel, isCounted, snapshot: null, closes: null };
  const at = isCounted ? countedAt : seenAt;
  const snapshot = {
    at,
    subscriberCount: isCounted ? channel.subscriberCount : null,
    lastMessageAt: channel.lastMessageAt,
  };
  if (!isCounted) return { channel, isCounted, snapshot, closes: null };
  const closes =
    stored.snapshotAt && stored.countedAt
      ? { at: stored.snapshotAt, until: stored.countedAt }
      : null;
  return { channel: { ...channel, snapshotAt: at }, isCounted, snapshot, closes };
}

function isNewestCount({ countedAt, movedSince }: StoredChannel, seenAt: Date): boolean {
  if (countedAt === null || seenAt >= countedAt) return true;
  // A reading is better than an older reading that callbacks have moved.
  const isOvertaken = countedAt.getTime() - seenAt.getTime() <= OVERTAKEN_MS;
  return movedSince !== null && seenAt >= movedSince && isOvertaken;
}

function laterOf(time: Date | null, other: Date): Date {
  return time !== null && time > other ? time : other;
}

export type SanitizedObservation = { readonly channel: SanitizedChannel; readonly seenAt: Date };

/** The result of several observations of one channel. */
export type AllObserved = Pick<Observed, "channel" | "isCounted"> & {
  readonly snapshots: readonly (NewSnapshot & { readonly until: Date | null })[];
  /** Concerns a stored snapshot only. */
  readonly closes: Observed["closes"];
};

/** Applies observations of one channel in the order of their times. */
export function observeAll(
  stored: StoredChannel,
  seen: readonly SanitizedObservation[],
): AllObserved {
  const snapshots: (NewSnapshot & { until: Date | null })[] = [];
  let [channel, isCounted, closes] = [stored, false, null as Observed["closes"]];
  for (const { channel: found, seenAt } of seen) {
    const observed = observe(channel, found, seenAt);
    channel = observed.channel;
    isCounted ||= observed.isCounted;
    if (observed.closes) {
      const counted = snapshots.findLast(({ subscriberCount }) => subscriberCount !== null);
      if (counted) counted.until = observed.closes.until;
      else closes = observed.closes;
    }
    if (observed.snapshot) {
      // Of two readings in one millisecond, the last one counts.
      const { snapshot } = observed;
      const isSame = snapshots.at(-1)?.at.getTime() === snapshot.at.getTime();
      const same = isSame ? snapshots.pop() : null;
      const subscriberCount = snapshot.subscriberCount ?? same?.subscriberCount ?? null;
      snapshots.push({ ...snapshot, subscriberCount, until: null });
    }
  }
  return { channel, isCounted, snapshots, closes };
}

/** Returns the text that searches look into, one line a field, and the key by which channels are sorted. */
export function foldedKeys({ channelId, name, ownerId, organization }: SearchedChannel) {
  const lines = [name, channelId, ownerId, organization].map(foldedLine);
  return { searchText: lines.join("\n"), nameKey: foldedLine(name) };
}

function foldedLine(text: string | null): string {
  return foldedText(text ?? "").replaceAll("\n", " ");
}

type SearchedChannel = Pick<StoredChannel, "channelId" | "name" | "ownerId" | "organization">;

const FACTS = [
  "name",
  "ownerId",
  "organization",
  "introduction",
  "avatarUrl",
  "createdAt",
] as const satisfies readonly (keyof SanitizedChannel)[];

function factsOf(seen: SanitizedChannel): Partial<StoredChannel> {
  return Object.fromEntries(
    FACTS.filter((field) => seen[field] !== undefined).map((field) => [field, seen[field]]),
  );
}

function utcDay(time: Date): number {
  return Math.floor(time.getTime() / DAY_MS);
}
