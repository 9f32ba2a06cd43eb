import { randomUUID } from "node:crypto";
import { format } from "node:util";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { onRequestError } from "@/instrumentation";
import { authOptions } from "@/lib/auth/auth-options";
import { env } from "@/lib/env";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { catchLog } from "@/lib/testing/desk-log";
import { type PostgresServer, startPostgres } from "@/lib/testing/postgres";
import { testDatabases } from "@/lib/testing/test-databases";
import { describe as describeFailure } from "./cli/command";
import type { Database, OpenedDatabase } from "./db/database";
import { accounts, sessions } from "./db/schema";
import { describeError, describePrinted, LineLimit, logLine, reasonOf } from "./log";

const ID = "private-id-4711";
// Made to look like the frames of a stack, and to end what a pattern looks for.
const LIVELY = `${ID}"\n    at ${ID} (${ID})\nparams: ${ID}' ${ID}`;

beforeAll(() => {
  for (const [name, value] of Object.entries(deskEnvironment("http://desk.test"))) {
    vi.stubEnv(name, value);
  }
  vi.stubEnv("NEXT_RUNTIME", "nodejs");
});
afterAll(() => vi.unstubAllEnvs());
afterEach(() => vi.restoreAllMocks());

async function thrownBy(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("It did not fail.");
}

const context = {
  routerKind: "App Router",
  routePath: "/lookup",
  routeType: "render",
  revalidateReason: undefined,
} as const;

/** What each way that an error takes to the log writes of it. */
async function loggedOf(error: unknown): Promise<Record<string, string>> {
  const log = catchLog();
  await onRequestError(
    error,
    {
      path: `/lookup?subscriber=${ID}`,
      method: "GET",
      headers: { "x-forwarded-for": randomUUID() },
    },
    context,
  );
  // In the order in which the framework and React print errors.
  logLine("server", describePrinted([error]));
  logLine("server", describePrinted([" ⨯", error]));
  logLine("server", describePrinted(["%s\n\n%o", error, { error }]));
  logLine("server", describePrinted([format("%s", error)]));
  logLine("process", describeError(error));
  logLine("jobs", `refresh failed: ${reasonOf(error)}`);
  authOptions(env()).logger?.error?.(`ERROR_${randomUUID()}`, error as Error);
  logLine("command", describeFailure(error));
  const [page = "", ...others] = log;
  vi.restoreAllMocks();
  return { page, others: others.join("") };
}

async function expectClean(error: unknown, reason: RegExp): Promise<void> {
  for (const one of [
    error,
    new Error("The audit cannot be written.", { cause: error }),
    new AggregateError([error, error]),
  ]) {
    const { page = "", others = "" } = await loggedOf(one);
    expect(page + others).not.toContain(ID);
    expect(JSON.parse(page).message).toMatch(reason);
    expect(others.split("\n").filter(Boolean)).toHaveLength(8);
  }
}

/** Statements of every kind that fail, each with the id as a value. */
const FAILING: readonly (readonly [string, (db: Database) => Promise<unknown>, RegExp])[] = [
  [
    "a select",
    (db) => db.select().from(accounts).where(sql`${accounts.email} = ${LIVELY} and 1 / 0 = 1`),
    /22012: division by zero/,
  ],
  [
    "a NUL in a value",
    (db) =>
      db
        .select()
        .from(accounts)
        .where(sql`${accounts.email} = ${`${ID}\0`}`),
    /22021/,
  ],
  [
    "a value of another type",
    (db) => db.select().from(sessions).where(sql`${sessions.id} = ${LIVELY}::uuid`),
    /22P02: invalid input syntax for type uuid: …/,
  ],
  ["an unknown table", (db) => db.execute(sql`select ${LIVELY} from nowhere`), /42P01/],
  [
    "a raw statement",
    (db) => db.execute(sql.raw(`select '${ID}'::int`)),
    /22P02: invalid input syntax for type integer: …/,
  ],
  [
    "an insert of a second one",
    async (db) => {
      const row = { email: ID, name: ID, role: "support" as const };
      await db.insert(accounts).values(row);
      await db.insert(accounts).values(row);
    },
    /23505/,
  ],
  ["an update", (db) => db.update(accounts).set({ name: LIVELY, role: sql`${ID}` }), /./],
  ["a delete", (db) => db.delete(accounts).where(sql`${LIVELY}::int = 1`), /22P02/],
  [
    "a transaction",
    (db) =>
      db.transaction(async (tx) => {
        await tx.insert(accounts).values({ email: `${ID}-2`, name: ID, role: "support" });
        await tx.execute(sql`select ${LIVELY}::date`);
      }),
    /22007: invalid input syntax for type date: …/,
  ],
];

describe.each(testDatabases)("a statement that fails on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  test.each(FAILING)("%s: its values are not logged, and its reason is", async (_, run, reason) => {
    await expectClean(await thrownBy(() => run(opened.db)), reason);
  });
});

describe("a connection that fails", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test("is cut while it reads", async () => {
    const pool = new Pool({ connectionString: server.url });
    pool.on("error", () => {});
    const cut = () =>
      drizzle(pool).execute(sql`select pg_terminate_backend(pg_backend_pid()), ${LIVELY}`);
    await expectClean(await thrownBy(cut), /terminat/i);
    await pool.end();
  });

  test("is not to be had, since all are taken", async () => {
    const pool = new Pool({ connectionString: server.url, max: 1 });
    const taken = await pool.connect();
    pool.options.connectionTimeoutMillis = 1;
    const wait = () => drizzle(pool).execute(sql`select ${LIVELY}`);
    await expectClean(await thrownBy(wait), /timeout exceeded/);
    taken.release();
    await pool.end();
  });

  test("does not come about", async () => {
    const pool = new Pool({ connectionString: "postgres://127.0.0.1:1/none" });
    const connect = () => drizzle(pool).execute(sql`select ${LIVELY}`);
    await expectClean(await thrownBy(connect), /ECONNREFUSED/);
    await pool.end();
  });
});

test.each<[string, () => unknown, RegExp]>([
  ["JSON", () => JSON.parse(ID), /SyntaxError: …/],
  ["a number", () => BigInt(ID), /SyntaxError: …/],
  ["an address", () => new URL(ID), /TypeError ERR_INVALID_URL: Invalid URL/],
  ["a header", () => new Headers([["a", `${ID}\n1`]]), /TypeError: Headers.append: …/],
  [
    "a property",
    () => Reflect.get({}, "x")[ID],
    /TypeError: Cannot read properties of undefined \(reading …/,
  ],
  [
    "an argument",
    () => Buffer.alloc(ID as unknown as number),
    /TypeError ERR_INVALID_ARG_TYPE: The …/,
  ],
  ["a regular expression", () => new RegExp(`(${ID}`), /SyntaxError: …/],
  [
    "a callback address",
    () => {
      throw new Error(`Invalid callback URL. Received: ${ID} Expected: https`);
    },
    /Invalid callback URL. …/,
  ],
])(
  "what a library says of %s that it cannot read is logged without it",
  async (_, fail, reason) => {
    await expectClean(await thrownBy(async () => fail()), reason);
  },
);

test("an error says where it was thrown", () => {
  const text = describeError(new Error("It broke."));
  expect(text).toMatch(/^Error: It broke\.\n {4}at .*log-errors\.test\.ts/);
  expect(describeError(new Error(""))).toMatch(/^Error: \n {4}at /);
});

test("a circle of causes has an end", () => {
  const error = new Error("round");
  error.cause = error;
  expect(reasonOf(error)).toBe("round");
});

test("sixty lines of a kind are written in a minute, and of a thousand kinds", () => {
  const limit = new LineLimit();
  const at = (minute: number) => new Date(minute * 60_000);
  const admitted = (kind: string, minute: number) =>
    Array.from({ length: 100 }, () => limit.admits(kind, at(minute))).filter(Boolean).length;
  expect(admitted("a", 1)).toBe(60);
  expect(admitted("b", 1)).toBe(60);
  expect(admitted("a", 2)).toBe(60);
  const kinds = Array.from({ length: 2000 }, (_, index) => limit.admits(`${index}`, at(3)));
  expect(kinds.filter(Boolean)).toHaveLength(1000);
});
