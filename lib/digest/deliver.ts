import { and, asc, eq, inArray, isNull, lte } from "drizzle-orm";
import { channels, deliveries, notices } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import type { Digest } from "@/lib/env-services";
import { logLine } from "@/lib/log";
import { problemSentence } from "./attempt-problem";
import { digestMessage, type ToldNotice } from "./message";
import { type Attempt, postDelivery } from "./post";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Notices that one message holds at most. */
const NOTICES_TOGETHER = 20;

/** Messages of one run: a chat takes about one in a second, and nobody reads more. */
const DELIVERIES_OF_A_RUN = 5;

/** How long after each attempt that failed the next one is made; the last holds for all further ones. */
const PAUSES_MS = [MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 6 * HOUR_MS];

const GIVEN_UP_MS = 24 * HOUR_MS;

/** Longer than an attempt takes; whoever crashes in one leaves it to others after this. */
const CLAIM_MS = MINUTE_MS;

export type Outlet = {
  /** The public address of the desk, to which messages link. */
  readonly appUrl: URL;
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
};

/**
 * Tells the webhook of all notices that it has not been told of, some together in one message. What it
 * does not take is repeated under the same id, later and later, for a day. Several instances never send
 * the same attempt; one that ends between sending and writing that down has it sent again.
 */
export async function deliverNotices(
  db: Database,
  digest: Pick<Digest, "url" | "secret">,
  now: Date,
  outlet: Outlet,
): Promise<void> {
  for (let sent = 0; sent < DELIVERIES_OF_A_RUN && !outlet.signal.aborted; sent++) {
    const claimed = (await claim(db, now)) ?? (await bundle(db, now));
    if (claimed === null) return;
    const told = await noticesOf(db, claimed.id);
    const attempt = await send(digest, told, claimed.id, now, outlet);
    await note(db, claimed, attempt, now);
    // It would not take the others now.
    if (attempt.problem !== null) return;
  }
}

type Claimed = { readonly id: string; readonly createdAt: Date; readonly attempts: number };

const claimed = {
  id: deliveries.id,
  createdAt: deliveries.createdAt,
  attempts: deliveries.attempts,
};

/** Takes the delivery that is due the longest, from all who would send it too. */
function claim(db: Database, now: Date): Promise<Claimed | null> {
  return db.transaction(async (transaction) => {
    const [due] = await transaction
      .select({ id: deliveries.id, attempts: deliveries.attempts })
      .from(deliveries)
      .where(lte(deliveries.nextAttemptAt, now))
      .orderBy(asc(deliveries.nextAttemptAt), asc(deliveries.createdAt))
      .limit(1)
      .for("update", { skipLocked: true });
    if (due === undefined) return null;
    const [row] = await transaction
      .update(deliveries)
      .set({ attempts: due.attempts + 1, nextAttemptAt: later(now, CLAIM_MS) })
      .where(eq(deliveries.id, due.id))
      .returning(claimed);
    return row ?? null;
  });
}

/** Makes a delivery of the oldest notices that are in none, and takes it. */
function bundle(db: Database, now: Date): Promise<Claimed | null> {
  return db.transaction(async (transaction) => {
    const untold = await transaction
      .select({ id: notices.id })
      .from(notices)
      .where(isNull(notices.deliveryId))
      .orderBy(asc(notices.id))
      .limit(NOTICES_TOGETHER)
      .for("update", { skipLocked: true });
    if (untold.length === 0) return null;
    const [row] = await transaction
      .insert(deliveries)
      .values({ createdAt: now, attempts: 1, nextAttemptAt: later(now, CLAIM_MS) })
      .returning(claimed);
    if (row === undefined) throw new Error("A delivery was made, and has a row.");
    const ids = untold.map(({ id }) => id);
    await transaction.update(notices).set({ deliveryId: row.id }).where(inArray(notices.id, ids));
    return row;
  });
}

async function noticesOf(db: Database, deliveryId: string): Promise<ToldNotice[]> {
  const { kind, detail } = notices;
  const { app, channelId } = channels;
  const rows = await db
    .select({ kind, detail, app, channelId })
    .from(notices)
    .innerJoin(channels, eq(channels.key, notices.channelKey))
    .where(eq(notices.deliveryId, deliveryId))
    .orderBy(asc(notices.id));
  return rows as ToldNotice[];
}

async function send(
  digest: Pick<Digest, "url" | "secret">,
  told: readonly ToldNotice[],
  id: string,
  now: Date,
  { appUrl, fetch, signal }: Outlet,
): Promise<Attempt> {
  // The desk knows none of these channels any more.
  if (told.length === 0) return { status: null, problem: null };
  const body = JSON.stringify(digestMessage(told, appUrl));
  return postDelivery(digest, { id, body }, now, { fetch, signal });
}

async function note(
  db: Database,
  { id, createdAt, attempts }: Claimed,
  { status, problem, notBefore = null }: Attempt,
  now: Date,
): Promise<void> {
  const isTaken = problem === null;
  const nextAttemptAt = isTaken ? null : nextAttempt({ createdAt, attempts, notBefore }, now);
  await db
    .update(deliveries)
    .set({ status, problem, nextAttemptAt, ...(isTaken && { deliveredAt: now }) })
    .where(and(eq(deliveries.id, id), isNull(deliveries.deliveredAt)));
  if (isTaken) return;
  const end = nextAttemptAt === null ? " It was the last attempt: these notices are given up." : "";
  logLine("digest", `${problemSentence(problem, status)}${end}`, {
    level: end ? "error" : "warning",
    delivery: id,
    attempts,
  });
}

type Failed = Pick<Claimed, "createdAt" | "attempts"> & { readonly notBefore: Date | null };

/** Returns when a delivery is tried again, not before the webhook wants it; null when its time is over. */
function nextAttempt({ createdAt, attempts, notBefore }: Failed, now: Date): Date | null {
  const end = later(createdAt, GIVEN_UP_MS);
  if (now >= end) return null;
  const pause = PAUSES_MS[attempts - 1] ?? PAUSES_MS.at(-1) ?? 0;
  const next = later(now, Math.max(pause, (notBefore ?? now).getTime() - now.getTime()));
  return next < end ? next : end;
}

function later(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms);
}
