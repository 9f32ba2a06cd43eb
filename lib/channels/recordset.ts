import { type SQL, sql } from "drizzle-orm";

/** Rows as a table of a statement, by these names and types: one parameter, whatever their number. */
export function recordset(name: string, rows: readonly object[], shape: SQL): SQL {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as ${sql.identifier(name)}(${shape})`;
}
