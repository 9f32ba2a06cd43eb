import type { Field } from "@/lib/chat-api/types";
import { visibleText } from "@/lib/visible-text";
import type { KnownChannel } from "./known-channel";

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
