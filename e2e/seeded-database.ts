import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addAccount } from "@/lib/auth/accounts";
import { addSamplePeople, SAMPLE_PASSWORD } from "@/lib/cli/sample-people";
import type { Database } from "@/lib/db/database";
import { openDatabase } from "@/lib/db/open-database";
import { Secret } from "@/lib/secret";
import { startPostgres } from "@/lib/testing/postgres";
import { createDatabase, dropDatabase } from "@/lib/testing/test-databases";

/** Further people of every seeded database, of the role support: each for one journey that changes an account. */
export const OTHER_PEOPLE = ["ann", "bob", "cat", "dan", "eva", "gil", "hal", "ian"] as const;

/** Adds the sample people and the others. */
export async function seed(db: Database): Promise<void> {
  await addSamplePeople(db);
  for (const name of OTHER_PEOPLE) {
    const email = `${name}@demo.test`;
    await addAccount(db, { email, name, role: "support", password: SAMPLE_PASSWORD });
  }
}

/** The variable by which the runner tells its workers the name of the seeded database. */
const SEEDED_DATABASE = "CHANNEL_DESK_SEEDED_DATABASE";

/** Starts a PostgreSQL server with one seeded database, which `copySeeded` copies. Returns a function that ends it. */
export async function shareSeeded(): Promise<() => Promise<void>> {
  const server = await startPostgres();
  const url = await createDatabase(server.url);
  const { db, close } = await openDatabase({ kind: "postgres", url: new Secret(url) });
  await seed(db);
  await close();
  process.env.TEST_DATABASE_URL = server.url;
  process.env[SEEDED_DATABASE] = new URL(url).pathname.slice(1);
  return async () => {
    await dropDatabase(server.url, url);
    await server.stop();
  };
}

const serverUrl = () => process.env.TEST_DATABASE_URL ?? "";

/** Creates a copy of the seeded database and returns its address. */
export const copySeeded = () => createDatabase(serverUrl(), process.env[SEEDED_DATABASE]);

/** Removes a copy. */
export const dropCopy = (url: string) => dropDatabase(serverUrl(), url);

/** Makes a seeded embedded database, which takes seconds, and returns its directory. */
export function seedEmbedded(): string {
  const directory = mkdtempSync(join(tmpdir(), "channel-desk-seed-"));
  // A process of its own, because making a database takes a gigabyte until the process ends.
  execFileSync(process.execPath, ["--import", "tsx", "e2e/seed-database.ts", directory], {
    stdio: "inherit",
  });
  return directory;
}
