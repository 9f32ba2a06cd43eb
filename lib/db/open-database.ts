import { resolve } from "node:path";
import { type DatabaseLocation, env } from "@/lib/env";
import type { Secret } from "@/lib/secret";
import type { OpenedDatabase } from "./database";
import { causeMessage, DatabaseError } from "./errors";
import { migrate } from "./migrate";
import { openPool } from "./pool";

/**
 * Opens and migrates the database of this process on the first call, for `database()` everywhere in
 * it. Throws a DatabaseError with one sentence about the reason.
 */
export async function openProcessDatabase(): Promise<OpenedDatabase> {
  globalThis.channelDeskDatabase ??= openDatabase(env().database);
  try {
    return await globalThis.channelDeskDatabase;
  } catch (error) {
    globalThis.channelDeskDatabase = undefined;
    throw error;
  }
}

/** Closes the database of this process, if open, and releases its directory. */
export async function closeProcessDatabase(): Promise<void> {
  const opened = globalThis.channelDeskDatabase;
  globalThis.channelDeskDatabase = undefined;
  await (await opened)?.close();
}

/** Opens and migrates a database; the caller closes it. Throws a DatabaseError. */
export async function openDatabase(location: DatabaseLocation): Promise<OpenedDatabase> {
  const migrationsFolder = resolve(process.cwd(), "lib/db/migrations");
  if (location.kind === "postgres") return openPostgres(location.url, migrationsFolder);
  // Loaded only if used: it takes hundreds of megabytes.
  const { openEmbedded } = await import("./embedded");
  return openEmbedded(location.directory, migrationsFolder);
}

/** Connects to a PostgreSQL server and migrates it. Several instances may do so at once. */
export async function openPostgres(url: Secret, migrationsFolder: string): Promise<OpenedDatabase> {
  const connection = { connectionString: url.reveal() };
  try {
    await migrate(connection, migrationsFolder);
  } catch (error) {
    const advice =
      error instanceof DatabaseError
        ? ""
        : " Check the address, the password and that the server runs.";
    throw new DatabaseError(
      `The database of DATABASE_URL cannot be used: ${causeMessage(error)}.${advice}`,
      { cause: error },
    );
  }
  return openPool(connection);
}
