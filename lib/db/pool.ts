import { AsyncLocalStorage } from "node:async_hooks";
import { drizzle } from "drizzle-orm/node-postgres";
import {
  Client,
  type ClientBase,
  type ClientConfig,
  Pool,
  type PoolClient,
  type PoolConfig,
  type QueryResult,
} from "pg";
import { logLine, reasonOf } from "@/lib/log";
import type { Database, OpenedDatabase } from "./database";
import { causeMessage, DatabaseError } from "./errors";

/**
 * The settings of every connection. Other defaults of a database or role would change the form of
 * times, round numbers, search other schemas or slow statements down.
 */
const SETTINGS = {
  DateStyle: "ISO, MDY",
  TimeZone: "UTC",
  standard_conforming_strings: "on",
  IntervalStyle: "postgres",
  extra_float_digits: "1",
  bytea_output: "hex",
  search_path: "public",
  array_nulls: "on",
  transform_null_equals: "off",
  // To compile a statement takes longer than to run it.
  jit: "off",
} as const;

/** Settings that a connection pooler keeps for each client on any server connection. */
const KEPT_BY_POOLERS = ["DateStyle", "TimeZone", "standard_conforming_strings"] as const;

const QUERY_TIMEOUT_MS = 30_000;

const connectionDefaults = {
  application_name: "channel-desk",
  connectionTimeoutMillis: 10_000,
  keepAlive: true,
} as const satisfies ClientConfig;

/** Connects once, without a time limit for statements. The caller ends the connection. */
export async function connectOnce(connection: ClientConfig): Promise<Client> {
  const client = new Client({ ...connectionDefaults, ...connection });
  client.on("error", noteBroken);
  await client.connect();
  try {
    await configure(client);
  } catch (error) {
    await client.end();
    throw error;
  }
  return client;
}

/**
 * Opens the connection pool of a database. Statements and waiting for a connection have a time
 * limit, so that nothing blocks others forever.
 */
export function openPool(connection: PoolConfig): OpenedDatabase {
  const pool = new GuardedPool({
    ...connectionDefaults,
    connectionTimeoutMillis: QUERY_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    ...connection,
    onConnect: configure,
  });
  pool.on("error", noteBroken);
  const db: Database = drizzle(pool);
  db.transaction = (work, config) => inTransaction(pool, work, config);
  return {
    db,
    executeSql: (text, values) => onConnection(pool, (client) => runText(client, text, values)),
    close: () => pool.end(),
  };
}

/** The transaction of the current code, if any. */
const running = new AsyncLocalStorage<{ isOpen: boolean }>();

/**
 * Refuses a second connection within a transaction. The embedded database runs one transaction at a
 * time, so the code would wait for itself. On a server it would not see the transaction's own
 * changes.
 */
class GuardedPool extends Pool {
  override connect(callback?: Parameters<Pool["connect"]>[0]): Promise<PoolClient> {
    if (!running.getStore()?.isOpen) {
      // The pool's own queries pass a callback, for which it returns nothing.
      return callback === undefined ? super.connect() : (super.connect(callback) as never);
    }
    const error = new Error("A query within a transaction must use that transaction.");
    if (callback === undefined) return Promise.reject(error);
    return callback(error, undefined, () => {}) as never;
  }
}

async function inTransaction<Result>(
  pool: Pool,
  work: (transaction: Parameters<Parameters<Database["transaction"]>[0]>[0]) => Promise<Result>,
  config: Parameters<Database["transaction"]>[1],
): Promise<Result> {
  const transaction = { isOpen: true };
  try {
    return await onConnection(pool, (client) =>
      running.run(transaction, () => drizzle(client).transaction(work, config)),
    );
  } finally {
    transaction.isOpen = false;
  }
}

async function runText(client: PoolClient, text: string, values?: unknown[]): Promise<QueryResult> {
  try {
    return await client.query(text, values);
  } catch (error) {
    // One of several statements may have failed within a transaction.
    if (!isTimeout(error)) await client.query("rollback").catch(noteBroken);
    throw error;
  }
}

const isTimeout = (error: unknown) => causeMessage(error) === "Query read timeout";

/** Works on one connection, which returns to the pool only if no transaction is open on it. */
async function onConnection<Result>(
  pool: Pool,
  work: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let isTimedOut = false;
  try {
    return await work(client);
  } catch (error) {
    isTimedOut = isTimeout(error);
    throw error;
  } finally {
    client.release(isTimedOut || client.getTransactionStatus() !== "I");
  }
}

async function configure(client: ClientBase): Promise<void> {
  const names = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];
  const { rows } = await client.query<{ pid: number; settings: Record<string, string> }>(
    `select pg_backend_pid() as pid, (select json_object_agg(name, current_setting(name))
      from unnest($1::text[]) as name) as settings`,
    [names],
  );
  const [row] = rows;
  if (row === undefined) throw new Error("The database has not told its settings.");
  const differing = names.filter((name) => row.settings[name] !== SETTINGS[name]);
  if (differing.length === 0) return;
  // A pooler invents the process ID that it reports to clients.
  const isPooled = "processID" in client && client.processID !== row.pid;
  const lasting = differing.filter(
    (name) => !isPooled || KEPT_BY_POOLERS.some((kept) => kept === name),
  );
  const lost = differing.filter(
    (name) => !lasting.includes(name) && !isHarmless(name, row.settings[name]),
  );
  if (lost.length > 0) {
    throw new DatabaseError(
      `Behind a connection pooler the database must have these defaults: ${lost.map((name) => `${name} = ${SETTINGS[name]}`).join("; ")}. Set them with ALTER ROLE … SET`,
    );
  }
  if (lasting.length === 0) return;
  await client.query(
    `select set_config(name, value, false) from unnest($1::text[], $2::text[]) as setting(name, value)`,
    [lasting, lasting.map((name) => SETTINGS[name])],
  );
}

/**
 * Returns whether a setting changes no answer: `jit` is about time alone, and PostgreSQL's own default of
 * `search_path` finds the same tables, unless a schema is named like the role.
 */
function isHarmless(name: string, value: string | undefined): boolean {
  return name === "jit" || (name === "search_path" && value === '"$user", public');
}

/** Without a listener a connection that breaks while idle would end the process. */
function noteBroken(error: Error): void {
  logLine("store", reasonOf(error));
}
