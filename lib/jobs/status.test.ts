import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callbackReceipts } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { jobRuns, listJobs, readLastCallbackAt } from "./status";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const seconds = (from: number) => new Date(NOW.getTime() + from * 1000);

describe.each(testDatabases)("the state of jobs on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());

  test("each job has one state, and a job without any run is late", async () => {
    const names = ["running", "waiting", "failed", "ended", "killed", "stopped", "due", "never"];
    await db.execute(
      sql`select pgboss.create_queue(name, '{}') from unnest(${sql.param(names)}::text[]) as name`,
    );
    const over = {
      state: "completed",
      startedOn: seconds(-40),
      completedOn: seconds(-30),
    } as const;
    const failed = { ...over, state: "failed", output: { problem: "It broke." } } as const;
    const active = { state: "active", startedOn: seconds(-5) } as const;
    const next = (at: number) => ({ state: "created", startAfter: seconds(at) }) as const;
    const runs = {
      running: [failed, active],
      waiting: [{ ...failed, startedOn: seconds(-99) }, over, next(20)],
      failed: [failed, next(20)],
      ended: [{ ...failed, output: { value: { message: "timeout" } } }, next(20)],
      killed: [{ ...active, startedOn: seconds(-16 * 60) }],
      stopped: [over, next(-91)],
      due: [over, next(-89)],
    };
    for (const [name, rows] of Object.entries(runs)) {
      const all = rows.map((row) => ({ name, startAfter: seconds(-50), ...row }));
      for (const row of all) await db.insert(jobRuns).values(row);
    }
    const listed = [...Object.keys(runs), "never"] as const;
    const found = await listJobs(db, listed, NOW);
    expect(
      found.map(({ name, state, tookMs, nextAt, problem }) => [
        ...[name, state, tookMs, problem],
        nextAt && (nextAt.getTime() - NOW.getTime()) / 1000,
      ]),
    ).toEqual([
      ["running", "running", null, null, null],
      ["waiting", "waiting", 10_000, null, 20],
      ["failed", "failed", 10_000, "It broke.", 20],
      ["ended", "failed", null, "The run did not end within its time limit.", 20],
      ["killed", "late", null, null, null],
      ["stopped", "late", 10_000, null, -91],
      ["due", "waiting", 10_000, null, -89],
      ["never", "late", null, null, null],
    ]);
  });

  test("the last callback is found", async () => {
    expect(await readLastCallbackAt(db)).toBeNull();
    await db.insert(callbackReceipts).values([
      { digest: "a", receivedAt: seconds(-10) },
      { digest: "b", receivedAt: seconds(-5) },
    ]);
    expect(await readLastCallbackAt(db)).toEqual(seconds(-5));
  });
});
