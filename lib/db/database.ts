import type { NodePgQueryResultHKT } from "drizzle-orm/node-postgres";
import type { PgDatabase } from "drizzle-orm/pg-core";

/** The desk's database, embedded or a PostgreSQL server. */
export type Database = PgDatabase<NodePgQueryResultHKT>;

/** The database within a transaction. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export type OpenedDatabase = {
  readonly db: Database;
  /** Runs SQL text; without values, it may be several statements. */
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Rejects with a DatabaseError if the database ends unexpectedly. Only the embedded one can. */
  readonly failure?: Promise<never>;
  close(): Promise<void>;
};

declare global {
  // The pages are a separate bundle in the process that opened the database.
  var channelDeskDatabase: Promise<OpenedDatabase> | undefined;
}

/** Returns the database of this process, opened by `openProcessDatabase`. */
export async function database(): Promise<Database> {
  if (globalThis.channelDeskDatabase === undefined) throw new Error("The database is not open.");
  return (await globalThis.channelDeskDatabase).db;
}
