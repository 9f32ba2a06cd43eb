import { AsyncResource } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { Secret } from "@/lib/secret";
import { type PostgresServer, startPostgres } from "@/lib/testing/postgres";
import { bothDatabases, createDatabase } from "@/lib/testing/test-databases";
import type { OpenedDatabase } from "./database";
import { causeMessage, DatabaseError, isUniqueViolation, sqlStateOf } from "./errors";
import { openDatabase } from "./open-database";
import { openPool } from "./pool";
import { accounts } from "./schema";

const person = { name: "Ann", role: "support", passwordHash: "x" } as const;

describe.each(bothDatabases)("a database on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  test("keeps an account with its times and its defaults", async () => {
    const before = Date.now();
    const [row] = await opened.db
      .insert(accounts)
      .values({ ...person, email: "ann@example.com" })
      .returning();
    expect(row).toMatchObject({ ...person, email: "ann@example.com", disabledAt: null });
    expect(row?.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs((row?.createdAt.getTime() ?? 0) - before)).toBeLessThan(60_000);
  });

  test.each([
    ["the same address twice", { email: "ann@example.com" }],
    ["an address in capitals", { email: "Ann@example.com" }],
  ])("refuses %s", async (_, change) => {
    await expect(opened.db.insert(accounts).values({ ...person, ...change })).rejects.toThrow();
  });

  test("undoes a transaction that throws", async () => {
    const undone = opened.db.transaction(async (transaction) => {
      await transaction.insert(accounts).values({ ...person, email: "bo@example.com" });
      throw new Error("stop");
    });
    await expect(undone).rejects.toThrow("stop");
    const emails = await opened.db.select({ email: accounts.email }).from(accounts);
    expect(emails).not.toContainEqual({ email: "bo@example.com" });
  });

  test("gives the code of PostgreSQL for a statement that fails", async () => {
    const twice = () =>
      opened.db.insert(accounts).values({ ...person, email: "twice@example.com" });
    await twice();
    await expect(twice().then(null, isUniqueViolation)).resolves.toBe(true);
    await expect(opened.db.execute(sql`select 1/0`).then(null, sqlStateOf)).resolves.toBe("22012");
  });

  test("answers after one of several statements has failed within a transaction", async () => {
    const failing = opened.executeSql("begin; select 1/0; commit");
    await expect(failing.then(null, sqlStateOf)).resolves.toBe("22012");
    const { rows } = await opened.executeSql("select $1::integer + 1 as sum", [2]);
    expect(rows).toEqual([{ sum: 3 }]);
  });

  test("answers after a statement within a transaction has failed", async () => {
    const failing = opened.db.transaction((transaction) => transaction.execute(sql`select 1/0`));
    await expect(failing.then(null, sqlStateOf)).resolves.toBe("22012");
    expect((await opened.db.execute(sql`select 1 as one`)).rows).toEqual([{ one: 1 }]);
  });

  test("runs transactions at once without mixing them", async () => {
    const counted = Array.from({ length: 20 }, (_, index) =>
      opened.db.transaction(async (transaction) => {
        await transaction.execute(sql`select set_config('desk.test', ${String(index)}, true)`);
        const { rows } = await transaction.execute(
          sql`select current_setting('desk.test') as value`,
        );
        return rows[0]?.value;
      }),
    );
    expect(await Promise.all(counted)).toEqual(counted.map((_, index) => String(index)));
  });

  test("refuses a query that passes by the transaction in which it is made", async () => {
    const passing = opened.db.transaction(() => opened.db.select().from(accounts));
    await expect(passing).rejects.toMatchObject({
      cause: { message: "A query within a transaction must use that transaction." },
    });
    const nested = opened.db.transaction(() => opened.db.transaction(async () => {}));
    await expect(nested).rejects.toThrow("A query within a transaction must use that transaction.");
    // What a transaction has begun may go on after it.
    let after: (() => unknown) | undefined;
    await opened.db.transaction(async () => {
      after = AsyncResource.bind(() => opened.db.$count(accounts));
    });
    expect(await after?.()).toBeGreaterThan(0);
  });

  test("reads numbers, times, texts and lists as they were written", async () => {
    const { rows } = await opened.db.execute(sql`
      select 9007199254740991::bigint as big, 0.1::float8 as float, 1.50::numeric as numeric,
        '{"a":[1,null,"é"]}'::jsonb as json, array['a', null, 'b,"c"'] as list, true as yes,
        'emoji 🎈' as text, timestamptz '2024-02-29 23:59:59.999+00' as at`);
    expect(rows).toEqual([
      {
        big: "9007199254740991",
        float: 0.1,
        numeric: "1.50",
        json: { a: [1, null, "é"] },
        list: ["a", null, 'b,"c"'],
        yes: true,
        text: "emoji 🎈",
        at: "2024-02-29 23:59:59.999+00",
      },
    ]);
  });
});

describe("on a PostgreSQL server", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test("many instances can open and migrate one empty database at once", async () => {
    const url = new Secret(await createDatabase(server.url));
    const opened = await Promise.all(
      [1, 2, 3, 4].map(() => openDatabase({ kind: "postgres", url })),
    );
    const last = await opened.at(-1)?.db.select().from(accounts);
    expect(last).toEqual([]);
    await Promise.all(opened.map((each) => each.close()));
  });

  test.each(["read committed", "serializable"])(
    "an instance that waited for another one sees what that has made, where transactions are %s",
    async (isolation) => {
      const url = await createDatabase(server.url);
      const name = new URL(url).pathname.slice(1);
      const other = new Client({ connectionString: url });
      await other.connect();
      await other.query(
        `alter database ${name} set default_transaction_isolation = '${isolation}'`,
      );
      await other.query("begin; select pg_advisory_xact_lock(7413920258)");
      const opening = openDatabase({ kind: "postgres", url: new Secret(url) });
      const waiting = `select from pg_locks join pg_database on oid = database
        where datname = current_database() and not granted`;
      await vi.waitFor(async () => expect((await other.query(waiting)).rowCount).toBe(1), 60_000);
      await other.query(`create schema drizzle;
        create table drizzle.__drizzle_migrations (hash text, created_at bigint);
        insert into drizzle.__drizzle_migrations values ('of the other', ${Number.MAX_SAFE_INTEGER});
        commit`);
      await (await opening).close();
      const { rows } = await other.query("select hash from drizzle.__drizzle_migrations");
      expect(rows).toEqual([{ hash: "of the other" }]);
      await other.end();
    },
  );

  test("a connection on which a statement took too long is not used again", async () => {
    const connectionString = await createDatabase(server.url);
    const { db, close } = openPool({ connectionString, query_timeout: 200, max: 1 });
    await db.execute(sql`create table kept (id integer)`);
    const late = db.transaction(async (transaction) => {
      await transaction.execute(sql`insert into kept values (1)`);
      await transaction.execute(sql`select pg_sleep(60)`);
    });
    expect(await late.then(null, causeMessage)).toBe("Query read timeout");
    // Were it the same connection, this would be undone with that transaction.
    await db.execute(sql`insert into kept values (2)`);
    expect((await db.execute(sql`select * from kept`)).rows).toEqual([{ id: 2 }]);
    await close();
  });

  test("what waits for a connection that is never given back fails in the end", async () => {
    const connectionString = await createDatabase(server.url);
    const { db, close } = openPool({ connectionString, connectionTimeoutMillis: 200, max: 1 });
    let end = () => {};
    const holding = db.transaction(() => new Promise<void>((resolve) => (end = resolve)));
    await expect(db.execute(sql`select 1`)).rejects.toMatchObject({
      cause: { message: "timeout exceeded when trying to connect" },
    });
    end();
    await holding;
    await close();
  });

  test("a missing database is named in one sentence", async () => {
    const url = new URL(server.url);
    url.pathname = "/absent";
    const opening = openDatabase({ kind: "postgres", url: new Secret(url.href) });
    await expect(opening).rejects.toThrow(DatabaseError);
    await expect(opening).rejects.toThrow(/^The database of DATABASE_URL cannot be used: .*absent/);
  });
});

test("a server that is not there is named without the password", async () => {
  const url = new Secret("postgres://desk:must-not-show@127.0.0.1:1/desk");
  const opening = openDatabase({ kind: "postgres", url });
  await expect(opening).rejects.toThrow(/ECONNREFUSED 127\.0\.0\.1:1\./);
  await expect(opening).rejects.not.toThrow(/must-not-show/);
});
