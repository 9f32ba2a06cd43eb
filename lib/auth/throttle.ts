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
  /** The browser, when its owner has signed in to this very account in it before. */
  readonly deviceId: string | null;
};

/** An attempt that may be looked at. It counts as failed until it is forgiven or given back. */
export type Attempt = readonly (Subject & { readonly waitUntil: Date | null })[];

export type Admission =
  | { readonly admitted: true; readonly attempt: Attempt }
  | { readonly admitted: false; readonly waitSeconds: number };

type Subject = {
  readonly subject: string;
  readonly policy: Policy;
  /** Others count here too, so that a success of one clears nothing. */
  readonly isShared: boolean;
};

/** Who has shown the right password, and now shows a one-time code. */
export type CodeGuesser = {
  readonly accountId: string;
  readonly deviceId: string | null;
};

/**
 * Admits an attempt to check a password and counts it as failed. A known browser counts by itself, and
 * with the account's other known ones: whatever others guess at the account, and from the same address,
 * it does not wait for them.
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
 * Admits an attempt to check a one-time code, after the right password, and counts it as failed: in this
 * browser, and in all known or all other browsers of the account.
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

/** The attempt was right after all: its own count is cleared, a shared one gets this one back. */
export async function forgiveAttempt(db: Database, attempt: Attempt): Promise<void> {
  for (const { subject, isShared } of attempt) {
    if (!isShared) await db.delete(signInThrottle).where(eq(signInThrottle.subject, subject));
  }
  const others = attempt.filter(({ isShared }) => isShared);
  await giveBackAttempt(db, others);
}

/**
 * Clears the count of an account's unknown browsers, for an owner who has proved it by a link: the
 * attempts of others no longer make this person wait.
 */
export async function clearAccountCount(db: Database, email: string): Promise<void> {
  const { subject } = own("account", email, ACCOUNT_POLICY);
  await db.delete(signInThrottle).where(eq(signInThrottle.subject, subject));
}

/** As if the attempt had not been made. */
export async function giveBackAttempt(db: Database, attempt: Attempt): Promise<void> {
  const { failures, waitUntil } = signInThrottle;
  for (const each of attempt) {
    // A wait that a later failure set stays.
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
 * Counts in one transaction, so that of many guesses at once no more come through than one after
 * another. While one of the subjects has to wait, attempts are refused and do not count.
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

// An upsert that changes nothing locks the rows and shows their newest state, whether new or old.
function lockCounts(db: Database, subjects: readonly Subject[], now: Date) {
  // Always in the same order, or two attempts could wait for each other's row.
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

// Guesses at invented addresses would else fill the table. Rows in use elsewhere are left for later.
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

// A digest, since people type secrets into the wrong field.
function own(kind: string, name: string, policy: Policy): Subject {
  const digest = createHash("sha256").update(name).digest("base64url");
  return { subject: `${kind}:${digest}`, policy, isShared: false };
}

function shared(kind: string, name: string, policy: Policy): Subject {
  return { ...own(kind, name, policy), isShared: true };
}
