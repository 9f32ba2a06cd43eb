/** How guessing at one account, or from one address, is slowed. */
export type Policy = { readonly freeFailures: number; readonly longestWaitSeconds: number };

export type Count = {
  readonly failures: number;
  readonly lastFailureAt: Date;
  readonly waitUntil: Date | null;
};

// An attacker must not be able to lock an owner out for long, so an account waits a minute at most.
export const ACCOUNT_POLICY: Policy = { freeFailures: 5, longestWaitSeconds: 60 };
export const ADDRESS_POLICY: Policy = { freeFailures: 20, longestWaitSeconds: 15 * 60 };
// Only its owner's browser counts here, so that guesses elsewhere make nobody wait in it.
export const DEVICE_POLICY: Policy = ACCOUNT_POLICY;
// One guess in some 300,000 is right: a hundred a day, for who has the password already.
export const CODE_POLICY: Policy = { freeFailures: 5, longestWaitSeconds: 15 * 60 };

const QUIET_MS = 15 * 60_000;

/** Counts are forgotten whose last failure was before this. */
export function forgottenBefore(now: Date): Date {
  return new Date(now.getTime() - QUIET_MS);
}

/**
 * Whole seconds until the next attempt is let through; 0 when it is now, and when the wait is longer
 * than any: then the clock has been set back.
 */
export function secondsToWait({ waitUntil }: Count, policy: Policy, now: Date): number {
  if (waitUntil === null) return 0;
  const seconds = Math.ceil((waitUntil.getTime() - now.getTime()) / 1000);
  return seconds > policy.longestWaitSeconds ? 0 : Math.max(0, seconds);
}

/** The count after one more failure: 2, 4, 8 … seconds of wait once the free ones are spent. */
export function countFailure(count: Count, policy: Policy, now: Date): Count {
  const isForgotten = count.lastFailureAt < forgottenBefore(now);
  const failures = isForgotten ? 1 : count.failures + 1;
  return { failures, lastFailureAt: now, waitUntil: waitAfter(failures, policy, now) };
}

function waitAfter(failures: number, policy: Policy, now: Date): Date | null {
  const paid = failures - policy.freeFailures;
  if (paid <= 0) return null;
  const seconds = Math.min(2 ** paid, policy.longestWaitSeconds);
  return new Date(now.getTime() + seconds * 1000);
}
