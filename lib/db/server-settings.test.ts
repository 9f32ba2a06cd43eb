import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startScheduler } from "@/lib/jobs/scheduler";
import { Secret } from "@/lib/secret";
import { type PgBouncer, startPgBouncer } from "@/lib/testing/pgbouncer";
import { type PostgresServer, startPostgres } from "@/lib/testing/postgres";
import { bothDatabases, createDatabase } from "@/lib/testing/test-databases";
import type { OpenedDatabase } from "./database";
import { openDatabase } from "./open-database";
import { accounts } from "./schema";

const AT = new Date("2023-07-05T01:02:03.004Z");

/** Settings that an administrator may have made for a database or a role, and that change values as text. */
const DEFAULTS: Readonly<Record<string, string>>[] = [
  {
    DateStyle: "SQL, DMY",
    TimeZone: "America/St_Johns",
    IntervalStyle: "sql_standard",
    extra_float_digits: "-10",
    standard_conforming_strings: "off",
    search_path: "elsewhere",
  },
  {
    DateStyle: "German",
    TimeZone: "Asia/Kolkata",
    bytea_output: "escape",
    array_nulls: "off",
    transform_null_equals: "on",
    search_path: "pg_catalog",
  },
  { DateStyle: "Postgres, MDY" },
];

const setDefaults = (url: string, defaults: Readonly<Record<string, string>>) =>
  run(
    url,
    ...Object.entries(defaults).map(
      ([name, value]) => `alter database ${nameOf(url)} set ${name} = '${value}'`,
    ),
  );

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function run(url: string, ...statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const nameOf = (url: string) => new URL(url).pathname.slice(1);

function asRole(url: string, role: string): string {
  const changed = new URL(url);
  changed.username = role;
  return changed.href;
}

/** Opens, writes, closes, opens again, and reads all in the forms in which the desk reads. */
async function expectRightValues(url: string): Promise<void> {
  const location = { kind: "postgres", url: new Secret(url) } as const;
  const first = await openDatabase(location);
  await first.db.insert(accounts).values({
    email: "ann@example.com",
    name: "Ann \\ O'Hara",
    role: "support",
    passwordHash: "x",
    createdAt: AT,
  });
  await first.close();
  const { db, executeSql, close } = await openDatabase(location);
  // On several connections, of which none was there when the others were set.
  const answers = await Promise.all(
    Array.from({ length: 4 }, async () => ({
      rows: await db
        .select({ name: accounts.name, at: accounts.createdAt })
        .from(accounts)
        .where(sql`${accounts.createdAt} = ${AT.toISOString()}`),
      texts: (
        await db.execute(sql`
          select created_at::text as text, to_json(created_at) as json,
            date_trunc('day', created_at)::text as day, interval '1 day 2 hours'::text as span,
            (1::float8 / 3)::text as third, '\\x01'::bytea::text as bytes, 'a\\b' as backslash,
            null = null as unknown
          from accounts`)
      ).rows,
    })),
  );
  expect(answers).toEqual(
    Array.from({ length: 4 }, () => ({
      rows: [{ name: "Ann \\ O'Hara", at: AT }],
      texts: [
        {
          text: "2023-07-05 01:02:03.004+00",
          json: "2023-07-05T01:02:03.004+00:00",
          day: "2023-07-05 00:00:00+00",
          span: "1 day 02:00:00",
          third: "0.3333333333333333",
          bytes: "\\x01",
          backslash: "a\\b",
          unknown: null,
        },
      ],
    })),
  );
  await expectJobsRun({ executeSql });
  await close();
}

/** Runs a job, whose queue is read and written without the ORM. */
async function expectJobsRun(database: Pick<OpenedDatabase, "executeSql">): Promise<void> {
  let runs = 0;
  const job = {
    name: "refresh",
    everyMs: 3_600_000,
    limitMs: 60_000,
    run: async () => void runs++,
  };
  const stop = await startScheduler(database, [job], { pollMs: 10 });
  await vi.waitFor(() => expect(runs).toBe(1), { timeout: 30_000, interval: 5 });
  await stop();
}

test.each(DEFAULTS)(
  "defaults of the database change nothing that is read: %j",
  async (defaults) => {
    const url = await createDatabase(server.url);
    await run(url, "create schema elsewhere");
    await setDefaults(url, defaults);
    await expectRightValues(url);
  },
);

test.each(bothDatabases)("no statement is compiled first on $name", async ({ open }) => {
  const { db, close } = await open();
  expect((await db.execute(sql`show jit`)).rows).toEqual([{ jit: "off" }]);
  await close();
});

test("defaults of the role change nothing that is read", async () => {
  const url = await createDatabase(server.url);
  const role = `role_${nameOf(url)}`;
  await run(
    url,
    `create role ${role} login superuser`,
    "create schema elsewhere",
    `alter role ${role} set search_path = elsewhere`,
    `alter role ${role} set datestyle = 'German'`,
  );
  await expectRightValues(asRole(url, role));
});

test("a schema with the name of the role holds none of the tables", async () => {
  const url = await createDatabase(server.url);
  const role = `role_${nameOf(url)}`;
  await run(url, `create role ${role} login superuser`, `create schema ${role}`);
  await expectRightValues(asRole(url, role));
});

describe("a role that may not create anything", () => {
  let url: string;
  let role: string;
  beforeAll(async () => {
    url = await createDatabase(server.url);
    role = `role_${nameOf(url)}`;
    await run(url, `create role ${role} login`, "revoke create on schema public from public");
  });

  const opening = () => openDatabase({ kind: "postgres", url: new Secret(asRole(url, role)) });

  test("is told which rights it lacks to make the tables", async () => {
    await expect(opening()).rejects.toThrow(
      `the role "${role}" lacks a right: run grant create on database "${nameOf(url)}" to "${role}"; grant create on schema public to "${role}".`,
    );
  });

  test("opens the database again once the tables are there", async () => {
    await run(
      url,
      `grant create on database ${nameOf(url)} to ${role}`,
      `grant create on schema public to ${role}`,
    );
    await (await opening()).close();
    await run(
      url,
      `revoke create on database ${nameOf(url)} from ${role}`,
      `revoke create on schema public from ${role}`,
    );
    const { db, executeSql, close } = await opening();
    expect(await db.select().from(accounts)).toEqual([]);
    await expectJobsRun({ executeSql });
    await close();
  });
});

describe("a role that may only read and write rows of another role's tables", () => {
  let url: string;
  let role: string;
  beforeAll(async () => {
    url = await createDatabase(server.url);
    role = `role_${nameOf(url)}`;
    await (await openDatabase({ kind: "postgres", url: new Secret(url) })).close();
    await run(url, `create role ${role} login`);
    for (const schema of ["public", "drizzle"]) await run(url, ...grants(schema, role));
  });

  const grants = (schema: string, to: string) => [
    `grant usage on schema ${schema} to ${to}`,
    `grant select, insert, update, delete on all tables in schema ${schema} to ${to}`,
  ];
  const opening = () => openDatabase({ kind: "postgres", url: new Secret(asRole(url, role)) });

  test("is told that it lacks the rights on the job queue", async () => {
    const { executeSql, close } = await opening();
    await expect(startScheduler({ executeSql }, [])).rejects.toThrow(
      /^The role of DATABASE_URL may not use the job queue: run `grant usage on schema pgboss`/,
    );
    await close();
  });

  test("runs jobs with these rights", async () => {
    await run(url, ...grants("pgboss", role));
    const { executeSql, close } = await opening();
    await expectJobsRun({ executeSql });
    await close();
  });
});

describe("behind PgBouncer in transaction mode", () => {
  let bouncer: PgBouncer | null;
  beforeAll(async () => {
    bouncer = await startPgBouncer(server.url, 2);
  });
  afterAll(() => bouncer?.stop());

  test("starts again and again, and many at once, on an empty database", async ({ skip }) => {
    if (bouncer === null) return skip();
    const url = new Secret(bouncer.through(await createDatabase(server.url)));
    const openAndUse = async () => {
      const { db, close } = await openDatabase({ kind: "postgres", url });
      expect(await db.select().from(accounts)).toEqual([]);
      await close();
    };
    await Promise.all([openAndUse(), openAndUse(), openAndUse()]);
    for (let start = 0; start < 5; start += 1) await openAndUse();
    const { executeSql, close } = await openDatabase({ kind: "postgres", url });
    await expectJobsRun({ executeSql });
    await close();
  });

  test("starts although an older version has left its lock on a pooled connection", async ({
    skip,
  }) => {
    if (bouncer === null) return skip();
    const url = bouncer.through(await createDatabase(server.url));
    const location = { kind: "postgres", url: new Secret(url) } as const;
    await (await openDatabase(location)).close();
    await run(url, "select pg_advisory_lock(7413920258)");
    await (await openDatabase(location)).close();
  });

  test.each<Readonly<Record<string, string>>>([
    { DateStyle: "SQL, DMY", TimeZone: "America/St_Johns", standard_conforming_strings: "off" },
    { DateStyle: "German" },
  ])("defaults of the database change nothing that is read: %j", async (defaults) => {
    if (bouncer === null) return;
    const url = await createDatabase(server.url);
    await setDefaults(url, defaults);
    await expectRightValues(bouncer.through(url));
  });

  test("names the defaults that a pooler does not keep for a client", async ({ skip }) => {
    if (bouncer === null) return skip();
    const url = await createDatabase(server.url);
    await run(
      url,
      "create schema elsewhere",
      `alter database ${nameOf(url)} set search_path = elsewhere`,
      `alter database ${nameOf(url)} set extra_float_digits = 0`,
    );
    const opening = openDatabase({ kind: "postgres", url: new Secret(bouncer.through(url)) });
    await expect(opening).rejects.toThrow(
      /^The database of DATABASE_URL cannot be used: .*extra_float_digits = 1; search_path = public/,
    );
  });
});
