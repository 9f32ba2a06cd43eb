import type { Secret } from "@/lib/secret";
import { causeMessage, StoreError } from "./errors";
import { migrate } from "./migrate";
import { openPool } from "./pool";
import type { OpenedStore } from "./store";

/** Connects to a PostgreSQL server and migrates it; several instances may do so at once. */
export async function openPostgres(url: Secret, migrationsFolder: string): Promise<OpenedStore> {
  const connection = { connectionString: url.reveal() };
  try {
    await migrate(connection, migrationsFolder);
  } catch (error) {
    const advice =
      error instanceof StoreError
        ? ""
        : " Check the address, the password and that the server runs.";
    throw new StoreError(
      `The database of DATABASE_URL cannot be used: ${causeMessage(error)}.${advice}`,
      { cause: error },
    );
  }
  return openPool(connection);
}
