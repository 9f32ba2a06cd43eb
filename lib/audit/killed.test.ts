import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/open-database";
import { auditEvents } from "@/lib/db/schema";
import type { DatabaseLocation } from "@/lib/env";
import { Secret } from "@/lib/secret";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { type PostgresServer, startPostgres } from "@/lib/testing/postgres";
import { startProgram } from "@/lib/testing/program";
import { copyEmbedded, createDatabase } from "@/lib/testing/test-databases";
import { verifyAudit } from "./verify";

// Each cycle starts a process that makes or opens a database, which takes long on a busy machine.
const LONGEST_MS = 300_000;
const CYCLES = 2;
const MOST_BEFORE_THE_KILL = 200;

const desk = deskEnvironment("http://127.0.0.1:3000");

/** Lets a desk record as fast as it can, kills it at some moment, and gives what it acknowledged. */
async function acknowledgedUntilKilled(variables: Record<string, string>): Promise<string[]> {
  const child = startProgram("lib/testing/record-events.ts", process.cwd(), {
    ...desk,
    ...variables,
  });
  const ended = once(child, "exit");
  const wanted = 1 + Math.floor(Math.random() * MOST_BEFORE_THE_KILL);
  const acknowledged = await idsOf(child, wanted);
  expect(await ended).toEqual([null, "SIGKILL"]);
  return acknowledged;
}

async function idsOf(child: ChildProcess, wanted: number): Promise<string[]> {
  if (child.stdout === null) throw new Error("The program's output is not piped.");
  child.stderr?.pipe(process.stderr);
  const ids: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    ids.push(line);
    if (ids.length === wanted) child.kill("SIGKILL");
  }
  return ids;
}

async function expectAllThere(location: DatabaseLocation, acknowledged: readonly string[]) {
  const { db, close } = await openDatabase(location);
  expect(await verifyAudit(db)).toMatchObject({ ok: true });
  const rows = await db.select({ requestId: auditEvents.requestId }).from(auditEvents);
  await close();
  const there = new Set(rows.map(({ requestId }) => requestId));
  expect(there.size).toBe(rows.length);
  expect(acknowledged.filter((id) => !there.has(id))).toEqual([]);
}

describe("after a desk was killed, each row that it acknowledged is there once", () => {
  let scratch: string;
  let server: PostgresServer;
  beforeAll(async () => {
    scratch = mkdtempSync(join(tmpdir(), "killed-test-"));
    server = await startPostgres();
  });
  afterAll(async () => {
    rmSync(scratch, { recursive: true });
    await server.stop();
  });

  test(
    "on the embedded database",
    async () => {
      const directory = join(scratch, "data");
      copyEmbedded(directory);
      const acknowledged: string[] = [];
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        acknowledged.push(...(await acknowledgedUntilKilled({ DATA_DIR: directory })));
        await expectAllThere({ kind: "embedded", directory }, acknowledged);
      }
    },
    LONGEST_MS,
  );

  test(
    "on PostgreSQL, with two desks at once",
    async () => {
      const url = await createDatabase(server.url);
      const acknowledged: string[] = [];
      for (let cycle = 0; cycle < CYCLES; cycle += 1) {
        const desks = [1, 2].map(() => acknowledgedUntilKilled({ DATABASE_URL: url }));
        acknowledged.push(...(await Promise.all(desks)).flat());
        await expectAllThere({ kind: "postgres", url: new Secret(url) }, acknowledged);
      }
    },
    LONGEST_MS,
  );
});
