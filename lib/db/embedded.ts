import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { lockDirectory } from "./directory-lock";
import { causeMessage, StoreError } from "./errors";
import type { OpenedStore } from "./store";

/** Opens the database in a directory that only this process may use until it is closed. */
export async function openEmbedded(
  directory: string,
  migrationsFolder: string,
): Promise<OpenedStore> {
  const unlock = lock(directory);
  try {
    const opened = await openDatabase(new PGlite(join(directory, "database")), migrationsFolder);
    return {
      store: opened.store,
      close: () => opened.close().finally(unlock),
    };
  } catch (error) {
    unlock();
    throw new StoreError(
      `The data directory ${directory} cannot be opened: ${causeMessage(error)}.`,
      {
        cause: error,
      },
    );
  }
}

/** Migrates a PGlite database, in a directory or in memory, into a store. */
export async function openDatabase(
  database: PGlite,
  migrationsFolder: string,
): Promise<OpenedStore> {
  const store = drizzle(database);
  await migrate(store, { migrationsFolder });
  return { store, close: () => database.close() };
}

function lock(directory: string): () => void {
  try {
    // What is in it is for nobody else on the machine.
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return lockDirectory(directory);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    throw new StoreError(
      `The data directory ${directory} cannot be used: ${causeMessage(error)}.`,
      {
        cause: error,
      },
    );
  }
}
