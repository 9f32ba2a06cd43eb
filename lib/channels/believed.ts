import type { Channel, ChannelField } from "@/lib/chat-api/types";
import { wellFormed } from "@/lib/subscriptions/folded-text";

const DAY_MS = 86_400_000;

/** No channel and no message is as old as that; what is has a wrong number of seconds. */
const EARLIEST = Date.UTC(2000, 0);

/** What the desk keeps of a channel. The custom text is for programs, and no table shows it. */
export const KEPT_FIELDS = [
  "name",
  "ownerId",
  "subscriberCount",
  "lastMessageAt",
  "createdAt",
  "introduction",
  "organization",
  "avatarUrl",
] as const satisfies readonly ChannelField[];

export type KeptChannel = Pick<Channel, "channelId" | (typeof KEPT_FIELDS)[number]>;

/**
 * What is kept of a channel as it was seen, and nothing of who follows it. What cannot be so is as if it
 * had not been asked for: a time before the service was, or more than a day after the reading, and a count
 * that is none. Texts lose what a database cannot hold.
 */
export function believed(channel: Channel, seenAt: Date): KeptChannel {
  const latest = seenAt.getTime() + DAY_MS;
  const kept: Record<string, unknown> = { channelId: storable(channel.channelId) };
  for (const field of KEPT_FIELDS) {
    const value = channel[field];
    if (value === undefined || !isBelievable(value, latest)) continue;
    kept[field] = typeof value === "string" ? storable(value) : value;
  }
  return kept as KeptChannel;
}

function isBelievable(value: string | number | Date | null, latest: number): boolean {
  if (typeof value === "number") return Number.isSafeInteger(value) && value >= 0;
  if (value instanceof Date) return value.getTime() >= EARLIEST && value.getTime() <= latest;
  return true;
}

function storable(text: string): string {
  return wellFormed(text).replaceAll("\0", "\ufffd");
}
