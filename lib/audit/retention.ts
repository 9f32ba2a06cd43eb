import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { asc, desc, gt, lte, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { logLine, reasonOf } from "@/lib/log";
import { appendEvents } from "./append";
import type { AuditRow, ChainHead } from "./chain";
import type { AuditEvent } from "./event";
import { writtenHead } from "./record";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Rows removed by one statement. */
const BATCH = 250;

/** Rows removed by one run at most; the next one goes on. */
const MAX_REMOVED = 100_000;

// One run by a wrong clock could remove rows for good, so retention needs signs that the clock is right.
const MAX_CLOCK_DIFFERENCE_MS = 60_000;
const MAX_SILENCE_MS = 30 * DAY_MS;

/**
 * Removes rows older than the retention, now and every day; and logs every hour, and at the end, the
 * newest row that this process has written, where there is a newer one than before. A log that is kept
 * elsewhere thus shows when rows are missing from the end, which the table alone cannot. Returns the
 * function that stops it.
 */
export function keepAudit(db: Database, retentionDays: number): () => Promise<void> {
  const stopping = new AbortController();
  let logged: string | null = null;
  const logHead = () => {
    const head = writtenHead();
    if (head === null || head.hash === logged) return;
    logged = head.hash;
    logLine("audit", `head ${head.sequence}:${head.hash}`, { level: "info" });
  };
  const prune = async () => {
    try {
      const doubt = await doubtOfClock(db);
      if (doubt !== null) {
        logLine("audit", `no old rows were removed: ${doubt}`, { level: "warning" });
        return;
      }
      await pruneAudit(db, { retentionDays, now: new Date(), signal: stopping.signal });
    } catch (error) {
      logLine("audit", `old rows could not be removed: ${reasonOf(error)}`);
    }
  };

  let pruning = prune();
  const timers = [
    setInterval(logHead, HOUR_MS),
    setInterval(() => {
      pruning = pruning.then(prune);
    }, DAY_MS),
  ];
  for (const timer of timers) timer.unref();
  return async () => {
    for (const timer of timers) clearInterval(timer);
    stopping.abort();
    await pruning;
    logHead();
  };
}

/** Returns why the clock may be wrong, or null. */
async function doubtOfClock(db: Database): Promise<string | null> {
  const earliest = Date.now();
  const { rows } = (await db.execute(
    sql`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`,
  )) as unknown as { readonly rows: readonly { readonly ms: number }[] };
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

/** What an announcement says of the rows that are removed: all are from before the cut-off. */
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
  const before = new Date(now.getTime() - retentionDays * DAY_MS);
  const old = await findOld(db, before);
  if (old === null) return 0;
  const { first, last } = old;
  await appendEvents(db, [announcement(first, last, { before, retentionDays }, now)]);
  const end = Math.min(last.sequence, first - 1 + maxRemoved);
  let removed = first - 1;
  while (removed < end && !signal?.aborted) {
    removed = Math.min(removed + BATCH, end);
    await removeThrough(db, removed, last.sequence);
    // An embedded database answers without ever letting go of the server: others have their turn here.
    await setImmediate();
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

/** The rows before the first one that is not old, wherever old ones stand behind it. */
async function findOld(
  db: Database,
  before: Date,
): Promise<{ first: number; last: ChainHead } | null> {
  const { sequence, hash, at } = auditEvents;
  let first: number | undefined;
  let last: ChainHead | undefined;
  for (;;) {
    const rows = await db
      .select({ sequence, hash, at })
      .from(auditEvents)
      .where(gt(sequence, last?.sequence ?? 0))
      .orderBy(asc(sequence))
      .limit(BATCH);
    first ??= rows[0]?.sequence;
    const kept = rows.findIndex((row) => row.at >= before);
    last = (kept === -1 ? rows : rows.slice(0, kept)).at(-1) ?? last;
    if (kept !== -1 || rows.length < BATCH) break;
    await setImmediate();
  }
  return first === undefined || last === undefined ? null : { first, last };
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
