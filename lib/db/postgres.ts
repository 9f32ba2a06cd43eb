import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { Pool } from "pg";
import { logLine } from "@/lib/log";
import type { Secret } from "@/lib/secret";
import { reasonOf, StoreError } from "./errors";
import type { OpenedStore } from "./store";

// Any number that no other program of the same database uses for its own locks.
const MIGRATION_LOCK = 7_413_920_258;

/** Connects to a PostgreSQL server and migrates it; several instances may do so at once. */
export async function openPostgres(url: Secret, migrationsFolder: string): Promise<OpenedStore> {
  const pool = new Pool({
    connectionString: url.reveal(),
    connectionTimeoutMillis: 10_000,
    application_name: "channel-desk",
  });
  // Without a listener a connection that breaks while idle would end the process.
  pool.on("error", (error) => logLine("store", error.message));
  try {
    await migrateAlone(pool, migrationsFolder);
  } catch (error) {
    await pool.end();
    throw new StoreError(
      `The database of DATABASE_URL cannot be used: ${reasonOf(error)}. Check the address, the password and that the server runs.`,
      { cause: error },
    );
  }
  return { store: drizzle(pool), close: () => pool.end() };
}

async function migrateAlone(pool: Pool, migrationsFolder: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrate(drizzle(client), { migrationsFolder });
    await client.query("select pg_advisory_unlock($1)", [MIGRATION_LOCK]);
    client.release();
  } catch (error) {
    // The connection is thrown away, and with it the lock.
    client.release(true);
    throw error;
  }
}
