/** How guessing is slowed that is counted in one place. */
export type Policy = Waits | DayLimit;

/** Each failure after the free ones makes the next attempt wait 2, 4, 8 … seconds. */
export type Waits = {
  readonly freeFailures: number;
  readonly longestWaitSeconds: number;
  /** A count is forgotten so long after its last failure. */
  readonly quietSeconds: number;
};

/** So many failures, of which the last makes the next attempt wait until a day after the first. */
export type DayLimit = { readonly failuresADay: number };

export type Count = {
  readonly failures: number;
  /** The last failure; of a limit of a day the first, with which the day begins. */
  readonly lastFailureAt: Date;
  readonly waitUntil: Date | null;
};

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/**
 * Wrong passwords of an account in browsers that are not known: some 1,450 in a day, from wherever. It
 * waits a minute at most, so that who guesses cannot keep the owner out for long.
 */
export const ACCOUNT_POLICY = {
  freeFailures: 5,
  longestWaitSeconds: MINUTE,
  quietSeconds: 15 * MINUTE,
} as const satisfies Waits;

/**
 * Wrong passwords from a network address, whomever they are for: some 2,300 in a day, by who pauses
 * until the count is forgotten. Many people may be behind it, so that it is forgotten soon.
 */
export const ADDRESS_POLICY = {
  freeFailures: 20,
  longestWaitSeconds: 15 * MINUTE,
  quietSeconds: 15 * MINUTE,
} as const satisfies Waits;

/** Wrong passwords in one known browser. Only its owner's count here: guesses elsewhere make nobody wait in it. */
export const DEVICE_POLICY = ACCOUNT_POLICY;

/**
 * Wrong passwords in all known browsers of an account together: some 5,800 in a day, however many of
 * them have been stolen. One stolen browser, which waits a minute itself, leaves the others free for
 * three quarters of the time.
 */
export const DEVICES_POLICY = {
  freeFailures: 20,
  longestWaitSeconds: 15,
  quietSeconds: 15 * MINUTE,
} as const satisfies Waits;

/** Wrong one-time codes in one browser: 109 on the first day and 96 on each after it, were there no other limit. */
export const CODE_POLICY = {
  freeFailures: 5,
  longestWaitSeconds: 15 * MINUTE,
  quietSeconds: DAY,
} as const satisfies Waits;

/**
 * Wrong one-time codes of an account in all known browsers together, and as many in all others. Three
 * codes in a million are right at a time, so that who has the password finds one within a year with a
 * chance of 3 in 100; of 6 in 100 with a stolen browser besides.
 *
 * Known browsers have a limit of their own because a password alone makes none: who has only that can
 * never keep the owner out of them. And nobody is kept out for good: recovery codes are not counted,
 * and who guesses spends no further day once the password is another. The new one begins no new count:
 * a password may be changed without a code.
 */
export const CODES_POLICY = { failuresADay: 30 } as const satisfies DayLimit;

/** A count is forgotten whose `lastFailureAt` is before this. */
export function forgottenBefore(policy: Policy, now: Date): Date {
  return after(now, -(isDayLimit(policy) ? DAY : policy.quietSeconds));
}

/**
 * Whole seconds until the next attempt is let through; 0 when it is now, and when the wait is longer
 * than any: then the clock has been set back.
 */
export function secondsToWait({ waitUntil }: Count, policy: Policy, now: Date): number {
  if (waitUntil === null) return 0;
  const seconds = Math.ceil((waitUntil.getTime() - now.getTime()) / 1000);
  const longest = isDayLimit(policy) ? DAY : policy.longestWaitSeconds;
  return seconds > longest ? 0 : Math.max(0, seconds);
}

/** The count after one more failure. */
export function countFailure(count: Count, policy: Policy, now: Date): Count {
  if (isDayLimit(policy)) return countInDay(count, policy, now);
  const isForgotten = count.lastFailureAt < forgottenBefore(policy, now);
  const failures = isForgotten ? 1 : count.failures + 1;
  return { failures, lastFailureAt: now, waitUntil: waitAfter(failures, policy, now) };
}

function countInDay({ failures, lastFailureAt }: Count, policy: DayLimit, now: Date): Count {
  const isNewDay = failures === 0 || lastFailureAt <= forgottenBefore(policy, now);
  if (isNewDay) return { failures: 1, lastFailureAt: now, waitUntil: null };
  // No day begins later than now, though the clock may have been set back.
  const first = lastFailureAt > now ? now : lastFailureAt;
  const isSpent = failures + 1 >= policy.failuresADay;
  const waitUntil = isSpent ? after(first, DAY) : null;
  return { failures: failures + 1, lastFailureAt: first, waitUntil };
}

function waitAfter(failures: number, policy: Waits, now: Date): Date | null {
  const paid = failures - policy.freeFailures;
  return paid <= 0 ? null : after(now, Math.min(2 ** paid, policy.longestWaitSeconds));
}

function after(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}

function isDayLimit(policy: Policy): policy is DayLimit {
  return "failuresADay" in policy;
}
