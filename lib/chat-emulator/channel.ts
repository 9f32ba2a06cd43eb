/** A channel as it is stored: what the clock moves is kept as a rule, not as a value. */
export interface Channel {
  readonly Official_Account: string;
  readonly Name: string;
  readonly Owner_Account: string;
  readonly Introduction: string;
  readonly Organization: string;
  readonly CustomString: string;
  readonly CreateTime?: number;
  /** An address somewhere else, or a path on this server. */
  readonly face?: { readonly url: string } | { readonly path: string };
  readonly subscribers: { readonly count: number; readonly perDay: number };
  /** A message at `at` (0 is never), and one every `every` seconds from then on (0 is no more). */
  readonly messages: { readonly at: number; readonly every: number };
}

/** When and where a call asks: Unix seconds, and the address by which this server was called. */
export interface Moment {
  readonly now: number;
  readonly origin: string;
}

/** The moment, in Unix seconds, for which `subscribers.count` is given: 1 June 2026. */
export const EPOCH = 1_780_272_000;

/** The number of subscribers at a time in Unix seconds. */
export function subscriberNum({ subscribers }: Channel, now: number): number {
  const grown = Math.floor((subscribers.perDay * (now - EPOCH)) / 86_400);
  return Math.max(0, subscribers.count + grown);
}

/** The time of the last message, in Unix seconds; 0 when there was none. */
export function lastMsgTime({ messages }: Channel, now: number): number {
  if (messages.every === 0 || now <= messages.at) return messages.at;
  return now - ((now - messages.at) % messages.every);
}

/** The address of the avatar; undefined when the channel has none. */
export function faceUrl({ face }: Channel, origin: string): string | undefined {
  if (face === undefined) return undefined;
  return "url" in face ? face.url : origin + face.path;
}
