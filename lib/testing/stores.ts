import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import { openDatabase } from "@/lib/db/embedded";
import { openPostgres } from "@/lib/db/postgres";
import type { OpenedStore } from "@/lib/db/store";
import { Secret } from "@/lib/secret";
import { startPostgres } from "./postgres";

const migrations = resolve(process.cwd(), "lib/db/migrations");

/** Every database the desk runs on, each opened empty and migrated: for `describe.each`. */
export const testStores: readonly { readonly name: string; open(): Promise<OpenedStore> }[] = [
  { name: "PGlite", open: async () => openDatabase(await emptyDatabase(), migrations) },
  { name: "PostgreSQL", open: openOnServer },
];

/** A copy of the one that was made for all test files. */
async function emptyDatabase(): Promise<PGlite> {
  const { TEST_EMBEDDED_DATABASE: template } = process.env;
  if (template === undefined) throw new Error("The test runner has made no database to copy.");
  return new PGlite({ loadDataDir: new Blob([await readFile(template)]) });
}

async function openOnServer(): Promise<OpenedStore> {
  const server = await startPostgres();
  const url = await createDatabase(server.url);
  const opened = await openPostgres(new Secret(url), migrations);
  return {
    store: opened.store,
    close: async () => {
      await opened.close();
      await dropDatabase(server.url, url);
      await server.stop();
    },
  };
}

/** A database of its own on a test server, so that suites never meet; gives its address. */
export async function createDatabase(serverUrl: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await onServer(serverUrl, `create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** Removes a database that `createDatabase` made; its server may be one that stays. */
export async function dropDatabase(serverUrl: string, url: string): Promise<void> {
  await onServer(serverUrl, `drop database ${new URL(url).pathname.slice(1)} with (force)`);
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}
