import { and, asc, eq, getTableColumns, gt, inArray, lte, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import {
  type AuditRow,
  BEGINNING,
  type ChainFault,
  type ChainHead,
  firstFault,
  readHead,
} from "./chain";
import { type CutOff, cutOffOf } from "./retention";

/** A row's claim that retention removed rows. Earlier versions recorded no cut-off. */
export type Removal = { readonly through: number; readonly cutOff: CutOff | null };

/** The result of a verification. `hash` is that of the last row; without rows `last` is 0. */
export type Verdict =
  | {
      readonly ok: true;
      readonly rows: number;
      readonly first: number;
      readonly last: number;
      readonly head: string;
      /** Null if all rows since the first exist. */
      readonly removal: Removal | null;
    }
  | {
      readonly ok: false;
      readonly at: number;
      readonly problem: ChainFault["problem"] | "beginning";
    };

// Rows in memory at once.
const BATCH = 250;

/**
 * Recomputes the chain over all rows that exist at its start. Detects changed, inserted and removed
 * rows, except the oldest ones whose removal retention has announced. Rows removed at the end leave
 * no trace: compare a head that was kept elsewhere.
 */
export async function verifyAudit(
  db: Database,
  onProgress?: (verified: number, total: number) => void,
): Promise<Verdict> {
  for (;;) {
    const oldest = await readOldest(db);
    const verdict = await verifyFrom(db, oldest, onProgress);
    if (verdict.ok || (await readOldest(db))?.sequence === oldest?.sequence) return verdict;
    // Retention removed rows during the read: start again.
  }
}

/**
 * Returns whether the row of a head that was kept elsewhere is unchanged, or "pruned" if retention
 * has removed it. Call it only for an audit log that was verified.
 */
export async function compareHead(
  db: Database,
  { sequence, hash }: ChainHead,
): Promise<"same" | "other" | "pruned"> {
  const [row] = await db
    .select({ hash: auditEvents.hash })
    .from(auditEvents)
    .where(eq(auditEvents.sequence, sequence));
  if (row !== undefined) return row.hash === hash ? "same" : "other";
  const oldest = await readOldest(db);
  return oldest !== undefined && sequence < oldest.sequence ? "pruned" : "other";
}

type Oldest = Pick<AuditRow, "sequence" | "previousHash"> | undefined;

async function verifyFrom(
  db: Database,
  oldest: Oldest,
  onProgress?: (verified: number, total: number) => void,
): Promise<Verdict> {
  const start =
    oldest === undefined || oldest.sequence === 1
      ? BEGINNING
      : { sequence: oldest.sequence - 1, hash: oldest.previousHash };
  const removal = start === BEGINNING ? null : await findRemoval(db, start);
  if (removal === undefined) return { ok: false, at: start.sequence + 1, problem: "beginning" };
  const end = (await readHead(db)).sequence;
  let verified: ChainHead = start;
  while (verified.sequence < end) {
    const rows = await readBatch(db, verified.sequence, end);
    const fault = firstFault(verified, rows);
    if (fault !== null) return { ok: false, ...fault };
    const last = rows.at(-1);
    if (last === undefined) return { ok: false, at: verified.sequence + 1, problem: "missing" };
    verified = last;
    onProgress?.(last.sequence - start.sequence, end - start.sequence);
  }
  const { sequence: last, hash: head } = verified;
  return { ok: true, rows: last - start.sequence, first: start.sequence + 1, last, head, removal };
}

async function readOldest(db: Database): Promise<Oldest> {
  const [oldest] = await db
    .select({ sequence: auditEvents.sequence, previousHash: auditEvents.previousHash })
    .from(auditEvents)
    .orderBy(asc(auditEvents.sequence))
    .limit(1);
  return oldest;
}

const COLUMNS = {
  ...getTableColumns(auditEvents),
  // Times between two milliseconds are never written and would be rounded to a written one.
  at: sql<Date>`case when ${auditEvents.at} = date_trunc('milliseconds', ${auditEvents.at}) then ${auditEvents.at} end`.mapWith(
    auditEvents.at,
  ),
};

function readBatch(db: Database, after: number, end: number): Promise<AuditRow[]> {
  return db
    .select(COLUMNS)
    .from(auditEvents)
    .where(and(gt(auditEvents.sequence, after), lte(auditEvents.sequence, end)))
    .orderBy(asc(auditEvents.sequence))
    .limit(BATCH);
}

/**
 * Returns what a row says about the removal of all rows up to this one, or undefined. The row is
 * part of the verified chain. It counts only if it was written the retention after its cut-off and
 * the first kept row is not older. After an interrupted removal the last announced row still
 * exists.
 */
async function findRemoval(db: Database, removed: ChainHead): Promise<Removal | undefined> {
  const announcements = await db
    .select({
      at: auditEvents.at,
      target: auditEvents.target,
      code: auditEvents.code,
      reason: auditEvents.reason,
    })
    .from(auditEvents)
    .where(eq(auditEvents.action, "audit.prune"));
  const announced = announcements
    .map((row) => ({ through: Number(row.target), hash: row.code, ...row }))
    .filter(({ through }) => Number.isSafeInteger(through) && through >= removed.sequence);
  const near = await db
    .select({ sequence: auditEvents.sequence, hash: auditEvents.hash, at: auditEvents.at })
    .from(auditEvents)
    .where(
      inArray(
        auditEvents.sequence,
        announced.flatMap(({ through }) => [through, through + 1]),
      ),
    );
  for (const { through, hash, at, reason } of announced) {
    const last = [removed, ...near].find(({ sequence }) => sequence === through);
    if (last?.hash !== hash) continue;
    // Earlier versions recorded no cut-off.
    if (reason === null) return { through, cutOff: null };
    const cutOff = cutOffOf({ at, reason });
    const kept = near.find(({ sequence }) => sequence === through + 1);
    if (cutOff && kept && kept.at >= cutOff.before) return { through, cutOff };
  }
  return undefined;
}

/** The result of a verification, and when it started. */
export type CheckedChain = { readonly verdict: Verdict; readonly at: Date };

type Check = { readonly done: Promise<CheckedChain>; freshUntil: number };

// A verification reads all rows, so many pages share one.
const FRESH_MS = 60_000;

const latest = new WeakMap<Database, Check>();

/** Returns the current result for the chain, at most a minute old. */
export function checkedChain(db: Database, now: Date): Promise<CheckedChain> {
  const known = latest.get(db);
  if (known && now.getTime() < known.freshUntil) return known.done;
  const done = verifyAudit(db).then((verdict) => ({ verdict, at: now }));
  // While it runs, all wait for it.
  const check: Check = { done, freshUntil: Number.POSITIVE_INFINITY };
  latest.set(db, check);
  done.then(
    () => {
      check.freshUntil = now.getTime() + FRESH_MS;
    },
    // A failed verification is not reused.
    () => latest.delete(db),
  );
  return done;
}
