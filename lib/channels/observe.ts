import { foldedText } from "@/lib/subscriptions/folded-text";
import type { KeptChannel } from "./believed";
import type { KnownChannel } from "./known-channel";

/** A channel as it is stored, as far as another sighting has to do with it. */
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

/** How long a reading is on its way to the database, at most, while callbacks move the count before it. */
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
  /** The row of the count before, which is over with the new one, and when that was read last. */
  readonly closes: { readonly at: Date; readonly until: Date } | null;
};

/**
 * What a sighting changes of a channel: what it holds is taken if nothing newer is known, what it does not
 * hold stays. A snapshot is made when the count or the last message differs, and of the first count in a
 * day (UTC).
 */
export function observe(stored: StoredChannel, seen: KeptChannel, seenAt: Date): Observed {
  const facts = factsOf(seen);
  const hasNewestFacts =
    Object.keys(facts).length > 0 && (stored.factsAt === null || seenAt >= stored.factsAt);
  const isCounted =
    seen.subscriberCount !== undefined &&
    seen.subscriberCount !== null &&
    isNewestCount(stored, seenAt);
  // Whoever came or went while a count was on its way is in it, or will be in the next.
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
  // What is read is worth more than what was read before and has been moved since.
  const isOvertaken = countedAt.getTime() - seenAt.getTime() <= OVERTAKEN_MS;
  return movedSince !== null && seenAt >= movedSince && isOvertaken;
}

function laterOf(time: Date | null, other: Date): Date {
  return time !== null && time > other ? time : other;
}

export type Seen = { readonly channel: KeptChannel; readonly seenAt: Date };

/** What sightings of one channel change of it, together. */
export type AllObserved = Pick<Observed, "channel" | "isCounted"> & {
  readonly snapshots: readonly (NewSnapshot & { readonly until: Date | null })[];
  /** Only of a row that was there before. */
  readonly closes: Observed["closes"];
};

/** What sightings of one channel change of it one after another, in the order of their times. */
export function observeAll(stored: StoredChannel, seen: readonly Seen[]): AllObserved {
  const snapshots: (NewSnapshot & { until: Date | null })[] = [];
  let [channel, isCounted, closes] = [stored, false, null as Observed["closes"]];
  for (const { channel: sighted, seenAt } of seen) {
    const observed = observe(channel, sighted, seenAt);
    channel = observed.channel;
    isCounted ||= observed.isCounted;
    if (observed.closes) {
      const counted = snapshots.findLast(({ subscriberCount }) => subscriberCount !== null);
      if (counted) counted.until = observed.closes.until;
      else closes = observed.closes;
    }
    if (observed.snapshot) {
      // Two readings in one millisecond: the one that came last counts.
      const { snapshot } = observed;
      const isSame = snapshots.at(-1)?.at.getTime() === snapshot.at.getTime();
      const same = isSame ? snapshots.pop() : null;
      const subscriberCount = snapshot.subscriberCount ?? same?.subscriberCount ?? null;
      snapshots.push({ ...snapshot, subscriberCount, until: null });
    }
  }
  return { channel, isCounted, snapshots, closes };
}

/**
 * What a search finds a channel by, a line for each text whether it is known or not, and the text by which
 * the channel has its place among the others.
 */
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
] as const satisfies readonly (keyof KeptChannel)[];

function factsOf(seen: KeptChannel): Partial<StoredChannel> {
  return Object.fromEntries(
    FACTS.filter((field) => seen[field] !== undefined).map((field) => [field, seen[field]]),
  );
}

function utcDay(time: Date): number {
  return Math.floor(time.getTime() / 86_400_000);
}
