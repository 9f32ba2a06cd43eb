import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openPostgres } from "@/lib/db/open-database";
import { Secret } from "@/lib/secret";
import { startPostgres } from "./postgres";
import { ended, startProgram } from "./program";
import { createDatabase, dropDatabase } from "./test-databases";

/**
 * Makes an empty, migrated database of each kind that test files copy: on one PostgreSQL server for all of
 * them, and embedded. The test runner calls it.
 */
export default async function shareDatabase(): Promise<() => Promise<void>> {
  // Vitest calls this for its own configuration and for each project, which inherits it.
  if (process.env.TEST_DATABASE_TEMPLATE !== undefined) return async () => {};
  const scratch = mkdtempSync(join(tmpdir(), "test-embedded-"));
  const embedded = join(scratch, "data");
  // `npm test` runs all files; a run of a few makes those that it needs.
  const isWhole = process.env.TEST_ALL_FILES === "1";
  const [server] = await Promise.all([startPostgres(), isWhole && makeEmbedded(embedded)]);
  const template = await createDatabase(server.url);
  await (await openPostgres(new Secret(template), resolve("lib/db/migrations"))).close();
  // The workers are started after this, and so have it in their environment.
  Object.assign(process.env, {
    TEST_DATABASE_URL: server.url,
    TEST_DATABASE_TEMPLATE: new URL(template).pathname.slice(1),
    ...(isWhole && { TEST_EMBEDDED_TEMPLATE: embedded }),
  });
  return async () => {
    await dropDatabase(server.url, template);
    await server.stop();
    rmSync(scratch, { recursive: true });
  };
}

/** Makes it in a process of its own, which takes a gigabyte until it ends. */
async function makeEmbedded(directory: string): Promise<void> {
  const making = startProgram("lib/testing/make-embedded.ts", process.cwd(), {}, [directory]);
  const { exitCode, errors } = await ended(making);
  if (exitCode !== 0) throw new Error(`No embedded database: ${errors}`);
}
