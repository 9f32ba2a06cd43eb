import { setImmediate } from "node:timers/promises";
import { and, asc, eq, getTableColumns, gt, inArray, lte, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { readHead } from "./append";
import { type AuditRow, BEGINNING, type ChainFault, type ChainHead, firstFault } from "./chain";
import { type CutOff, cutOffOf } from "./retention";

/** What a row says that retention removed; the cut-off is null in rows of earlier versions. */
export type Removal = { readonly through: number; readonly cutOff: CutOff | null };

/** What a verification found. The hash is of the last row; without any row, `last` is 0. */
export type Verdict =
  | {
      readonly ok: true;
      readonly rows: number;
      readonly first: number;
      readonly last: number;
      readonly head: string;
      /** Null where all rows since the first are there. */
      readonly removal: Removal | null;
    }
  | {
      readonly ok: false;
      readonly at: number;
      readonly problem: ChainFault["problem"] | "beginning";
    };

// What an embedded database reads in one statement without holding up the server.
const BATCH = 250;

/**
 * Recomputes the chain over all rows that are there at its start: whether any has been changed, put in
 * or taken out since it was written, apart from the oldest, where retention has announced that. Rows
 * removed from the end leave no trace in the rest: compare a head that was kept elsewhere.
 */
export async function verifyAudit(
  db: Database,
  onProgress?: (verified: number, total: number) => void,
): Promise<Verdict> {
  for (;;) {
    const oldest = await readOldest(db);
    const verdict = await verifyFrom(db, oldest, onProgress);
    if (verdict.ok || (await readOldest(db))?.sequence === oldest?.sequence) return verdict;
    // Retention has removed rows under the reading: anew.
  }
}

/**
 * Whether the row of a head that was kept elsewhere is still the one it was; "pruned" when retention
 * has removed it, so that nothing can be said. To be asked of an audit that was found whole.
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
    // An embedded database answers without ever letting go of the server: others have their turn here.
    await setImmediate();
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
  // A moment between two milliseconds was never written, and would be rounded to one that was.
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
 * Returns what a row says of the removal of all rows up to this one, undefined when no row does. The row
 * is part of what is verified. It counts only if it was written the retention after its cut-off, and if
 * the first row that it kept is not older than that. Where a removal was interrupted, the last row that
 * it announced is still there.
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

/** What a verification found, and when it began. */
export type CheckedChain = { readonly verdict: Verdict; readonly at: Date };

type Check = { readonly at: Date; readonly done: Promise<CheckedChain>; isRunning: boolean };

// All rows are read for it, which many pages at once must not do over and over.
const FRESH_MS = 60_000;

const latest = new WeakMap<Database, Check>();

/** The verdict on the chain as it is now, or was a minute ago at most. */
export function checkedChain(db: Database, now: Date): Promise<CheckedChain> {
  const known = latest.get(db);
  if (known && (known.isRunning || now.getTime() - known.at.getTime() < FRESH_MS)) {
    return known.done;
  }
  const check: Check = {
    at: now,
    done: verifyAudit(db).then((verdict) => ({ verdict, at: now })),
    isRunning: true,
  };
  latest.set(db, check);
  check.done.then(
    () => {
      check.isRunning = false;
    },
    // What failed is no answer for the next one who asks.
    () => latest.delete(db),
  );
  return check.done;
}
