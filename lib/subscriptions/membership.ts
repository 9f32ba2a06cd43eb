import type { Subscription } from "@/lib/chat-api/types";
import type { CollectedState } from "./collected";
import { type ChannelName, nameForm, nearOwnChannels } from "./near-names";

/** Whether a subscriber follows one channel. */
export type MembershipAnswer =
  | { readonly answer: "yes"; readonly subscription: Subscription }
  /** The whole list was read, and the channel is not in it. */
  | { readonly answer: "no"; readonly read: number }
  | {
      readonly answer: "unknown";
      readonly why: Exclude<CollectedState, "complete">;
      readonly read: number;
      /** The API's latest count. */
      readonly total: number;
    };

type Reading = {
  /** The channel's row, if it was read. */
  readonly found: Subscription | undefined;
  readonly read: number;
  readonly total: number;
  readonly outcome: CollectedState;
};

/** A row is a yes at once; without one it is a no only when the whole list was read. */
export function membershipAnswer({ found, read, total, outcome }: Reading): MembershipAnswer {
  if (found) return { answer: "yes", subscription: found };
  if (outcome === "complete") return { answer: "no", read };
  return { answer: "unknown", why: outcome, read, total };
}

/** The meaning of a typed text. */
export type AskedChannel =
  | { readonly kind: "channel"; readonly channel: ChannelName }
  /** No channel has this ID or name, or several have this name. */
  | {
      readonly kind: "unclear";
      /** How many channels have exactly this name. */
      readonly sameName: number;
      /** Those with a similar name or ID: the subscriber's own first, nearest first. */
      readonly near: readonly ChannelName[];
    };

const MAX_NEAR = 8;

/**
 * Finds the one channel that a text means: by its ID, or by a name that only one channel has.
 *
 * @param rows the subscriber's channels, as far as they were read
 * @param known channels that were met before, as far as their name or ID is near the text
 */
export function askedChannel(
  text: string,
  rows: readonly ChannelName[],
  known: readonly ChannelName[],
): AskedChannel {
  const id = text.trim();
  const channels = [...rows, ...known];
  const withId = channels.find(({ channelId }) => channelId === text || channelId === id);
  if (withId) return { kind: "channel", channel: withId };
  if (id.startsWith("@TOA#_")) return { kind: "channel", channel: { channelId: id } };
  const form = nameForm(id);
  const named = new Map<string, ChannelName>();
  for (const channel of form === "" ? [] : channels) {
    // The row that was just read has the newest name.
    if (named.has(channel.channelId) || !channel.name) continue;
    if (nameForm(channel.name) === form) named.set(channel.channelId, channel);
  }
  const [only, ...others] = named.values();
  if (only && others.length === 0) return { kind: "channel", channel: only };
  return {
    kind: "unclear",
    sameName: named.size,
    near: nearOwnChannels(id, rows, known, MAX_NEAR),
  };
}
