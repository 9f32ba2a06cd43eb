import { type SQL, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";

/** Does to the audit what its triggers refuse, as somebody could who may change the database itself. */
export async function tamper(db: Database, statement: SQL): Promise<void> {
  await db.transaction(async (transaction) => {
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
export function emptyAudit(db: Database): Promise<void> {
  return tamper(db, sql`delete from audit_events`);
}
