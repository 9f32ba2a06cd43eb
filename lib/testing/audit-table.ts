import { type SQL, sql } from "drizzle-orm";
import type { Store } from "@/lib/db/store";

/** Does to the audit what its triggers refuse, as somebody could who may change the database itself. */
export async function tamper(store: Store, statement: SQL): Promise<void> {
  await store.transaction(async (transaction) => {
    await transaction.execute(sql`alter table audit_events disable trigger user`);
    await transaction.execute(statement);
    for (const trigger of ["audit_events_delete", "audit_events_update"]) {
      await transaction.execute(
        sql`alter table audit_events enable always trigger ${sql.identifier(trigger)}`,
      );
    }
  });
}

/** Begins the audit of a test anew. */
export function emptyAudit(store: Store): Promise<void> {
  return tamper(store, sql`delete from audit_events`);
}
