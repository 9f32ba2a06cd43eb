import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/pglite";
import { migrate } from "drizzle-orm/pglite/migrator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendEvents, BEGINNING, chain, contentOf } from "@/lib/audit/chain";
import { verifyAudit } from "@/lib/audit/verify";
import { recordObservations } from "@/lib/channels/observations/record";
import { Secret } from "@/lib/secret";
import { auditEvent } from "@/lib/testing/audit-event";
import { type PostgresServer, startPostgres } from "@/lib/testing/postgres";
import { copyUnmigrated, createDatabase } from "@/lib/testing/test-databases";
import { channels, snapshots } from "./channel-schema";
import type { Database } from "./database";
import { openEmbedded } from "./embedded";
import { openPostgres } from "./open-database";
import {
  accounts,
  auditEvents,
  links,
  preferences,
  savedViews,
  sessions,
  signInThrottle,
} from "./schema";

const ALL = "lib/db/migrations";
const AT = "2026-03-01T12:00:00.123Z";

// What each version added, written as that version wrote it: its tables had not today's columns.
const written = [
  sql`insert into accounts (id, email, name, role, password_hash, disabled_at, created_at) values
    ('0b5c1b5e-6a39-4f4e-9d5b-0c6f4e7a2d11', 'ann@example.com', 'Ann', 'admin', 'x', null, ${AT}),
    ('5d0f6c3e-8f0b-4c5e-b7a8-3f1d2c9e4b22', 'bo@example.com', 'Bo', 'support', 'y', ${AT}, ${AT})`,
  sql`insert into sign_in_throttle values ('digest', 3, ${AT}, ${AT})`,
  sql`insert into preferences
    values ('0b5c1b5e-6a39-4f4e-9d5b-0c6f4e7a2d11', 'theme', '{"is":"dark"}', ${AT})`,
  sql`insert into saved_views
    values (default, 'lookup', 'Ours', 'ours', 'size=20', '0b5c1b5e-6a39-4f4e-9d5b-0c6f4e7a2d11', true, ${AT}, ${AT})`,
];
const writtenBy = [written.slice(0, 2), written];

/** Fills a folder with the first `count` migrations and returns it. */
function earlier(folder: string, count: number): string {
  cpSync(ALL, folder, { recursive: true });
  const journal = join(folder, "meta/_journal.json");
  const { entries, ...rest } = JSON.parse(readFileSync(journal, "utf8"));
  writeFileSync(journal, JSON.stringify({ ...rest, entries: entries.slice(0, count) }));
  return folder;
}

async function expectKept(db: Database, version: number) {
  const at = new Date(AT);
  const added = {
    totpSecret: null,
    totpStep: null,
    oidcIssuer: null,
    oidcSubject: null,
    emailVerified: true,
  };
  const ann = { email: "ann@example.com", name: "Ann", role: "admin", passwordHash: "x" };
  const bo = { email: "bo@example.com", name: "Bo", role: "support", passwordHash: "y" };
  expect(await db.select().from(accounts).orderBy(accounts.email)).toEqual([
    {
      id: "0b5c1b5e-6a39-4f4e-9d5b-0c6f4e7a2d11",
      ...ann,
      ...added,
      disabledAt: null,
      createdAt: at,
    },
    { id: "5d0f6c3e-8f0b-4c5e-b7a8-3f1d2c9e4b22", ...bo, ...added, disabledAt: at, createdAt: at },
  ]);
  expect(await db.select().from(signInThrottle)).toEqual([
    { subject: "digest", failures: 3, lastFailureAt: at, waitUntil: at },
  ]);
  expect(await db.select().from(preferences)).toMatchObject(
    version === 1 ? [] : [{ name: "theme", value: { is: "dark" }, updatedAt: at }],
  );
  expect(await db.select().from(savedViews)).toMatchObject(
    version === 1 ? [] : [{ name: "Ours", query: "size=20", isTeam: true, createdAt: at }],
  );
}

/** The newest version's tables are there, and the audit's keep what they have. */
async function expectUpToDate(db: Database) {
  for (const table of [links, sessions, auditEvents]) expect(await db.$count(table)).toBe(0);
  await appendEvents(db, [auditEvent()]);
  await expect(db.delete(auditEvents)).rejects.toThrow();
  await expect(db.execute(sql`truncate audit_events`)).rejects.toThrow();
  expect(await db.$count(auditEvents)).toBe(1);
}

describe("a database of an earlier version", () => {
  const scratch = mkdtempSync(join(tmpdir(), "earlier-"));
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(async () => {
    rmSync(scratch, { recursive: true });
    await server.stop();
  });

  const onServer = async () => {
    const url = new Secret(await createDatabase(server.url));
    return (folder: string) => openPostgres(url, folder);
  };
  const embedded = async () => {
    const directory = mkdtempSync(join(scratch, "database-"));
    await copyUnmigrated(directory);
    return (folder: string) => openEmbedded(directory, folder);
  };

  test.each([
    [1, "PostgreSQL", onServer],
    [2, "PostgreSQL", onServer],
    // The statements are the same, and each start of an embedded database takes seconds.
    [2, "the embedded database", embedded],
  ])(
    "%i keeps its rows when it is brought up to date, on %s",
    async (version, _, prepare) => {
      const old = earlier(join(scratch, `version-${version}`), version);
      const open = await prepare();
      const first = await open(old);
      for (const statement of writtenBy[version - 1] ?? []) await first.db.execute(statement);
      await expect(first.db.$count(auditEvents)).rejects.toThrow();
      await first.close();

      const { db, close } = await open(ALL);
      await expectKept(db, version);
      await expectUpToDate(db);
      await close();

      const again = await open(ALL);
      await expectKept(again.db, version);
      await again.close();
    },
    180_000,
  );
});

test("a directory that a version with the database in its own thread has written opens as it was", async () => {
  const directory = mkdtempSync(join(tmpdir(), "older-"));
  await copyUnmigrated(directory);
  const database = new PGlite(join(directory, "database"));
  const older = drizzle(database);
  await migrate(older, { migrationsFolder: ALL });
  // The other driver, behind the same methods.
  const written = older as unknown as Database;
  const at = new Date(AT);
  await written.insert(accounts).values({
    ...{ email: "ann@example.com", name: "Ann", role: "admin", passwordHash: "x", createdAt: at },
  });
  const events = [auditEvent(), auditEvent()].map(contentOf);
  await written.insert(auditEvents).values(chain(BEGINNING, events));
  const channel = { channelId: "@TOA#_a", name: "아침", subscriberCount: 5, createdAt: at };
  await recordObservations(written, "demo", [{ channel, seenAt: at }]);
  const rows = await written.select().from(auditEvents);
  await database.close();
  // It was killed: its file names a process that is another one by now.
  writeFileSync(join(directory, "lock"), String(process.ppid));

  const { db, close } = await openEmbedded(directory, ALL);
  expect(await db.select().from(accounts)).toMatchObject([
    { email: "ann@example.com", createdAt: at },
  ]);
  expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 2 });
  expect(await db.select().from(auditEvents)).toEqual(rows);
  expect(await db.select().from(channels)).toMatchObject([
    { channelId: "@TOA#_a", name: "아침", subscriberCount: 5, countedAt: at },
  ]);
  expect(await db.select().from(snapshots)).toMatchObject([{ at, subscriberCount: 5 }]);
  await close();
  rmSync(directory, { recursive: true });
}, 180_000);
