import { type Course, courseFactor, growthDays, type Pauses, pauseAt } from "./movement";

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
  /** Without a course the count moves by the same number every day. */
  readonly subscribers: {
    readonly count: number;
    readonly perDay: number;
    readonly course?: Course;
  };
  /** A message at `at` (0 is never), and one every `every` seconds from then on (0 is no more). */
  readonly messages: { readonly at: number; readonly every: number; readonly pauses?: Pauses };
  /** From when until when it exists, in Unix seconds; without it, always. */
  readonly life?: { readonly from: number; readonly until: number };
}

/** When and where a call asks: Unix seconds, and the address by which this server was called. */
export interface Moment {
  readonly now: number;
  readonly origin: string;
}

/** The moment, in Unix seconds, for which `subscribers.count` is given: 1 June 2026. */
export const EPOCH = 1_780_272_000;

const DAY = 86_400;

/** Whether there is such a channel at a time in Unix seconds. */
export function isThere({ life }: Channel, now: number): boolean {
  return life === undefined || (life.from <= now && now < life.until);
}

/** The number of subscribers at a time in Unix seconds. */
export function subscriberNum({ subscribers }: Channel, now: number): number {
  const { count, perDay, course } = subscribers;
  const days = (now - EPOCH) / DAY;
  if (course === undefined) return Math.max(0, count + Math.floor(perDay * days));
  const grown = count + perDay * growthDays(course, days);
  return Math.max(0, Math.floor(grown * courseFactor(course, days)));
}

/** The time of the last message, in Unix seconds; 0 when there was none. */
export function lastMsgTime({ messages }: Channel, now: number): number {
  const { at, every, pauses } = messages;
  if (every === 0 || now <= at) return at;
  const beat = now - ((now - at) % every);
  const pause = pauses && pauseAt(pauses, beat);
  if (!pause) return beat;
  // What would have been sent in the pause was not.
  return pause.from <= at ? at : pause.from - ((pause.from - at) % every);
}

/** The address of the avatar; undefined when the channel has none. */
export function faceUrl({ face }: Channel, origin: string): string | undefined {
  if (face === undefined) return undefined;
  return "url" in face ? face.url : origin + face.path;
}
