import { CATALOGUE_SIZE, channelAt } from "./catalogue";
import type { Channel } from "./channel";
import { EPOCH } from "./channel";
import { hash } from "./random";

/** A person's tie to a channel; SubscribeTime in Unix seconds. */
export interface Subscription {
  readonly channel: Channel;
  readonly SubscribeTime: number;
  readonly CustomString: string;
}

/** What one person follows, made when it is read; a position may hold nothing. */
export interface SubscriptionList {
  /** Positions that an offset can count. */
  readonly length: number;
  readonly total: number;
  at(position: number): Subscription | null;
}

/** A list of different channels, scattered over the catalogue and, when longer, beyond it. */
export function scattered(subscriberId: string, length: number): SubscriptionList {
  const start = hash(subscriberId) % CATALOGUE_SIZE;
  const pool = Math.max(CATALOGUE_SIZE, length);
  return {
    length,
    total: length,
    // The step is a prime that divides no pool, so no channel comes twice.
    at: (position) => subscribe(subscriberId, channelAt((start + position * 7919) % pool)),
  };
}

/** A list of given channels. */
export function fixed(subscriptions: readonly Subscription[]): SubscriptionList {
  const { length } = subscriptions;
  return { length, total: length, at: (position) => subscriptions[position] ?? null };
}

/** The tie of a person to a channel, always the same one. */
export function subscribe(subscriberId: string, channel: Channel): Subscription {
  const seed = hash(subscriberId + channel.Official_Account);
  const since = channel.CreateTime ?? EPOCH - 86_400;
  return {
    channel,
    // Whoever follows a channel that passes has followed it from its start.
    SubscribeTime: channel.life ? since : since + (seed % (EPOCH - since)),
    CustomString: seed % 7 === 0 ? JSON.stringify({ level: 1 + (seed % 5) }) : "",
  };
}
