import { sql } from "drizzle-orm";
import { type MigrationMeta, readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import type { ClientConfig } from "pg";
import type { Transaction } from "./database";
import { DatabaseError, sqlStateOf } from "./errors";
import { connectOnce } from "./pool";

// Any number that no other program uses for locks in the same database.
const MIGRATION_LOCK = 7_413_920_258;

/** The table in which drizzle records applied migrations. */
const APPLIED = sql`drizzle.__drizzle_migrations`;

/**
 * Migrates on a separate connection without a time limit. Several instances may do so at once. A
 * role that may not create anything can open an up-to-date database.
 */
export async function migrate(connection: ClientConfig, migrationsFolder: string): Promise<void> {
  const client = await connectOnce(connection);
  const database = drizzle(client);
  try {
    const migrations = readMigrationFiles({ migrationsFolder });
    if ((await pending(database, migrations)).length === 0) return;
    // What another instance has made is seen after the wait, whatever the server's default isolation is.
    await database.transaction((transaction) => apply(transaction, migrations), {
      isolationLevel: "read committed",
    });
  } finally {
    await client.end();
  }
}

type Reader = Pick<NodePgDatabase, "execute">;

async function pending(
  database: Reader,
  migrations: readonly MigrationMeta[],
): Promise<readonly MigrationMeta[]> {
  // `to_regclass` may answer from a cache that is older than a wait for the lock.
  const { rows } = await database.execute(sql`
    select from pg_tables where schemaname = 'drizzle' and tablename = '__drizzle_migrations'`);
  if (rows.length === 0) return migrations;
  const { rows: applied } = await database.execute<{ last: string | null }>(
    sql`select max(created_at) as last from ${APPLIED}`,
  );
  return migrations.filter(({ folderMillis }) => folderMillis > Number(applied[0]?.last ?? 0));
}

async function apply(transaction: Transaction, all: readonly MigrationMeta[]): Promise<void> {
  await waitForTurn(transaction);
  // Another instance may have applied them meanwhile.
  const migrations = await pending(transaction, all);
  if (migrations.length === 0) return;
  await requireRights(transaction);
  await transaction.execute(sql`create schema if not exists drizzle`);
  await transaction.execute(sql`create table if not exists ${APPLIED}
    (id serial primary key, hash text not null, created_at bigint)`);
  for (const { sql: statements, hash, folderMillis } of migrations) {
    for (const statement of statements) await transaction.execute(sql.raw(statement));
    await transaction.execute(
      sql`insert into ${APPLIED} (hash, created_at) values (${hash}, ${folderMillis})`,
    );
  }
}

/** Locks for this transaction: a pooler would pass a session lock to another client. */
async function waitForTurn(transaction: Transaction): Promise<void> {
  try {
    await transaction.execute(sql`
      select set_config('search_path', 'public', true), set_config('statement_timeout', '0', true),
        set_config('lock_timeout', '60s', true), pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  } catch (error) {
    if (sqlStateOf(error) !== "55P03") throw error;
    throw new DatabaseError(
      `the tables must be brought up to date, but another connection has held the advisory lock ${MIGRATION_LOCK} for a minute: wait for the other instance, or end that connection (an older version leaves one behind a connection pooler)`,
      { cause: undefined },
    );
  }
}

async function requireRights(transaction: Transaction): Promise<void> {
  const { rows } = await transaction.execute<{
    role: string;
    database: string;
    canMakeSchema: boolean;
    canMakeTables: boolean;
  }>(sql`
    select current_user as role, current_database() as database,
      (to_regnamespace('drizzle') is not null and to_regnamespace('pgboss') is not null)
        or has_database_privilege(current_database(), 'create') as "canMakeSchema",
      has_schema_privilege('public', 'create') as "canMakeTables"`);
  const [row] = rows;
  if (row === undefined) throw new Error("The database has not told the rights of the role.");
  const missing = [
    row.canMakeSchema ? null : `create on database "${row.database}"`,
    row.canMakeTables ? null : "create on schema public",
  ].filter((right) => right !== null);
  if (missing.length === 0) return;
  throw new DatabaseError(
    `the tables must be made or brought up to date, but the role "${row.role}" lacks a right: run ${missing.map((right) => `grant ${right} to "${row.role}"`).join("; ")}`,
  );
}
