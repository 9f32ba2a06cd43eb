import { resolve } from "node:path";
import { openPostgres } from "@/lib/db/open-database";
import { Secret } from "@/lib/secret";
import { startPostgres } from "./postgres";
import { createDatabase, dropDatabase } from "./test-databases";

/**
 * Starts one PostgreSQL server for all test files, with an empty, migrated database that each copies.
 * The test runner calls it.
 */
export default async function shareDatabase(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const template = await createDatabase(server.url);
  await (await openPostgres(new Secret(template), resolve("lib/db/migrations"))).close();
  // The workers are started after this, and so have it in their environment.
  Object.assign(process.env, {
    TEST_DATABASE_URL: server.url,
    TEST_DATABASE_TEMPLATE: new URL(template).pathname.slice(1),
  });
  return async () => {
    await dropDatabase(server.url, template);
    await server.stop();
  };
}
