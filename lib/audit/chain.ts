import { createHash } from "node:crypto";
import type { auditEvents } from "@/lib/db/schema";

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
