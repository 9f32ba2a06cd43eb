import { createHash } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { signInThrottle } from "@/lib/db/schema";

type Guesser = {
  readonly email: string;
  readonly address: string;
  /** The ID of a browser that is known to this account. */
  readonly deviceId: string | null;
};

/** An admitted attempt. It counts as failed until it is forgiven or given back. */
export type Attempt = readonly (Subject & { readonly waitUntil: Date | null })[];

export type Admission =
  | { readonly admitted: true; readonly attempt: Attempt }
  | { readonly admitted: false; readonly waitSeconds: number };

type Subject = {
  readonly subject: string;
  readonly policy: Policy;
  /** Others count here too, so a success does not clear the counter. */
  readonly isShared: boolean;
};

/** A person with the right password who now enters a one-time code. */
export type CodeGuesser = {
  readonly accountId: string;
  readonly deviceId: string | null;
};

/**
 * Admits a password check and counts it as failed. A known browser has its own counter and one with
 * the account's other known browsers: guesses elsewhere never throttle it.
 */
export function admitAttempt(db: Database, guesser: Guesser, now: Date): Promise<Admission> {
  const { email, address, deviceId } = guesser;
  const counts =
    deviceId === null
      ? [own("account", email, ACCOUNT_POLICY), shared("address", address, ADDRESS_POLICY)]
      : [own("device", deviceId, DEVICE_POLICY), shared("devices", email, DEVICES_POLICY)];
  return admit(db, counts, now);
}

/**
 * Admits a check of a one-time code after the right password and counts it as failed, in this
 * browser and in all known or all other browsers of the account.
 */
export function admitCode(
  db: Database,
  { accountId, deviceId }: CodeGuesser,
  now: Date,
): Promise<Admission> {
  const browsers = deviceId === null ? "others" : "known";
  const counts = [
    own("code", deviceId ?? accountId, CODE_POLICY),
    shared("codes", `${browsers} ${accountId}`, CODES_POLICY),
  ];
  return admit(db, counts, now);
}

/** Marks an attempt as successful: clears its own counter and gives back a shared count. */
export async function forgiveAttempt(db: Database, attempt: Attempt): Promise<void> {
  for (const { subject, isShared } of attempt) if (!isShared) await clearCount(db, subject);
  await giveBackAttempt(
    db,
    attempt.filter(({ isShared }) => isShared),
  );
}

/** Clears the counter of unknown browsers, so that others' guesses no longer delay the owner. */
export async function clearAccountCount(db: Database, email: string): Promise<void> {
  await clearCount(db, own("account", email, ACCOUNT_POLICY).subject);
}

async function clearCount(db: Database, subject: string): Promise<void> {
  await db.delete(signInThrottle).where(eq(signInThrottle.subject, subject));
}

/** Undoes the count of an attempt. */
export async function giveBackAttempt(db: Database, attempt: Attempt): Promise<void> {
  const { failures, waitUntil } = signInThrottle;
  for (const each of attempt) {
    // A wait that a later failure set remains.
    const ownWait = each.waitUntil?.toISOString() ?? null;
    await db
      .update(signInThrottle)
      .set({
        failures: sql`greatest(${failures} - 1, 0)`,
        waitUntil: sql`nullif(${waitUntil}, ${ownWait}::timestamptz)`,
      })
      .where(eq(signInThrottle.subject, each.subject));
  }
}

/**
 * Counts in one transaction, so that concurrent guesses are not admitted more often than sequential
 * ones. While one counter is throttled, attempts are refused and do not count.
 */
function admit(db: Database, subjects: readonly Subject[], now: Date): Promise<Admission> {
  return db.transaction(async (transaction) => {
    const counts = await lockCounts(transaction, subjects, now);
    const waits = counts.map((count) => secondsToWait(count, count.policy, now));
    const waitSeconds = Math.max(...waits);
    if (waitSeconds > 0) return { admitted: false, waitSeconds };

    const failed = counts.map((count) => ({ ...count, ...countFailure(count, count.policy, now) }));
    for (const { subject, failures, lastFailureAt, waitUntil } of failed) {
      await transaction
        .update(signInThrottle)
        .set({ failures, lastFailureAt, waitUntil })
        .where(eq(signInThrottle.subject, subject));
    }
    return { admitted: true, attempt: failed };
  });
}

// An upsert that changes nothing locks the rows and returns their newest state.
async function lockCounts(db: Database, subjects: readonly Subject[], now: Date) {
  // Always in the same order, so that two attempts cannot deadlock.
  const rows = subjects
    .map(({ subject }) => ({ subject, failures: 0, lastFailureAt: now }))
    .toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  const locked = await db
    .insert(signInThrottle)
    .values(rows)
    .onConflictDoUpdate({ target: signInThrottle.subject, set: { subject: sql`excluded.subject` } })
    .returning();
  return locked.flatMap((row) =>
    subjects.filter(({ subject }) => subject === row.subject).map((each) => ({ ...row, ...each })),
  );
}

// A digest, because people type secrets into the wrong field.
function own(kind: string, name: string, policy: Policy): Subject {
  const digest = createHash("sha256").update(name).digest("base64url");
  return { subject: `${kind}:${digest}`, policy, isShared: false };
}

function shared(kind: string, name: string, policy: Policy): Subject {
  return { ...own(kind, name, policy), isShared: true };
}

/** How failures of one counter are throttled. */
export type Policy = Waits | DayLimit;

/** Each failure after the free ones delays the next attempt by 2, 4, 8 … seconds. */
type Waits = {
  readonly freeFailures: number;
  readonly longestWaitSeconds: number;
  /** A counter expires this long after its last failure. */
  readonly quietSeconds: number;
};

/** After this many failures the next attempt waits until a day after the first. */
type DayLimit = { readonly failuresADay: number };

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

/** Wrong passwords in one known browser. Guesses elsewhere do not throttle it. */
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

/** Wrong one-time codes in one browser: 109 on the first day and 96 on each later day. */
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
function forgottenBefore(policy: Policy, now: Date): Date {
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
