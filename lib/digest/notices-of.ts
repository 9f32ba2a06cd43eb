import { changeOf } from "@/lib/channels/history/changes";
import type { Digest } from "@/lib/env-services";

const DAY_MS = 86_400_000;

/** A count that was read longer ago than this says nothing of a day that is over. */
const FRESH_MS = 2 * DAY_MS;

/** A watched channel, as far as there may be something to tell of it. */
export type WatchedChannel = {
  readonly key: number;
  readonly name: string | null;
  readonly subscriberCount: number | null;
  readonly countedAt: Date | null;
  readonly changeDay: number | null;
  readonly lastMessageAt: Date | null;
  readonly lastMessageReadAt: Date | null;
  readonly firstSeenAt: Date;
  readonly goneAt: Date | null;
};

/** What is told of a channel, with the figures as they were then: a repetition must say the same. */
export type News =
  | {
      readonly kind: "silent";
      /** Times in ISO 8601. */
      readonly detail: Named & {
        /** Null when nothing was ever sent. */
        readonly lastMessageAt: string | null;
        readonly knownSince: string;
        readonly days: number;
      };
    }
  | { readonly kind: "gone"; readonly detail: Named & { readonly goneAt: string } }
  | {
      readonly kind: "moved";
      readonly detail: Named & {
        readonly count: number;
        readonly countedAt: string;
        readonly change: number;
        readonly percent: number;
      };
    };

export type Notice = News & {
  readonly channelKey: number;
  /** What makes it the same one: it is told once. */
  readonly occasion: string;
};

type Named = { readonly name: string | null };

type Terms = Pick<Digest, "silentDays" | "movePercent">;

/** What there is to tell of a channel now, whether it was told or not. */
export function noticesOf(channel: WatchedChannel, terms: Terms, now: Date): Notice[] {
  if (channel.goneAt !== null) return [gone(channel, channel.goneAt)];
  return [silence(channel, terms), move(channel, terms, now)].filter((notice) => notice !== null);
}

function gone({ key, name }: WatchedChannel, goneAt: Date): Notice {
  const time = goneAt.toISOString();
  return { channelKey: key, kind: "gone", occasion: time, detail: { name, goneAt: time } };
}

/** A silence counts as far as it was read: nobody knows what has been sent since. */
function silence(channel: WatchedChannel, { silentDays }: Terms): Notice | null {
  const { key, name, lastMessageAt, lastMessageReadAt, firstSeenAt } = channel;
  if (lastMessageReadAt === null) return null;
  const since = lastMessageAt ?? firstSeenAt;
  const days = Math.floor((lastMessageReadAt.getTime() - since.getTime()) / DAY_MS);
  if (days < silentDays) return null;
  const sent = lastMessageAt?.toISOString() ?? null;
  const detail = { name, lastMessageAt: sent, knownSince: firstSeenAt.toISOString(), days };
  return { channelKey: key, kind: "silent", occasion: sent ?? "never", detail };
}

function move(channel: WatchedChannel, { movePercent }: Terms, now: Date): Notice | null {
  const { key, name, subscriberCount: count, countedAt, changeDay } = channel;
  if (count === null || countedAt === null) return null;
  if (now.getTime() - countedAt.getTime() > FRESH_MS) return null;
  const change = changeOf(count, changeDay);
  if (change?.percent == null) return null;
  // In whole numbers: 7 of 100 are a little more than 7 % where they are divided first.
  const earlier = count - change.absolute;
  if (Math.abs(change.absolute) * 100 <= movePercent * earlier) return null;
  const time = countedAt.toISOString();
  const direction = change.absolute > 0 ? "up" : "down";
  return {
    channelKey: key,
    kind: "moved",
    occasion: `${time.slice(0, 10)} ${direction}`,
    detail: {
      ...{ name, count, countedAt: time },
      ...{ change: change.absolute, percent: change.percent },
    },
  };
}
