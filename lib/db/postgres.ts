import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Client, Pool } from "pg";
import { logLine, reasonOf } from "@/lib/log";
import type { Secret } from "@/lib/secret";
import { causeMessage, StoreError } from "./errors";
import type { OpenedStore } from "./store";

// Any number that no other program of the same database uses for its own locks.
const MIGRATION_LOCK = 7_413_920_258;

/** Connects to a PostgreSQL server and migrates it; several instances may do so at once. */
export async function openPostgres(url: Secret, migrationsFolder: string): Promise<OpenedStore> {
  const connection = {
    connectionString: url.reveal(),
    connectionTimeoutMillis: 10_000,
    application_name: "channel-desk",
    keepAlive: true,
  };
  // A connection that has silently died would hold up whoever waits for it for ever.
  const pool = new Pool({ ...connection, query_timeout: 30_000 });
  pool.on("error", noteBroken);
  try {
    await migrateAlone(new Client(connection), migrationsFolder);
  } catch (error) {
    await pool.end();
    throw new StoreError(
      `The database of DATABASE_URL cannot be used: ${causeMessage(error)}. Check the address, the password and that the server runs.`,
      { cause: error },
    );
  }
  // Two processors of the server, and two of the ten connections of this one.
  const store = Object.assign(drizzle(pool), { statementsAtOnce: 2 });
  return { store, close: () => pool.end() };
}

/** On a connection of its own, that takes as long as it takes; with it goes the lock. */
async function migrateAlone(client: Client, migrationsFolder: string): Promise<void> {
  client.on("error", noteBroken);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder });
  } finally {
    await client.end();
  }
}

/** Without a listener a connection that breaks while idle would end the process. */
function noteBroken(error: Error): void {
  logLine("store", reasonOf(error));
}
