import "server-only";
import { createHash } from "node:crypto";
import { and, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { type Database, database } from "@/lib/db/database";
import { rateCounts } from "@/lib/db/schema";
import { type Env, env } from "@/lib/env";

/**
 * Limits per person and per address, so that nobody copies the API's data through the desk or fills
 * its database.
 */
export type Limit = "lookup" | "bulk" | "export" | "note";

// Side effects of use: an address changes with each letter typed into a filter.
const NOTES_PER_LOOKUP = 10;

// Many people may work behind one address.
const PEOPLE_AT_AN_ADDRESS = 5;
const REFUSALS_PER_MINUTE = 60;

/** Counts one attempt. Returns the seconds to wait if the limit is used up, otherwise null. */
export async function waitFor(
  limit: Limit,
  { userId, address }: { readonly userId: string; readonly address: string },
  now: Date,
): Promise<number | null> {
  const [each, windowSeconds] = rates(env())[limit];
  const limits = [
    { subject: `${limit}:person:${userId}`, limit: each, windowSeconds },
    { subject: `${limit}:address:${address}`, limit: each * PEOPLE_AT_AN_ADDRESS, windowSeconds },
  ];
  return consume(await database(), limits, now);
}

/** The same for something that may be done so often in a minute. */
export async function waitPerMinute(subject: string, limit: number, now: Date) {
  return consume(await database(), [{ subject, limit, windowSeconds: 60 }], now);
}

function rates({
  lookupsPerMinute,
  exportsPerHour,
}: Env): Readonly<Record<Limit, readonly [attempts: number, windowSeconds: number]>> {
  return {
    lookup: [lookupsPerMinute, 60],
    // Counted for each subscriber, and apart: during a bulk lookup a person can still look up another.
    bulk: [lookupsPerMinute, 60],
    export: [exportsPerHour, 3600],
    note: [lookupsPerMinute * NOTES_PER_LOOKUP, 60],
  };
}

/** Returns whether a refused attempt from an address is still recorded, or is part of a flood. */
export async function isWorthARow(address: string, now: Date): Promise<boolean> {
  return (await waitPerMinute(`refusal:address:${address}`, REFUSALS_PER_MINUTE, now)) === null;
}

/** Concurrent streams of one person. */
const MAX_STREAMS = 6;

declare global {
  // Each route is a bundle of its own. They share this counter.
  var channelDeskStreams: Map<string, number> | undefined;
}

/**
 * Counts a stream or download that is about to be sent to a person.
 *
 * @returns a function to call once or more when it has ended, or null if too many are already open
 */
export function takeStream(userId: string): (() => void) | null {
  globalThis.channelDeskStreams ??= new Map();
  const streams = globalThis.channelDeskStreams;
  const count = streams.get(userId) ?? 0;
  if (count >= MAX_STREAMS) return null;
  streams.set(userId, count + 1);
  let isOpen = true;
  return () => {
    if (!isOpen) return;
    isOpen = false;
    const left = (streams.get(userId) ?? 1) - 1;
    if (left > 0) streams.set(userId, left);
    else streams.delete(userId);
  };
}

/** One limit on attempts. */
export type RateLimit = {
  /** The person or address, and the action. Only a digest is stored. */
  readonly subject: string;
  /** Attempts in any window, at least 1. */
  readonly limit: number;
  /** At most a day. */
  readonly windowSeconds: number;
};

// The window slides in steps: an attempt counts for one window and up to one step more, never for
// less.
const STEPS = 12;
const LONGEST_WINDOW_SECONDS = 24 * 60 * 60;

const { subject, count } = rateCounts;

/**
 * Counts an attempt against each limit, or against none if one is used up: then it returns the seconds
 * to wait, otherwise null. No subject exceeds its limit in any window, on any number of instances. Only
 * attempts at the very moment a step ends may miss one another. A refused attempt does not count, so
 * trying does not extend the wait.
 */
export async function consume(
  db: Database,
  limits: readonly RateLimit[],
  now: Date,
): Promise<number | null> {
  // Always in the same order, so that two attempts cannot deadlock.
  const steps = limits
    .map((limit) => currentStep(limit, now))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const taken = await countAll(db, steps);
  if (taken.length === steps.length) return null;

  // Meanwhile another attempt used up one of the limits.
  if (taken.length > 0) await giveBack(db, taken);
  return secondsToWait(db, steps, now);
}

/** The current step of a subject's window, and the earlier steps that still count. */
type Step = {
  readonly key: string;
  readonly earlierKeys: readonly string[];
  readonly start: Date;
  readonly limit: number;
  readonly seconds: number;
};

function currentStep({ subject, limit, windowSeconds }: RateLimit, now: Date): Step {
  if (limit < 1 || windowSeconds > LONGEST_WINDOW_SECONDS) {
    throw new RangeError("A limit is at least 1, and its window at most a day.");
  }
  const seconds = windowSeconds / STEPS;
  const number = Math.floor(now.getTime() / 1000 / seconds);
  const digest = createHash("sha256").update(`${windowSeconds} ${subject}`).digest("base64url");
  return {
    key: `${digest}.${number}`,
    earlierKeys: Array.from({ length: STEPS }, (_, index) => `${digest}.${number - 1 - index}`),
    start: new Date(number * seconds * 1000),
    limit,
    seconds,
  };
}

// One statement: after waiting for a row it sees the newest count. Earlier steps are over and do
// not change.
function countAll(db: Database, steps: readonly Step[]) {
  const rows = steps.map((step) => sql`(${step.key}, ${step.start.toISOString()}::timestamptz, 1)`);
  const isBelowLimit = steps.map(
    (step) => sql`${countOf([step.key, ...step.earlierKeys])} < ${step.limit}`,
  );
  const hasOneLeft = steps.map((step) =>
    and(eq(subject, step.key), sql`${count} + ${countOf(step.earlierKeys)} < ${step.limit}`),
  );
  return db
    .insert(rateCounts)
    .select(
      sql`select * from (values ${sql.join(rows, sql`, `)}) as one where ${and(...isBelowLimit)}`,
    )
    .onConflictDoUpdate({
      target: subject,
      set: { count: sql`${count} + 1` },
      setWhere: or(...hasOneLeft),
    })
    .returning();
}

function countOf(keys: readonly string[]): SQL {
  return sql`(select coalesce(sum(kept.count), 0) from ${rateCounts} kept where kept.subject = any(${sql.param(keys)}::text[]))`;
}

async function giveBack(db: Database, taken: readonly { subject: string }[]): Promise<void> {
  await db
    .update(rateCounts)
    .set({ count: sql`${count} - 1` })
    .where(
      inArray(
        subject,
        taken.map((row) => row.subject),
      ),
    );
}

async function secondsToWait(db: Database, steps: readonly Step[], now: Date): Promise<number> {
  const rows = await db
    .select()
    .from(rateCounts)
    .where(
      inArray(
        subject,
        steps.flatMap((step) => [step.key, ...step.earlierKeys]),
      ),
    );
  const counts = new Map(rows.map((row) => [row.subject, row.count]));
  const waits = steps.map((step) => {
    const ends = freeAt(step, counts).getTime();
    return Math.ceil((ends - now.getTime()) / 1000);
  });
  return Math.max(1, ...waits);
}

/** Returns the time at which enough of the oldest steps have expired for another attempt. */
function freeAt({ key, earlierKeys, start, limit, seconds }: Step, counts: Map<string, number>) {
  let sum = 0;
  for (const [ago, stepKey] of [key, ...earlierKeys].entries()) {
    sum += counts.get(stepKey) ?? 0;
    // A step stops counting when STEPS + 1 steps have passed since it began.
    if (sum >= limit) return new Date(start.getTime() + (STEPS + 1 - ago) * seconds * 1000);
  }
  return start;
}
