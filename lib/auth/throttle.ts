import { createHash } from "node:crypto";
import { and, eq, inArray, like, lt, not, or, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { signInThrottle } from "@/lib/db/schema";
import {
  ACCOUNT_POLICY,
  ADDRESS_POLICY,
  CODE_POLICY,
  CODES_POLICY,
  countFailure,
  DEVICE_POLICY,
  DEVICES_POLICY,
  forgottenBefore,
  type Policy,
  secondsToWait,
} from "./throttle-policy";

export type Guesser = {
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

/**
 * Marks an attempt as successful: clears its own counter and gives back its count in a shared one.
 */
export async function forgiveAttempt(db: Database, attempt: Attempt): Promise<void> {
  for (const { subject, isShared } of attempt) {
    if (!isShared) await db.delete(signInThrottle).where(eq(signInThrottle.subject, subject));
  }
  const others = attempt.filter(({ isShared }) => isShared);
  await giveBackAttempt(db, others);
}

/**
 * Clears the counter of an account's unknown browsers after the owner has used a link, so that
 * others' attempts no longer delay the owner.
 */
export async function clearAccountCount(db: Database, email: string): Promise<void> {
  const { subject } = own("account", email, ACCOUNT_POLICY);
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
async function admit(db: Database, subjects: readonly Subject[], now: Date): Promise<Admission> {
  await forget(db, now);
  return db.transaction(async (transaction) => {
    const locked = await lockCounts(transaction, subjects, now);
    const counts = subjects.map((subject) => {
      const count = locked.find((row) => row.subject === subject.subject);
      if (count === undefined) throw new Error("A row that is locked is returned.");
      return { ...count, ...subject };
    });
    const waits = counts.map((count) => secondsToWait(count, count.policy, now));
    const waitSeconds = Math.max(...waits);
    if (waitSeconds > 0) return { admitted: false, waitSeconds };

    const failed = counts.map((count) => ({
      ...count,
      ...countFailure(count, count.policy, now),
    }));
    await replaceCounts(transaction, failed);
    return { admitted: true, attempt: failed };
  });
}

// An upsert that changes nothing locks the rows and returns their newest state.
function lockCounts(db: Database, subjects: readonly Subject[], now: Date) {
  // Always in the same order, so that two attempts cannot deadlock.
  const rows = subjects
    .map(({ subject }) => ({ subject, failures: 0, lastFailureAt: now }))
    .toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
  return db
    .insert(signInThrottle)
    .values(rows)
    .onConflictDoUpdate({ target: signInThrottle.subject, set: { subject: sql`excluded.subject` } })
    .returning();
}

async function replaceCounts(
  db: Database,
  rows: (typeof signInThrottle.$inferInsert)[],
): Promise<void> {
  await db
    .insert(signInThrottle)
    .values(rows)
    .onConflictDoUpdate({
      target: signInThrottle.subject,
      set: {
        failures: sql`excluded.failures`,
        lastFailureAt: sql`excluded.last_failure_at`,
        waitUntil: sql`excluded.wait_until`,
      },
    });
}

// Otherwise guesses at invented addresses would fill the table. Rows in use are skipped.
async function forget(db: Database, now: Date): Promise<void> {
  const { subject, lastFailureAt } = signInThrottle;
  const isOfCodes = like(subject, "code%");
  const isOld = or(
    lt(lastFailureAt, forgottenBefore(CODE_POLICY, now)),
    and(not(isOfCodes), lt(lastFailureAt, forgottenBefore(ACCOUNT_POLICY, now))),
  );
  const forgotten = db
    .select({ subject })
    .from(signInThrottle)
    .where(isOld)
    .limit(1000)
    .for("update", { skipLocked: true });
  await db.delete(signInThrottle).where(inArray(subject, forgotten));
}

// A digest, because people type secrets into the wrong field.
function own(kind: string, name: string, policy: Policy): Subject {
  const digest = createHash("sha256").update(name).digest("base64url");
  return { subject: `${kind}:${digest}`, policy, isShared: false };
}

function shared(kind: string, name: string, policy: Policy): Subject {
  return { ...own(kind, name, policy), isShared: true };
}
