import { desc, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { type AuditContent, BEGINNING, type ChainHead, chain } from "./chain";
import type { AuditEvent } from "./event";

// Any number that no other program of the same database uses for its own locks.
const APPEND_LOCK = "7413920259";

/**
 * Writes events behind the newest row, all of them or none, and gives the new head once they are
 * committed. Writers wait for each other, in whatever process they are, ten seconds at most.
 */
export function appendEvents(db: Database, events: readonly AuditEvent[]): Promise<ChainHead> {
  // The head must be read as it is when the lock is had, whatever the server's default is.
  return db.transaction((transaction) => insertBehindHead(transaction, events), {
    isolationLevel: "read committed",
  });
}

/** Throws what writing an event would throw now; nothing of it stays. */
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

/** The newest row; before the first one, the beginning of the chain. */
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
      sql`select set_config('lock_timeout', '10s', true), pg_advisory_xact_lock(${sql.raw(APPEND_LOCK)});
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
 * What is kept of an event. Whatever a client has sent, it can be written, and is read back the same:
 * texts have a greatest length (the cut shows as …), and what PostgreSQL does not take is replaced.
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

// Cut first: that may leave half of a character.
function text(value: string, longest: number): string {
  const cut = value.length > longest ? `${value.slice(0, longest - 1)}…` : value;
  return cut.replace(/\p{Surrogate}/gu, "\uFFFD").replaceAll("\0", "\uFFFD");
}

function count(value: number | null): number | null {
  if (value === null) return null;
  return Math.min(Math.max(Math.round(value) || 0, 0), LARGEST_INTEGER);
}
