import { and, asc, gt } from "drizzle-orm";
import { auditEvents } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import type { AuditRow } from "./chain";
import { type AuditFilter, conditionOf } from "./filter";

// What an embedded database reads in one statement without holding up the server.
const BATCH = 500;

/**
 * The rows up to a sequence that a filter means, oldest first, some at a time: they are never in memory
 * all at once.
 */
export async function* exportRows(
  store: Store,
  filter: AuditFilter,
  through: number,
): AsyncGenerator<readonly AuditRow[], void> {
  const condition = conditionOf(filter, through);
  let after = 0;
  for (;;) {
    const rows = await store
      .select()
      .from(auditEvents)
      .where(and(condition, gt(auditEvents.sequence, after)))
      .orderBy(asc(auditEvents.sequence))
      .limit(BATCH);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = last.sequence;
  }
}
