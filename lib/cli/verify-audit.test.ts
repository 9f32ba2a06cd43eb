import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { appendEvents, type ChainHead } from "@/lib/audit/chain";
import type { OpenedDatabase } from "@/lib/db/database";
import { lockDirectory } from "@/lib/db/directory-lock";
import { openDatabase } from "@/lib/db/open-database";
import { Secret } from "@/lib/secret";
import { auditEvent } from "@/lib/testing/audit-event";
import { emptyAudit, tamper } from "@/lib/testing/audit-table";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { type PostgresServer, startPostgres } from "@/lib/testing/postgres";
import { type Ended, ended, startProgram } from "@/lib/testing/program";
import { createDatabase } from "@/lib/testing/test-databases";

const desk = deskEnvironment("http://127.0.0.1:3000");

describe("verify-audit", () => {
  let server: PostgresServer;
  let url: string;
  let opened: OpenedDatabase;
  let head: ChainHead;
  beforeAll(async () => {
    server = await startPostgres();
    url = await createDatabase(server.url);
    opened = await openDatabase({ kind: "postgres", url: new Secret(url) });
  });
  beforeEach(async () => {
    await emptyAudit(opened.db);
    head = await appendEvents(opened.db, [auditEvent(), auditEvent(), auditEvent()]);
  });
  afterAll(async () => {
    await opened.close();
    await server.stop();
  });

  const verify = (...options: string[]) => verifyWith({ DATABASE_URL: url }, options);

  test("prints that the log is intact, and its head", async () => {
    expect(await verify()).toEqual({
      exitCode: 0,
      output: `The audit log is intact: 3 rows, 1 to 3, with head 3:${head.hash}.\n`,
      errors: "",
    });
  });

  test("fails when the log does not have the head that was kept", async () => {
    await tamper(opened.db, sql`delete from audit_events where sequence >= 3`);
    expect(await verify("--head", `${head.sequence}:${head.hash}`)).toEqual({
      exitCode: 1,
      output: "",
      errors: "The audit log is not intact: row 3 does not match --head.\n",
    });
  });

  test.each([
    [["--head", "3"], "--head must be a row's number and its hash, as in 12:0a1b…."],
    [["--tail"], "Unknown option '--tail'"],
  ])("refuses the options %j", async (options, sentence) => {
    expect(await verify(...options)).toEqual({
      exitCode: 1,
      output: "",
      errors: `${sentence}\n`,
    });
  });
});

test("verify-audit of a running desk's directory says where else to look", async () => {
  const directory = mkdtempSync(join(tmpdir(), "verify-audit-test-"));
  const unlock = await lockDirectory(directory);
  const { exitCode, errors } = await verifyWith({ DATABASE_URL: "", DATA_DIR: directory }, []);
  unlock();
  rmSync(directory, { recursive: true });
  expect(exitCode).toBe(1);
  expect(errors).toMatch(
    /^The data directory \S+ is in use by another process\. [^\n]+ Its page \/audit runs the same check\.\n$/,
  );
});

function verifyWith(variables: Record<string, string>, options: readonly string[]): Promise<Ended> {
  const command = pathToFileURL(resolve("lib/cli/verify-audit.ts")).href;
  const script = `
    process.argv.push(...${JSON.stringify(options)});
    await import(${JSON.stringify(command)});`;
  return ended(startProgram({ script }, process.cwd(), { ...desk, ...variables }));
}
