import { randomUUID } from "node:crypto";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Client } from "pg";
import type { OpenedDatabase } from "@/lib/db/database";
import { openDatabase } from "@/lib/db/open-database";
import { Secret } from "@/lib/secret";
import { startPostgres } from "./postgres";

type TestDatabase = { readonly name: string; open(): Promise<OpenedDatabase> };

/** The database of most tests, opened empty and migrated: for `describe.each`. */
export const testDatabases: readonly TestDatabase[] = [{ name: "PostgreSQL", open: openOnServer }];

/** Both databases, for what could differ between them. */
export const bothDatabases: readonly TestDatabase[] = [
  ...testDatabases,
  { name: "the embedded database", open: openEmbedded },
];

async function openOnServer(): Promise<OpenedDatabase> {
  const server = await startPostgres();
  const url = await createDatabase(server.url, process.env.TEST_DATABASE_TEMPLATE);
  const opened = await openDatabase({ kind: "postgres", url: new Secret(url) });
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await dropDatabase(server.url, url);
      await server.stop();
    },
  };
}

/** Fills a directory with an empty, migrated embedded database if there is one to copy: to make one takes seconds. */
export function copyEmbedded(directory: string): void {
  const { TEST_EMBEDDED_TEMPLATE: template } = process.env;
  if (template) cpSync(template, directory, { recursive: true });
}

/** Fills a directory with an embedded database that no version of the desk has migrated yet. */
export async function copyUnmigrated(directory: string): Promise<void> {
  copyEmbedded(directory);
  const database = new PGlite(join(directory, "database"));
  await database.exec(
    "drop schema if exists drizzle, pgboss cascade; drop schema public cascade; create schema public",
  );
  await database.close();
}

async function openEmbedded(): Promise<OpenedDatabase> {
  const directory = mkdtempSync(join(tmpdir(), "test-database-"));
  copyEmbedded(directory);
  const opened = await openDatabase({ kind: "embedded", directory });
  return {
    ...opened,
    close: async () => {
      await opened.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/**
 * Creates a database of its own on a test server, so that suites never meet, and returns its address.
 * With a template it is a copy of that.
 */
export async function createDatabase(serverUrl: string, template?: string): Promise<string> {
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const copied = template === undefined ? "" : ` template ${template}`;
  await onServer(serverUrl, `create database ${name}${copied}`);
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
