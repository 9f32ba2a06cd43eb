import { desc, sql } from "drizzle-orm";
import { auditEvents } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import { BEGINNING, type ChainHead, chain } from "./chain";
import { contentOf } from "./content";
import type { AuditEvent } from "./event";

// Any number that no other program of the same database uses for its own locks.
const APPEND_LOCK = 7_413_920_259;

/**
 * Writes events behind the newest row, all of them or none, and gives the new head once they are
 * committed. Writers wait for each other, in whatever process they are, ten seconds at most.
 */
export function appendEvents(store: Store, events: readonly AuditEvent[]): Promise<ChainHead> {
  // The head must be read as it is when the lock is had, whatever the server's default is.
  return store.transaction((transaction) => insertBehindHead(transaction, events), {
    isolationLevel: "read committed",
  });
}

/** Throws what writing an event would throw now; nothing of it stays. */
export async function tryAppend(store: Store, event: AuditEvent): Promise<void> {
  const undo = new Error("undo");
  const trial = store.transaction(async (transaction) => {
    await insertBehindHead(transaction, [event]);
    throw undo;
  });
  await trial.catch((error: unknown) => {
    if (error !== undo) throw error;
  });
}

/** The newest row; before the first one, the beginning of the chain. */
export async function readHead(store: Store): Promise<ChainHead> {
  const [head = BEGINNING] = await store
    .select({ sequence: auditEvents.sequence, hash: auditEvents.hash })
    .from(auditEvents)
    .orderBy(desc(auditEvents.sequence))
    .limit(1);
  return head;
}

async function insertBehindHead(
  transaction: Store,
  events: readonly AuditEvent[],
): Promise<ChainHead> {
  await transaction.execute(
    sql`select set_config('lock_timeout', '10s', true), pg_advisory_xact_lock(${APPEND_LOCK})`,
  );
  const head = await readHead(transaction);
  const rows = chain(head, events.map(contentOf));
  await transaction.insert(auditEvents).values(rows);
  const { sequence, hash } = rows.at(-1) ?? head;
  return { sequence, hash };
}
