import { randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import { asc, gt, lte, sql } from "drizzle-orm";
import { auditEvents } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import { appendEvents } from "./append";
import type { ChainHead } from "./chain";
import type { AuditEvent } from "./event";

// What an embedded database removes in one statement without holding up the server.
const BATCH = 250;

/**
 * Removes the rows at the beginning that are from before a moment, and gives their number. First it
 * announces in a row which is the last of them, with its hash as the code: what is left still follows
 * from that. May be stopped, or killed, between any two batches; the next call removes the rest.
 */
export async function pruneAudit(
  store: Store,
  before: Date,
  now: Date,
  signal?: AbortSignal,
): Promise<number> {
  const old = await findOld(store, before);
  if (old === null) return 0;
  const { first, last } = old;
  await appendEvents(store, [announcement(first, last, now)]);
  let removed = first - 1;
  while (removed < last.sequence && !signal?.aborted) {
    removed = Math.min(removed + BATCH, last.sequence);
    await removeThrough(store, removed, last.sequence);
    // An embedded database answers without ever letting go of the server: others have their turn here.
    await setImmediate();
  }
  return removed - first + 1;
}

/** The rows before the first one that is not old, wherever old ones stand behind it. */
async function findOld(
  store: Store,
  before: Date,
): Promise<{ first: number; last: ChainHead } | null> {
  const { sequence, hash, at } = auditEvents;
  let first: number | undefined;
  let last: ChainHead | undefined;
  for (;;) {
    const rows = await store
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

function announcement(first: number, last: ChainHead, now: Date): AuditEvent {
  return {
    at: now,
    requestId: randomUUID(),
    action: "audit.prune",
    outcome: "done",
    target: String(last.sequence),
    code: last.hash,
    rows: last.sequence - first + 1,
    ...{ actor: null, address: null, app: null, subscriberId: null },
    ...{ fields: null, reason: null, durationMs: null },
  };
}

function removeThrough(store: Store, sequence: number, announced: number): Promise<void> {
  return store.transaction(async (transaction) => {
    // Without it, or without the announcement, the table's trigger refuses.
    await transaction.execute(
      sql`select set_config('channel_desk.audit_prune_through', ${String(announced)}, true)`,
    );
    await transaction.delete(auditEvents).where(lte(auditEvents.sequence, sequence));
  });
}
