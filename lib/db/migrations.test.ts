import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { type PostgresServer, startPostgres } from "@/lib/testing/postgres";
import { createDatabase } from "@/lib/testing/stores";
import { openDatabase } from "./embedded";
import { openPostgres } from "./postgres";
import { accounts, preferences, savedViews } from "./schema";

const ALL = "lib/db/migrations";
const ann = { email: "ann@example.com", name: "Ann", role: "admin", passwordHash: "x" } as const;

/** The migrations as they were when only the first so many were there. */
function earlier(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), "migrations-"));
  cpSync(ALL, folder, { recursive: true });
  const journal = join(folder, "meta/_journal.json");
  const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8"));
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, count) }));
  return folder;
}

describe("a database of the first version", () => {
  let first: string;
  let server: PostgresServer;
  beforeAll(async () => {
    first = earlier(1);
    server = await startPostgres();
  });
  afterAll(async () => {
    rmSync(first, { recursive: true });
    await server.stop();
  });

  const onServer = async () => {
    const url = new Secret(await createDatabase(server.url));
    return (folder: string) => openPostgres(url, folder);
  };
  const embedded = async () => {
    const directory = mkdtempSync(join(first, "database-"));
    return (folder: string) => openDatabase(new PGlite(directory), folder);
  };

  test.each([
    ["PGlite", embedded],
    ["PostgreSQL", onServer],
  ])(
    "keeps its accounts when it is brought up to date, on %s",
    async (_, prepare) => {
      const open = await prepare();
      const old = await open(first);
      const [before] = await old.store.insert(accounts).values(ann).returning();
      await expect(old.store.$count(savedViews)).rejects.toThrow();
      await old.close();

      const { store, close } = await open(ALL);
      expect(await store.select().from(accounts)).toEqual([before]);
      expect(await store.$count(savedViews)).toBe(0);
      expect(await store.$count(preferences)).toBe(0);
      await close();
      // An embedded database takes seconds to make on a busy machine, and this makes one and opens it twice.
    },
    60_000,
  );
});
