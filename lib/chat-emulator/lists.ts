import {
  CATALOGUE_SIZE,
  type Channel,
  channelAt,
  EPOCH,
  hostileChannels,
  isThere,
  numberInPlace,
  SAMPLE_SUBSCRIBE_TIME,
  sampleChannel,
} from "./catalogue";
import { hash } from "./random";

interface Range {
  readonly offset: number;
  readonly limit: number;
}

interface Page {
  readonly total: number;
  readonly subscriptions: readonly Subscription[];
  readonly complete: boolean;
  readonly next: number;
}

/** A page as documented: Next is 0 at the end and otherwise the next offset. */
export function readPage(list: SubscriptionList, { offset, limit }: Range): Page {
  const end = Math.min(offset + limit, list.length);
  const complete = end >= list.length;
  return {
    total: list.filter(isFilled).length,
    subscriptions: list.slice(offset, end).filter(isFilled),
    complete,
    next: complete ? 0 : end,
  };
}

/** Changes the page's own counters. */
export type PageFault = (page: Page, range: Range) => Page;

/** Next does not advance and the list never ends. */
export const stuckNext: PageFault = (page, { offset }) => ({
  ...page,
  complete: false,
  next: offset,
});

/** Next grows past the end, where pages are empty but not the last. */
export const neverComplete: PageFault = (page, { offset, limit }) => ({
  ...page,
  complete: false,
  next: offset + limit,
});

/** TotalCount is wrong by this number. */
export function totalOffBy(difference: number): PageFault {
  return (page) => ({ ...page, total: page.total + difference });
}

/** A subscription to a channel; SubscribeTime in Unix seconds. */
export interface Subscription {
  readonly channel: Channel;
  readonly SubscribeTime: number;
  readonly CustomString: string;
}

/** A subscriber's list. An offset counts empty positions too. */
export type SubscriptionList = readonly (Subscription | null)[];

const isFilled = (position: Subscription | null) => position !== null;

const lists = new Map<string, SubscriptionList>();

/** Returns a list of different channels, spread over the catalogue and, if longer, beyond it. */
export function scattered(subscriberId: string, length: number): SubscriptionList {
  if (length === 0) return [];
  const known = lists.get(subscriberId);
  if (known?.length === length) return known;
  const start = hash(subscriberId) % CATALOGUE_SIZE;
  const pool = Math.max(CATALOGUE_SIZE, length);
  const list = Array.from({ length }, (_, position) =>
    // The step is a prime that divides no pool, so no channel comes twice.
    subscribe(subscriberId, channelAt((start + position * 7919) % pool)),
  );
  lists.set(subscriberId, list);
  return list;
}

/** Returns the subscription of a person to a channel, always the same one. */
function subscribe(subscriberId: string, channel: Channel): Subscription {
  const seed = hash(subscriberId + channel.Official_Account);
  const since = channel.CreateTime ?? EPOCH - 86_400;
  return {
    channel,
    // Subscribers of a temporary channel have followed it from its start.
    SubscribeTime: channel.life ? since : since + (seed % (EPOCH - since)),
    CustomString: seed % 7 === 0 ? JSON.stringify({ level: 1 + (seed % 5) }) : "",
  };
}

/** The eight channels of the documented sample subscriber, the documented one first. */
export const sampleList: SubscriptionList = [
  { channel: sampleChannel, SubscribeTime: SAMPLE_SUBSCRIBE_TIME, CustomString: "" },
  ...[12, 1, 310, 83, 804, 645, 158].map((number) => subscribe("107867", channelAt(number))),
];

/** Channels with hostile texts, and hostile subscriber texts. */
export const hostileList: SubscriptionList = hostileChannels.map((channel) => ({
  ...subscribe("fault-hostile", channel),
  CustomString: "=1+1<script>window.hacked=1</script>",
}));

const FIRST_NEWCOMER = 50_000;

/** A list that gets one more channel at its front with every call, counted from 1. */
export function shifting(subscriberId: string, length: number, call: number): SubscriptionList {
  const newcomers = Array.from({ length: call - 1 }, (_, position) =>
    subscribe(subscriberId, channelAt(FIRST_NEWCOMER + call - 1 - position)),
  );
  return [...newcomers, ...scattered(subscriberId, length)];
}

/**
 * The list of an ordinary user: channels of the catalogue and one temporary channel. While that
 * does not exist another one replaces it, so that the length stays the same. Short lists have no
 * temporary channel.
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
  return isThere(channel, now) ? all.with(-1, subscribe(subscriberId, channel)) : all;
}

/** A list in which the positions from `start` up to `end` count for an offset but are empty. */
export function withHole(list: SubscriptionList, start: number, end: number): SubscriptionList {
  return [...list.slice(0, start), ...Array(end - start).fill(null), ...list.slice(start)];
}
