import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { copyEmbedded } from "@/lib/testing/test-databases";
import type { OpenedDatabase } from "./database";
import { lockDirectory } from "./directory-lock";
import { DatabaseError, DirectoryInUseError } from "./errors";
import { openDatabase } from "./open-database";
import { accounts } from "./schema";

const scratch = mkdtempSync(join(tmpdir(), "embedded-test-"));
afterAll(() => rmSync(scratch, { recursive: true }));

// Creating a database takes seconds, and longer on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const ann = { email: "ann@example.com", name: "Ann", role: "admin", passwordHash: "x" } as const;

describe("an open embedded database", () => {
  const directory = join(scratch, "open", "data");
  let opened: OpenedDatabase;
  beforeAll(async () => {
    copyEmbedded(directory);
    opened = await openDatabase({ kind: "embedded", directory });
  });
  afterAll(() => opened.close());

  const socketDirectory = () => join(directory, "socket");
  const connect = async () => {
    const client = new Client({ host: socketDirectory(), user: "postgres", database: "postgres" });
    await client.connect();
    return client;
  };

  test("can be reached and read by nobody else on the machine", () => {
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(socketDirectory()).mode & 0o777).toBe(0o700);
    expect(readdirSync(socketDirectory())).toEqual([".s.PGSQL.5432"]);
  });

  test("gives each of many queries at once its own parameters, however long they are", async () => {
    const lengths = Array.from({ length: 60 }, (_, index) => (index % 3 === 0 ? 300_000 : index));
    const answers = await Promise.all(
      lengths.map(async (length, index) => {
        const { rows } = await opened.db.execute<{ length: number; index: number }>(
          length > 1000
            ? sql`select length(${"x".repeat(length)}) as length, ${index}::integer as index`
            : sql`select ${index}::integer as index, ${length}::integer as length`,
        );
        return rows[0];
      }),
    );
    expect(answers).toEqual(lengths.map((length, index) => ({ length, index })));
  });

  test("undoes what a connection has begun that is cut, and lets the others go on", async () => {
    const cut = await connect();
    await cut.query("begin");
    await cut.query(`create table cut_off (id integer)`);
    const waiting = opened.db.execute(sql`select to_regclass('cut_off')::text as name`);
    cut.on("error", () => {});
    cut.connection.stream.destroy();
    expect((await waiting).rows).toEqual([{ name: null }]);
  });

  test("answers others after a connection was cut in the middle of a query", async () => {
    const cut = await connect();
    cut.on("error", () => {});
    const { connection } = cut;
    // A statement that fails, after which the database skips all until the end of this query, which never comes.
    connection.parse({ name: "", text: "select nothing from nowhere", types: [] }, true);
    connection.flush();
    await new Promise((resolve) => connection.once("errorMessage", resolve));
    connection.stream.destroy();
    expect((await opened.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  });
});

test("what was written is there after closing and opening again, and nothing is left behind", async () => {
  const location = { kind: "embedded", directory: join(scratch, "kept", "data") } as const;
  copyEmbedded(location.directory);
  const first = await openDatabase(location);
  await first.db.insert(accounts).values(ann);
  const socketDirectory = join(location.directory, "socket");
  expect(statSync(socketDirectory).isDirectory()).toBe(true);
  await first.close();
  expect(() => statSync(socketDirectory)).toThrow("ENOENT");
  expect(readdirSync(location.directory)).toEqual(["database"]);

  const second = await openDatabase(location);
  expect(await second.db.select().from(accounts)).toMatchObject([ann]);
  await second.close();
});

// The second is short enough only from the working directory.
test.each([
  join(scratch, "a".repeat(120), "b".repeat(120)),
  join(process.cwd(), "node_modules", ".cache", "x".repeat(52)),
])("%s, too long for a socket, works, also after a kill left its socket", async (directory) => {
  onTestFinished(() => rmSync(directory, { recursive: true }));
  copyEmbedded(directory);
  mkdirSync(join(directory, "socket"), { recursive: true });
  writeFileSync(join(directory, "socket", ".s.PGSQL.5432"), "");
  const opened = await openDatabase({ kind: "embedded", directory });
  expect((await opened.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  await opened.close();
});

test("a database that fails says so, to who waits for an answer and to who has opened it", async () => {
  const directory = join(scratch, "failing");
  copyEmbedded(directory);
  const opened = await openDatabase({ kind: "embedded", directory });
  // Without this file a checkpoint is the end of a PostgreSQL.
  rmSync(join(directory, "database", "global", "pg_control"));
  const asked = opened.db.execute(sql`checkpoint`);
  await expect(asked).rejects.toThrow();
  await expect(opened.failure).rejects.toThrow(DatabaseError);
  await expect(opened.failure).rejects.toThrow(/^The embedded database has ended: .*pg_control/);
  await expect(opened.db.execute(sql`select 1`)).rejects.toThrow();
  await opened.close();
  (await lockDirectory(directory))();
});

test("a directory in use is refused in one sentence", async () => {
  const directory = mkdtempSync(join(scratch, "used-"));
  const unlock = await lockDirectory(directory);
  const opening = openDatabase({ kind: "embedded", directory });
  await expect(opening).rejects.toThrow(DirectoryInUseError);
  await expect(opening).rejects.toThrow(
    `The data directory ${directory} is in use by another process.`,
  );
  unlock();
});

test("a path that is a file is one sentence", async () => {
  const directory = join(scratch, "file");
  writeFileSync(directory, "");
  const opening = openDatabase({ kind: "embedded", directory });
  await expect(opening).rejects.toThrow(DatabaseError);
  await expect(opening).rejects.toThrow(/^The data directory .* cannot be used: EEXIST/);
});

test("a directory that holds something else is one sentence, and is free again", async () => {
  const directory = mkdtempSync(join(scratch, "other-"));
  writeFileSync(join(directory, "database"), "not a directory");
  const opening = openDatabase({ kind: "embedded", directory });
  await expect(opening).rejects.toThrow(/^The data directory .* cannot be opened: /);
  (await lockDirectory(directory))();
});
