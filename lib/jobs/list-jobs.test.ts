import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callbackReceipts, jobs } from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { lastCallbackAt } from "./last-callback";
import { listJobs } from "./list-jobs";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const seconds = (from: number) => new Date(NOW.getTime() + from * 1000);

describe.each(testDatabases)("what the status page tells of jobs on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());

  test("each has one state, and no row means that it never ran", async () => {
    const over = { startedAt: seconds(-40), finishedAt: seconds(-30), nextAt: seconds(20) };
    await db.insert(jobs).values([
      { name: "waiting", ...over },
      { name: "failed", ...over, problem: "It broke." },
      { name: "running", ...over, startedAt: seconds(-5), holder: "a", leaseUntil: seconds(50) },
      { name: "killed", startedAt: seconds(-95), holder: "a", leaseUntil: seconds(-35) },
      { name: "stopped", ...over, nextAt: seconds(-91) },
      { name: "due", ...over, nextAt: seconds(-89) },
    ]);
    const names = ["running", "waiting", "failed", "killed", "stopped", "due", "never"];
    const found = await listJobs(db, names, NOW);
    expect(found.map(({ name, state, tookMs }) => [name, state, tookMs])).toEqual([
      ["running", "running", null],
      ["waiting", "waiting", 10_000],
      ["failed", "failed", 10_000],
      ["killed", "late", null],
      ["stopped", "late", 10_000],
      ["due", "waiting", 10_000],
      ["never", "late", null],
    ]);
  });

  test("the last callback is told", async () => {
    expect(await lastCallbackAt(db)).toBeNull();
    await db.insert(callbackReceipts).values([
      { digest: "a", receivedAt: seconds(-10) },
      { digest: "b", receivedAt: seconds(-5) },
    ]);
    expect(await lastCallbackAt(db)).toEqual(seconds(-5));
  });
});
