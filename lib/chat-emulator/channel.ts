import { type Course, courseFactor, growthDays, type Pauses, pauseAt } from "./movement";

/** A stored channel. Values that change over time are stored as rules. */
export interface Channel {
  readonly Official_Account: string;
  readonly Name: string;
  readonly Owner_Account: string;
  readonly Introduction: string;
  readonly Organization: string;
  readonly CustomString: string;
  readonly CreateTime?: number;
  /** A URL elsewhere, or a path on this server. */
  readonly face?: { readonly url: string } | { readonly path: string };
  /** Without a series the count changes by the same number every day. */
  readonly subscribers: {
    readonly count: number;
    readonly perDay: number;
    readonly course?: Course;
  };
  /** A message at `at` (0 is never), and one every `every` seconds from then on (0 is no more). */
  readonly messages: { readonly at: number; readonly every: number; readonly pauses?: Pauses };
  /** When it exists, in Unix seconds; absent: always. */
  readonly life?: { readonly from: number; readonly until: number };
}

/** The time of a call in Unix seconds, and the URL of this server. */
export interface Moment {
  readonly now: number;
  readonly origin: string;
}

/** The time, in Unix seconds, of `subscribers.count`: 1 June 2026. */
export const EPOCH = 1_780_272_000;

const DAY = 86_400;

/** Returns whether a channel exists at a time in Unix seconds. */
export function isThere({ life }: Channel, now: number): boolean {
  return life === undefined || (life.from <= now && now < life.until);
}

/** Returns the number of subscribers at a time in Unix seconds. */
export function subscriberNum({ subscribers }: Channel, now: number): number {
  const { count, perDay, course } = subscribers;
  const days = (now - EPOCH) / DAY;
  if (course === undefined) return Math.max(0, count + Math.floor(perDay * days));
  const grown = count + perDay * growthDays(course, days);
  return Math.max(0, Math.floor(grown * courseFactor(course, days)));
}

/** Returns the time of the last message in Unix seconds, 0 if there was none. */
export function lastMsgTime({ messages }: Channel, now: number): number {
  const { at, every, pauses } = messages;
  if (every === 0 || now <= at) return at;
  const beat = now - ((now - at) % every);
  const pause = pauses && pauseAt(pauses, beat);
  if (!pause) return beat;
  // No message is sent during the pause.
  return pause.from <= at ? at : pause.from - ((pause.from - at) % every);
}

/** Returns the URL of the avatar, or undefined. */
export function faceUrl({ face }: Channel, origin: string): string | undefined {
  if (face === undefined) return undefined;
  return "url" in face ? face.url : origin + face.path;
}
