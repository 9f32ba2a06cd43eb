import type { Channel, ChannelField } from "@/lib/chat-api/types";
import { wellFormed } from "@/lib/subscriptions/folded-text";

const DAY_MS = 86_400_000;

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
 * What is kept of a channel as it was seen, and nothing of who follows it. A time that lies more than a
 * day after the reading is not believed: it is as if it had not been asked for. Texts lose what a
 * database cannot hold.
 */
export function believed(channel: Channel, seenAt: Date): KeptChannel {
  const latest = seenAt.getTime() + DAY_MS;
  const kept: Record<string, unknown> = { channelId: storable(channel.channelId) };
  for (const field of KEPT_FIELDS) {
    const value = channel[field];
    if (value === undefined || (value instanceof Date && !(value.getTime() <= latest))) continue;
    kept[field] = typeof value === "string" ? storable(value) : value;
  }
  return kept as KeptChannel;
}

function storable(text: string): string {
  return wellFormed(text).replaceAll("\0", "\ufffd");
}
