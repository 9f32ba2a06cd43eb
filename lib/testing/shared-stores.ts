import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { openDatabase } from "@/lib/db/embedded";
import { startPostgres } from "./postgres";

/**
 * Makes once, before all test files, what each would else make anew in some seconds: a PostgreSQL
 * server, and an embedded database that is migrated and empty. The runner calls it.
 */
export default async function shareStores(): Promise<() => Promise<void>> {
  const scratch = mkdtempSync(join(tmpdir(), "test-stores-"));
  const template = join(scratch, "embedded.tar");
  writeFileSync(template, await emptyDatabase());
  const server = await startPostgres();
  // The workers are started after this, and so have it in their environment.
  Object.assign(process.env, {
    TEST_DATABASE_URL: server.url,
    TEST_EMBEDDED_DATABASE: template,
  });
  return async () => {
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  };
}

async function emptyDatabase(): Promise<Uint8Array> {
  const database = new PGlite();
  await openDatabase(database, resolve("lib/db/migrations"));
  const dump = await database.dumpDataDir("none");
  await database.close();
  return new Uint8Array(await dump.arrayBuffer());
}
