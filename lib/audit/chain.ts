import { createHash } from "node:crypto";
import type { auditEvents } from "@/lib/db/schema";

/** A row as it is in the table. */
export type AuditRow = typeof auditEvents.$inferSelect;

/** A row before it has its place in the chain. */
export type AuditContent = Omit<AuditRow, "sequence" | "previousHash" | "hash">;

/** The newest row of a chain: who knows it knows whether any row up to it has been changed or removed. */
export type ChainHead = { readonly sequence: number; readonly hash: string };

/** What the first row of all follows. */
export const BEGINNING: ChainHead = { sequence: 0, hash: "0".repeat(64) };

/** Gives contents their places behind the newest row. */
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

/** Where rows stop being what was written. */
export type ChainFault = { readonly at: number; readonly problem: "missing" | "changed" };

/**
 * The first of the rows that is not what was written behind the row before it; `head` is the one before
 * the first. Null when all are. That newest rows are gone cannot be seen in those that are left: for
 * that a head must have been kept elsewhere.
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

// A JSON array says where each value begins and ends, and tells nothing from a text that is empty.
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
