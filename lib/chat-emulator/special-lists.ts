import { channelAt } from "./catalogue";
import { isThere } from "./channel";
import { hostileChannels } from "./hostile";
import { numberInPlace } from "./passing";
import { SAMPLE_SUBSCRIBE_TIME, sampleChannel } from "./sample";
import { fixed, type SubscriptionList, scattered, subscribe } from "./subscriptions";

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
