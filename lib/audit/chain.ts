import { createHash } from "node:crypto";
import { desc, getTableColumns, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/lib/db/database";
import { isUniqueViolation, sqlStateOf } from "@/lib/db/errors";
import { auditEvents } from "@/lib/db/schema";
import type { AuditEvent } from "./event";

/** A row as stored in the table. */
export type AuditRow = typeof auditEvents.$inferSelect;

/** A row without its position in the chain. */
export type AuditContent = Omit<AuditRow, "sequence" | "previousHash" | "hash">;

/** The newest row of a chain. It proves whether any row up to it was changed or removed. */
export type ChainHead = { readonly sequence: number; readonly hash: string };

/** The predecessor of the first row. */
export const BEGINNING: ChainHead = { sequence: 0, hash: "0".repeat(64) };

/** Assigns sequence and hash to contents after the newest row. */
export function chain(head: ChainHead, contents: readonly AuditContent[]): AuditRow[] {
  let { sequence, hash: previousHash } = head;
  return contents.map((content) => {
    sequence += 1;
    const hash = hashOf(previousHash, { ...content, sequence });
    const row = { ...content, sequence, previousHash, hash };
    previousHash = hash;
    return row;
  });
}

/** The first row that is not what was written. */
export type ChainFault = { readonly at: number; readonly problem: "missing" | "changed" };

/**
 * Returns the first row that does not match its predecessor, or null. `head` is the row before the
 * first. Rows missing at the end cannot be detected without a head that was kept elsewhere.
 */
export function firstFault(head: ChainHead, rows: readonly AuditRow[]): ChainFault | null {
  let before = head;
  for (const row of rows) {
    const at = before.sequence + 1;
    if (row.sequence > at) return { at, problem: "missing" };
    const isAsWritten =
      row.sequence === at &&
      row.previousHash === before.hash &&
      row.hash === hashOf(before.hash, row);
    if (!isAsWritten) return { at: row.sequence, problem: "changed" };
    before = row;
  }
  return null;
}

// A JSON array separates the values, and null from an empty string.
function hashOf(previousHash: string, row: Omit<AuditRow, "previousHash" | "hash">): string {
  const canonical = JSON.stringify([
    row.sequence,
    row.at,
    row.requestId,
    row.actorId,
    row.actorEmail,
    row.actorRole,
    row.address,
    row.action,
    row.outcome,
    row.code,
    row.app,
    row.subscriberId,
    row.target,
    row.fields,
    row.reason,
    row.rows,
    row.durationMs,
  ]);
  return createHash("sha256").update(previousHash).update(canonical).digest("hex");
}

// Any number that no other program uses for locks in the same database.
const LOCK = sql.raw("set_config('lock_timeout', '10s', true), pg_advisory_xact_lock(7413920259)");

/**
 * Appends events, all or none, and returns the new head. Writers wait at most ten seconds.
 *
 * @param expected the newest row as far as known. If it is, one event takes one statement instead of five.
 */
export async function appendEvents(
  db: Database,
  events: readonly AuditEvent[],
  expected: ChainHead | null = null,
): Promise<ChainHead> {
  const [event] = events;
  const isOne = event !== undefined && events.length === 1;
  const head = expected && isOne ? await appendTo(db, expected, event) : null;
  if (head) return head;
  // The head must be read after the lock is held, whatever the server's default isolation is.
  return db.transaction((transaction) => insertBehindHead(transaction, events), {
    isolationLevel: "read committed",
  });
}

/** Appends an event to the expected head. Returns null, and writes nothing, if that is not the newest row. */
async function appendTo(
  db: Database,
  expected: ChainHead,
  event: AuditEvent,
): Promise<ChainHead | null> {
  const row = chain(expected, [contentOf(event)])[0];
  if (!row) return null;
  const values = Object.entries(getTableColumns(auditEvents)).map(([name, column]) =>
    sql.param(row[name as keyof AuditRow], column),
  );
  const { sequence, hash } = auditEvents;
  const newest = sql`(select ${hash} from ${auditEvents} order by ${sequence} desc limit 1)`;
  try {
    const [head] = await db
      .insert(auditEvents)
      .select(
        sql`select ${sql.join(values, sql`, `)} from (select ${LOCK}) as locked where ${newest} = ${expected.hash}`,
      )
      .returning({ sequence, hash });
    return head ?? null;
  } catch (error) {
    // Another desk wrote while this one waited for the lock.
    if (isUniqueViolation(error) || sqlStateOf(error) === "40001") return null;
    throw error;
  }
}

/** Throws the error that writing an event would cause now. Writes nothing. */
export async function tryAppend(db: Database, event: AuditEvent): Promise<void> {
  const undo = new Error("undo");
  const trial = db.transaction(async (transaction) => {
    await insertBehindHead(transaction, [event]);
    throw undo;
  });
  await trial.catch((error: unknown) => {
    if (error !== undo) throw error;
  });
}

/** Returns the newest row, or the start of the chain. */
export async function readHead(db: Database): Promise<ChainHead> {
  const [head = BEGINNING] = await db
    .select({ sequence: auditEvents.sequence, hash: auditEvents.hash })
    .from(auditEvents)
    .orderBy(desc(auditEvents.sequence))
    .limit(1);
  return head;
}

async function insertBehindHead(
  transaction: Database,
  events: readonly AuditEvent[],
): Promise<ChainHead> {
  const head = await lockHead(transaction);
  const rows = chain(head, events.map(contentOf));
  await transaction.insert(auditEvents).values(rows);
  const { sequence, hash } = rows.at(-1) ?? head;
  return { sequence, hash };
}

/**
 * Waits for the lock, then returns the newest row. Both statements go to the database in one message, and the
 * second one sees what was committed while the first one waited.
 */
async function lockHead(transaction: Database): Promise<ChainHead> {
  const { sequence, hash } = auditEvents;
  const [, { rows }] = lockedHead.parse(
    await transaction.execute(
      sql`select ${LOCK};
        select ${sequence}, ${hash} from ${auditEvents} order by ${sequence} desc limit 1`,
    ),
  );
  return rows[0] ?? BEGINNING;
}

const lockedHead = z.tuple([
  z.unknown(),
  z.object({ rows: z.array(z.object({ sequence: z.coerce.number(), hash: z.string() })) }),
]);

const LARGEST_INTEGER = 2_147_483_647;

/**
 * Returns the stored content of an event. Anything a client sends can be written and is read back
 * unchanged: texts are cut at a maximum length (with …), and characters that PostgreSQL rejects are
 * replaced.
 */
export function contentOf(event: AuditEvent): AuditContent {
  return {
    at: event.at,
    requestId: text(event.requestId, 100),
    actorId: event.actor?.id.toLowerCase() ?? null,
    actorEmail: textOrNull(event.actor?.email, 320),
    actorRole: textOrNull(event.actor?.role, 50),
    address: textOrNull(event.address, 100),
    action: event.action,
    outcome: event.outcome,
    code: textOrNull(event.code, 100),
    app: textOrNull(event.app, 100),
    subscriberId: textOrNull(event.subscriberId, 200),
    target: textOrNull(event.target, 500),
    fields: event.fields?.map((field) => text(field, 100)) ?? null,
    reason: textOrNull(event.reason, 500),
    rows: count(event.rows),
    durationMs: count(event.durationMs),
  };
}

function textOrNull(value: string | null | undefined, longest: number): string | null {
  return value == null ? null : text(value, longest);
}

// Cut first: that may split a character.
function text(value: string, longest: number): string {
  const cut = value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
  return cut.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\0", "\uFFFD");
}

function count(value: number | null): number | null {
  if (value === null) return null;
  return Math.min(Math.max(Math.round(value) || 0, 0), LARGEST_INTEGER);
}
