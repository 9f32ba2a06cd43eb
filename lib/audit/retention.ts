import { randomUUID } from "node:crypto";
import { and, asc, desc, eq, gt, gte, lt, lte, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { DAY_MS, daysBefore, HOUR_MS } from "@/lib/time";
import { type AuditRow, appendEvents, type ChainHead } from "./chain";
import type { AuditEvent } from "./event";

/** The job runs more often, but rows are removed once a day. */
const PAUSE_MS = 23 * HOUR_MS;

/** Rows removed by one statement. The table's trigger checks each, and an embedded database is busy meanwhile. */
const BATCH = 250;

/** Rows removed by one run at most; the next one goes on. */
const MAX_REMOVED = 100_000;

// One run by a wrong clock could remove rows for good, so retention needs signs that the clock is right.
const MAX_CLOCK_DIFFERENCE_MS = 60_000;
const MAX_SILENCE_MS = 30 * DAY_MS;

/** Removes old rows, once a day. Throws, without removing any, if the clock may be wrong. */
export async function removeOldAudit(
  db: Database,
  { retentionDays, now, signal }: Omit<Pruning, "maxRemoved">,
): Promise<void> {
  const doubt = await doubtOfClock(db);
  if (doubt !== null) throw new Error(`No old audit rows were removed: ${doubt}.`);
  const { action, at } = auditEvents;
  const recent = gt(at, new Date(now.getTime() - PAUSE_MS));
  const announced = await db.$count(auditEvents, and(eq(action, "audit.prune"), recent));
  if (announced === 0) await pruneAudit(db, { retentionDays, now, signal });
}

async function doubtOfClock(db: Database): Promise<string | null> {
  const earliest = Date.now();
  const { rows } = await db.execute<{ ms: number }>(
    sql`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
  );
  const latest = Date.now();
  const database = Number(rows[0]?.ms);
  const difference = Math.max(earliest - database, database - latest);
  if (!(difference <= MAX_CLOCK_DIFFERENCE_MS)) {
    return `the clock differs from the database's by ${Math.round(difference / 1000)} seconds`;
  }
  const [newest] = await db
    .select({ at: auditEvents.at })
    .from(auditEvents)
    .orderBy(desc(auditEvents.sequence))
    .limit(1);
  const silence = newest ? latest - newest.at.getTime() : 0;
  return silence > MAX_SILENCE_MS
    ? `the newest row is ${Math.floor(silence / DAY_MS)} days old, so the clock may be wrong`
    : null;
}

/** The cut-off in an announcement. All removed rows are older. */
export type CutOff = { readonly before: Date; readonly retentionDays: number };

type Pruning = {
  readonly retentionDays: number;
  readonly now: Date;
  readonly signal?: AbortSignal;
  readonly maxRemoved?: number;
};

/**
 * Removes the rows at the beginning that are older than the retention and returns their number. A row
 * announces it first: the last of them with its hash as the code, and the cut-off as the reason. May be
 * stopped or killed between two batches; the next call removes the rest.
 */
export async function pruneAudit(
  db: Database,
  { retentionDays, now, signal, maxRemoved = MAX_REMOVED }: Pruning,
): Promise<number> {
  const before = daysBefore(now, retentionDays);
  const old = await findOld(db, before);
  if (old === null) return 0;
  const { first, last } = old;
  await appendEvents(db, [announcement(first, last, { before, retentionDays }, now)]);
  const end = Math.min(last.sequence, first - 1 + maxRemoved);
  let removed = first - 1;
  while (removed < end && !signal?.aborted) {
    removed = Math.min(removed + BATCH, end);
    await removeThrough(db, removed, last.sequence);
  }
  return removed - first + 1;
}

/** Returns what an announcement says; null where it says nothing that retention could have written. */
export function cutOffOf({ at, reason }: Pick<AuditRow, "at" | "reason">): CutOff | null {
  const [, moment = "", days = ""] = /^before=(\S+) retention=(\d{1,4})$/.exec(reason ?? "") ?? [];
  const cutOff = { before: new Date(moment), retentionDays: Number(days) };
  const isPossible =
    cutOff.retentionDays >= 1 &&
    at.getTime() - cutOff.before.getTime() >= cutOff.retentionDays * DAY_MS;
  return isPossible ? cutOff : null;
}

/** Returns the rows before the first one that is not old. Old rows behind it stay. */
async function findOld(
  db: Database,
  before: Date,
): Promise<{ first: number; last: ChainHead } | null> {
  const { sequence, hash, at } = auditEvents;
  const row = { sequence, hash };
  const [first] = await db.select(row).from(auditEvents).orderBy(asc(sequence)).limit(1);
  const [kept] = await db
    .select(row)
    .from(auditEvents)
    .where(gte(at, before))
    .orderBy(asc(sequence))
    .limit(1);
  const [last] = await db
    .select(row)
    .from(auditEvents)
    .where(kept && lt(sequence, kept.sequence))
    .orderBy(desc(sequence))
    .limit(1);
  return first && last ? { first: first.sequence, last } : null;
}

function announcement(
  first: number,
  last: ChainHead,
  { before, retentionDays }: CutOff,
  now: Date,
): AuditEvent {
  return {
    at: now,
    requestId: randomUUID(),
    action: "audit.prune",
    outcome: "done",
    target: String(last.sequence),
    code: last.hash,
    // The table's trigger reads it.
    reason: `before=${before.toISOString()} retention=${retentionDays}`,
    rows: last.sequence - first + 1,
    ...{ actor: null, address: null, app: null, subscriberId: null },
    ...{ fields: null, durationMs: null },
  };
}

function removeThrough(db: Database, sequence: number, announced: number): Promise<void> {
  return db.transaction(async (transaction) => {
    // Without it, or without the announcement, the table's trigger refuses.
    await transaction.execute(
      sql`select set_config('channel_desk.audit_prune_through', ${String(announced)}, true)`,
    );
    await transaction.delete(auditEvents).where(lte(auditEvents.sequence, sequence));
  });
}
