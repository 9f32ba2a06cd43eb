import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { auditEvent } from "@/lib/testing/audit-event";
import { emptyAudit, tamper } from "@/lib/testing/audit-table";
import { testDatabases } from "@/lib/testing/test-databases";
import { appendEvents, type ChainHead } from "./chain";
import { describeAudit } from "./describe";
import { pruneAudit } from "./retention";

describe.each(testDatabases)("the description of an audit log on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let head: ChainHead;
  beforeAll(async () => {
    opened = await open();
  });
  beforeEach(async () => {
    await emptyAudit(opened.db);
    head = await appendEvents(opened.db, [auditEvent(), auditEvent(), auditEvent()]);
  });
  afterAll(() => opened.close());

  const described = (kept: ChainHead | null = null) => describeAudit(opened.db, kept);

  test("an empty log", async () => {
    await emptyAudit(opened.db);
    expect(await described()).toEqual({ isIntact: true, sentence: "The audit log is empty." });
  });

  test.each([
    [sql`update audit_events set reason = 'other' where sequence = 2`, "row 2 was altered"],
    [sql`delete from audit_events where sequence = 2`, "row 2 is missing"],
    [
      sql`delete from audit_events where sequence = 1`,
      "the rows before 2 were removed, and no row records that retention did so",
    ],
  ])("a log that was changed, case %#", async (statement, reason) => {
    await tamper(opened.db, statement);
    const sentence = `The audit log is not intact: ${reason}.`;
    expect(await described()).toEqual({ isIntact: false, sentence });
  });

  test("a log whose end was removed is found by a head that was kept", async () => {
    await appendEvents(opened.db, [auditEvent()]);
    expect(await described(head)).toMatchObject({ isIntact: true });

    await tamper(opened.db, sql`delete from audit_events where sequence >= 3`);
    expect(await described()).toMatchObject({ isIntact: true });
    const sentence = "The audit log is not intact: row 3 does not match --head.";
    expect(await described(head)).toEqual({ isIntact: false, sentence });
  });

  test("a log whose beginning was removed by retention", async () => {
    const now = new Date();
    await pruneAudit(opened.db, { retentionDays: 1, now });
    const before = new Date(now.getTime() - 86_400_000).toISOString();
    const removal = `A row records that retention removed the rows up to 3, from before ${before}, after 1 days`;
    expect((await described()).sentence).toMatch(
      new RegExp(
        `^The audit log is intact: 1 rows, 4 to 4, with head 4:[0-9a-f]{64}\\. ${removal}\\.$`,
      ),
    );
    const { isIntact, sentence } = await described(head);
    expect(isIntact).toBe(false);
    expect(sentence).toMatch(
      new RegExp(
        `^${removal}, including row 3 of --head; rows 4 to 4 are intact, with head 4:[0-9a-f]{64}\\.$`,
      ),
    );
  });
});
