/** How failures of one counter are throttled. */
export type Policy = Waits | DayLimit;

/** Each failure after the free ones delays the next attempt by 2, 4, 8 … seconds. */
export type Waits = {
  readonly freeFailures: number;
  readonly longestWaitSeconds: number;
  /** A counter expires this long after its last failure. */
  readonly quietSeconds: number;
};

/** After this many failures the next attempt waits until a day after the first. */
export type DayLimit = { readonly failuresADay: number };

export type Count = {
  readonly failures: number;
  /** The last failure. For a daily limit the first one, which starts the day. */
  readonly lastFailureAt: Date;
  readonly waitUntil: Date | null;
};

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/**
 * Wrong passwords of an account in unknown browsers: about 1,450 a day in total. The wait is at
 * most a minute, so that guesses cannot lock the owner out for long.
 */
export const ACCOUNT_POLICY = {
  freeFailures: 5,
  longestWaitSeconds: MINUTE,
  quietSeconds: 15 * MINUTE,
} as const satisfies Waits;

/**
 * Wrong passwords from a network address, for any account: about 2,300 a day if the attacker waits
 * for the counter to expire. It expires soon, because many people may share an address.
 */
export const ADDRESS_POLICY = {
  freeFailures: 20,
  longestWaitSeconds: 15 * MINUTE,
  quietSeconds: 15 * MINUTE,
} as const satisfies Waits;

/**
 * Wrong passwords in one known browser. Only the owner's attempts count here: guesses elsewhere do
 * not throttle it.
 */
export const DEVICE_POLICY = ACCOUNT_POLICY;

/**
 * Wrong passwords in all known browsers of an account together: about 5,800 a day, however many
 * were stolen. One stolen browser, throttled to one attempt a minute, leaves the others usable
 * three quarters of the time.
 */
export const DEVICES_POLICY = {
  freeFailures: 20,
  longestWaitSeconds: 15,
  quietSeconds: 15 * MINUTE,
} as const satisfies Waits;

/**
 * Wrong one-time codes in one browser: without other limits 109 on the first day and 96 on each
 * later day.
 */
export const CODE_POLICY = {
  freeFailures: 5,
  longestWaitSeconds: 15 * MINUTE,
  quietSeconds: DAY,
} as const satisfies Waits;

/**
 * Wrong one-time codes of an account, in all known browsers together and in all others together.
 * Three of a million codes are valid at a time: an attacker with the password finds one within a
 * year with a probability of 3 in 100, or 6 in 100 with a stolen browser.
 *
 * Known browsers have their own limit, because a password alone makes no browser known: an attacker
 * with the password can never lock the owner out of them. Nobody is locked out for good: recovery
 * codes are not counted, and guessing stops when the password changes. A new password does not
 * reset the counter, because a password can be changed without a code.
 */
export const CODES_POLICY = { failuresADay: 30 } as const satisfies DayLimit;

/** Counters whose `lastFailureAt` is before this have expired. */
export function forgottenBefore(policy: Policy, now: Date): Date {
  return after(now, -(isDayLimit(policy) ? DAY : policy.quietSeconds));
}

/**
 * Returns the whole seconds until the next attempt is admitted. Returns 0 if the wait is longer
 * than any possible one: then the clock was set back.
 */
export function secondsToWait({ waitUntil }: Count, policy: Policy, now: Date): number {
  if (waitUntil === null) return 0;
  const seconds = Math.ceil((waitUntil.getTime() - now.getTime()) / 1000);
  const longest = isDayLimit(policy) ? DAY : policy.longestWaitSeconds;
  return seconds > longest ? 0 : Math.max(0, seconds);
}

/** Returns the counter after one more failure. */
export function countFailure(count: Count, policy: Policy, now: Date): Count {
  if (isDayLimit(policy)) return countInDay(count, policy, now);
  const isForgotten = count.lastFailureAt < forgottenBefore(policy, now);
  const failures = isForgotten ? 1 : count.failures + 1;
  return { failures, lastFailureAt: now, waitUntil: waitAfter(failures, policy, now) };
}

function countInDay({ failures, lastFailureAt }: Count, policy: DayLimit, now: Date): Count {
  const isNewDay = failures === 0 || lastFailureAt <= forgottenBefore(policy, now);
  if (isNewDay) return { failures: 1, lastFailureAt: now, waitUntil: null };
  // A day never starts in the future, although the clock may have been set back.
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
