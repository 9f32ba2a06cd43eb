import {
  CATALOGUE_SIZE,
  channelAt,
  hostileChannels,
  numberInPlace,
  SAMPLE_SUBSCRIBE_TIME,
  sampleChannel,
} from "./catalogue";
import { type Channel, EPOCH, isThere } from "./channel";
import { hash } from "./random";

export interface Range {
  readonly offset: number;
  readonly limit: number;
}

export interface Page {
  readonly total: number;
  readonly subscriptions: readonly Subscription[];
  readonly complete: boolean;
  readonly next: number;
}

/** A page as the vendor describes it: Next is 0 at the end and otherwise the next offset. */
export function readPage(list: SubscriptionList, { offset, limit }: Range): Page {
  const end = Math.min(offset + limit, list.length);
  const subscriptions: Subscription[] = [];
  for (let position = offset; position < end; position++) {
    const subscription = list.at(position);
    if (subscription !== null) subscriptions.push(subscription);
  }
  const complete = end >= list.length;
  return { total: list.total, subscriptions, complete, next: complete ? 0 : end };
}

/** Changes what a page says about itself. */
export type PageFault = (page: Page, range: Range) => Page;

/** Next stands still and the end never comes. */
export const stuckNext: PageFault = (page, { offset }) => ({
  ...page,
  complete: false,
  next: offset,
});

/** Next grows past the end, where pages are empty and still not the last. */
export const neverComplete: PageFault = (page, { offset, limit }) => ({
  ...page,
  complete: false,
  next: offset + limit,
});

/** TotalCount is wrong by a number. */
export function totalOffBy(difference: number): PageFault {
  return (page) => ({ ...page, total: page.total + difference });
}

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

/** The eight channels of the vendor's sample subscriber, the documented one first. */
export const sampleList: SubscriptionList = fixed([
  { channel: sampleChannel, SubscribeTime: SAMPLE_SUBSCRIBE_TIME, CustomString: "" },
  ...[12, 1, 310, 83, 804, 645, 158].map((number) => subscribe("107867", channelAt(number))),
]);

/** Channels with hostile texts, and hostile texts of the subscriber too. */
export const hostileList: SubscriptionList = fixed(
  hostileChannels.map((channel) => ({
    ...subscribe("fault-hostile", channel),
    CustomString: "=1+1<script>window.hacked=1</script>",
  })),
);

/** A list that has got one more channel at its front with every call, counted from 1. */
export function shifting(subscriberId: string, length: number, call: number): SubscriptionList {
  const newcomers = call - 1;
  const rest = scattered(subscriberId, length);
  return {
    length: length + newcomers,
    total: length + newcomers,
    at: (position) =>
      position < newcomers
        ? subscribe(subscriberId, channelAt(FIRST_NEWCOMER + newcomers - position))
        : rest.at(position - newcomers),
  };
}

/**
 * What an ordinary person follows: channels of the catalogue and behind them one that passes, or as long as
 * that is not there another of the catalogue, so that they are always as many. Whoever follows only few
 * follows none that passes.
 */
export function withPassing(
  subscriberId: string,
  place: number,
  length: number,
  now: number,
): SubscriptionList {
  const all = scattered(subscriberId, length);
  const number = length > 3 ? numberInPlace(place, now) : null;
  if (number === null) return all;
  const channel = channelAt(number);
  if (!isThere(channel, now)) return all;
  const last = length - 1;
  return {
    ...all,
    at: (position) => (position < last ? all.at(position) : subscribe(subscriberId, channel)),
  };
}

const FIRST_NEWCOMER = 50_000;

/** A list in which the positions from `start` up to `end` count for an offset and hold nothing. */
export function withHole(list: SubscriptionList, start: number, end: number): SubscriptionList {
  return {
    length: list.length + end - start,
    total: list.total,
    at: (position) => {
      if (position < start) return list.at(position);
      return position < end ? null : list.at(position - (end - start));
    },
  };
}
