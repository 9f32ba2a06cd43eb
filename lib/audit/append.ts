import { desc, sql } from "drizzle-orm";
import { z } from "zod";
import type { Database } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { BEGINNING, type ChainHead, chain } from "./chain";
import { contentOf } from "./content";
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
