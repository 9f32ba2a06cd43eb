import { createHash } from "node:crypto";
import { eq, inArray, lt, sql } from "drizzle-orm";
import { signInThrottle } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import {
  ACCOUNT_POLICY,
  ADDRESS_POLICY,
  countFailure,
  forgottenBefore,
  secondsToWait,
} from "./throttle-policy";

/** An attempt that may check a password. It counts as failed until it is forgiven. */
export type Attempt = {
  readonly account: string;
  readonly address: string;
  readonly addressWaitUntil: Date | null;
};

export type Admission =
  | { readonly admitted: true; readonly attempt: Attempt }
  | { readonly admitted: false; readonly waitSeconds: number };

/**
 * Admits an attempt and counts it as failed, in one transaction, so that of many guesses at once no
 * more come through than one after another. While the account or the address has to wait, attempts
 * are refused and do not count.
 */
export async function admitAttempt(
  store: Store,
  who: { readonly email: string; readonly address: string },
  now: Date,
): Promise<Admission> {
  await forget(store, now);
  const account = `account:${digest(who.email)}`;
  const address = `address:${digest(who.address)}`;
  return store.transaction(async (transaction) => {
    const counts = await lockCounts(transaction, [account, address], now);
    const waitSeconds = Math.max(...counts.map((count) => secondsToWait(count, now)));
    if (waitSeconds > 0) return { admitted: false, waitSeconds };

    const failed = counts.map((count) => {
      const policy = count.subject === address ? ADDRESS_POLICY : ACCOUNT_POLICY;
      return { subject: count.subject, ...countFailure(count, policy, now) };
    });
    await replaceCounts(transaction, failed);
    const addressWaitUntil = failed.find(({ subject }) => subject === address)?.waitUntil ?? null;
    return { admitted: true, attempt: { account, address, addressWaitUntil } };
  });
}

/** The attempt was right after all: the account's count is cleared, the address gets this one back. */
export async function forgiveAttempt(store: Store, attempt: Attempt): Promise<void> {
  const { subject, failures, waitUntil } = signInThrottle;
  await store.delete(signInThrottle).where(eq(subject, attempt.account));
  // A wait that a later failure set stays.
  const ownWait = attempt.addressWaitUntil?.toISOString() ?? null;
  await store
    .update(signInThrottle)
    .set({
      failures: sql`greatest(${failures} - 1, 0)`,
      waitUntil: sql`nullif(${waitUntil}, ${ownWait}::timestamptz)`,
    })
    .where(eq(subject, attempt.address));
}

// An upsert that changes nothing locks the rows and shows their newest state, whether new or old.
function lockCounts(store: Store, subjects: readonly string[], now: Date) {
  // Always in the same order, or two attempts could wait for each other's row.
  const rows = subjects.toSorted().map((subject) => ({ subject, failures: 0, lastFailureAt: now }));
  return store
    .insert(signInThrottle)
    .values(rows)
    .onConflictDoUpdate({ target: signInThrottle.subject, set: { subject: sql`excluded.subject` } })
    .returning();
}

async function replaceCounts(
  store: Store,
  rows: (typeof signInThrottle.$inferInsert)[],
): Promise<void> {
  await store
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
async function forget(store: Store, now: Date): Promise<void> {
  const { subject, lastFailureAt } = signInThrottle;
  const forgotten = store
    .select({ subject })
    .from(signInThrottle)
    .where(lt(lastFailureAt, forgottenBefore(now)))
    .limit(1000)
    .for("update", { skipLocked: true });
  await store.delete(signInThrottle).where(inArray(subject, forgotten));
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
