import type { Secret } from "@/lib/secret";
import type { OpenedDatabase } from "./database";
import { causeMessage, DatabaseError } from "./errors";
import { migrate } from "./migrate";
import { openPool } from "./pool";

/** Connects to a PostgreSQL server and migrates it; several instances may do so at once. */
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
