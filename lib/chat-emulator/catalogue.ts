import type { Channel } from "./channel";
import { hostileChannels } from "./hostile";
import { channelId, makeChannel, numberOf } from "./make-channel";
import { isPassing, makePassing } from "./passing";
import { sampleChannel } from "./sample";

/** How many channels the app has; a longer list continues with higher numbers. */
export const CATALOGUE_SIZE = 3000;

const HIGHEST_NUMBER = 99_999;

const numbered = new Map<number, Channel>();
const named = new Map(
  [sampleChannel, ...hostileChannels].map((channel) => [channel.Official_Account, channel]),
);

/** The channel with a number, always the same; made at its first use. */
export function channelAt(number: number): Channel {
  const known = numbered.get(number);
  if (known !== undefined) return known;
  const channel = isPassing(number) ? makePassing(number) : makeChannel(number);
  numbered.set(number, channel);
  return channel;
}

/** The channel with an id, or null. */
export function findChannel(id: string): Channel | null {
  const number = numberOf(id);
  if (number === null || number > HIGHEST_NUMBER || channelId(number) !== id) {
    return named.get(id) ?? null;
  }
  return channelAt(number);
}
