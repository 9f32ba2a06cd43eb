import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { auditEvent } from "@/lib/testing/audit-event";
import { emptyAudit, tamper } from "@/lib/testing/audit-table";
import { testDatabases } from "@/lib/testing/test-databases";
import { appendEvents, BEGINNING, type ChainHead } from "./chain";
import { pruneAudit } from "./retention";
import { compareHead, verifyAudit } from "./verify";

const day = (number: number) => new Date(Date.UTC(2026, 2, number));
const onDay = (number: number) => auditEvent({ at: day(number) });

describe.each(testDatabases)("the audit on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());

  /** Removes what is older than so many days on 20 March. */
  const prune = (retentionDays: number) => pruneAudit(db, { retentionDays, now: day(20) });

  /** The hash that a row says is before it. */
  const hashBefore = async (sequence: number) => {
    const [row] = await db
      .select({ hash: auditEvents.previousHash })
      .from(auditEvents)
      .where(eq(auditEvents.sequence, sequence));
    return row ?? { hash: null };
  };

  describe("of ten rows", () => {
    let head: ChainHead;
    beforeEach(async () => {
      await emptyAudit(db);
      head = await appendEvents(
        db,
        Array.from({ length: 10 }, (_, index) => onDay(index + 1)),
      );
    });

    test("is whole", async () => {
      const { hash } = head;
      expect(await verifyAudit(db)).toEqual({
        ...{ ok: true, rows: 10, first: 1, last: 10, removal: null },
        head: hash,
      });
    });

    test.each([
      ["a later moment", sql`update audit_events set at = at + interval '1 second'`],
      [
        "a moment that rounds to the same",
        sql`update audit_events set at = at + interval '0.0004 s'`,
      ],
      ["no moment", sql`update audit_events set at = 'infinity'`],
      ["another subscriber", sql`update audit_events set subscriber_id = '107868'`],
      ["nothing where there was something", sql`update audit_events set subscriber_id = null`],
      ["an empty text where there was nothing", sql`update audit_events set reason = ''`],
      ["other fields", sql`update audit_events set fields = '{name}'`],
      ["an action that the desk does not know", sql`update audit_events set action = 'nothing'`],
      ["another hash", sql`update audit_events set hash = repeat('0', 64)`],
      ["another hash before it", sql`update audit_events set previous_hash = repeat('0', 64)`],
    ])("shows a row with %s", async (_, update) => {
      await tamper(db, sql`${update} where sequence = 4`);
      expect(await verifyAudit(db)).toEqual({ ok: false, at: 4, problem: "changed" });
    });

    test.each([
      ["missing in the middle", sql`delete from audit_events where sequence = 4`, 4, "missing"],
      [
        "missing at the beginning",
        sql`delete from audit_events where sequence < 4`,
        4,
        "beginning",
      ],
      [
        "put in before the beginning",
        sql`insert into audit_events select 0, at, request_id, actor_id, actor_email, actor_role, address, action, outcome, code, app, subscriber_id, target, fields, reason, rows, duration_ms, previous_hash, hash from audit_events where sequence = 1`,
        ...([0, "beginning"] as const),
      ],
    ])("shows rows %s", async (_, statement, at, problem) => {
      await tamper(db, statement);
      expect(await verifyAudit(db)).toEqual({ ok: false, at, problem });
    });

    test("that lost its newest rows does not have the head that was kept", async () => {
      expect(await compareHead(db, head)).toBe("same");
      await tamper(db, sql`delete from audit_events where sequence > 7`);
      expect(await verifyAudit(db)).toMatchObject({ ok: true, last: 7 });
      expect(await compareHead(db, head)).toBe("other");
    });

    test("that was written anew does not have the head that was kept", async () => {
      await emptyAudit(db);
      await appendEvents(
        db,
        Array.from({ length: 10 }, () => onDay(1)),
      );
      expect(await verifyAudit(db)).toMatchObject({ ok: true, last: 10 });
      expect(await compareHead(db, head)).toBe("other");
    });

    test("that was emptied does not have it either", async () => {
      await emptyAudit(db);
      expect(await verifyAudit(db)).toEqual({
        ...{ ok: true, rows: 0, first: 1, last: 0, removal: null },
        head: BEGINNING.hash,
      });
      expect(await compareHead(db, head)).toBe("other");
    });

    describe("after retention", () => {
      beforeEach(async () => {
        expect(await prune(16)).toBe(3);
      });

      test("is whole from the oldest that is left", async () => {
        const removal = { through: 3, cutOff: { before: day(4), retentionDays: 16 } };
        expect(await verifyAudit(db)).toMatchObject({
          ...{ ok: true, rows: 8, first: 4, last: 11, removal },
        });
        expect(await compareHead(db, head)).toBe("same");
        expect(await compareHead(db, { sequence: 3, hash: head.hash })).toBe("pruned");
      });

      test("is whole after an earlier version, which recorded no cut-off", async () => {
        await tamper(db, sql`delete from audit_events where action = 'audit.prune'`);
        const { hash } = await hashBefore(4);
        const reason = null;
        await appendEvents(db, [
          auditEvent({ action: "audit.prune", at: day(20), target: "3", code: hash, reason }),
        ]);
        const removal = { through: 3, cutOff: null };
        expect(await verifyAudit(db)).toMatchObject({ ok: true, first: 4, removal });
      });

      test("shows that rows were kept that are older than the cut-off", async () => {
        await tamper(
          db,
          sql`update audit_events set at = ${day(3).toISOString()} where sequence = 4`,
        );
        expect(await verifyAudit(db)).toEqual({ ok: false, at: 4, problem: "beginning" });
      });

      test("shows that more is missing than was announced", async () => {
        await tamper(db, sql`delete from audit_events where sequence = 4`);
        expect(await verifyAudit(db)).toEqual({ ok: false, at: 5, problem: "beginning" });
      });

      test("shows that the announcement is missing", async () => {
        await tamper(db, sql`delete from audit_events where action = 'audit.prune'`);
        expect(await verifyAudit(db)).toEqual({ ok: false, at: 4, problem: "beginning" });
      });

      test.each([
        ["target", sql`target = '4'`],
        ["target", sql`target = '1.5'`],
        ["target", sql`target = '1e999'`],
        ["code", sql`code = repeat('0', 64)`],
        ["code", sql`code = null`],
        ["cut-off", sql`reason = 'before=2026-03-04T00:00:00.001Z retention=16'`],
        ["cut-off", sql`reason = 'before=yesterday retention=16'`],
        ["retention", sql`reason = 'before=2026-03-04T00:00:00.000Z retention=17'`],
        ["retention", sql`reason = 'before=2026-03-04T00:00:00.000Z retention=0'`],
        ["reason", sql`reason = ''`],
      ])("shows that the announcement has another %s", async (_, change) => {
        await tamper(db, sql`update audit_events set ${change} where action = 'audit.prune'`);
        expect(await verifyAudit(db)).toEqual({ ok: false, at: 4, problem: "beginning" });
      });

      test("shows an oldest row that follows something else", async () => {
        await tamper(
          db,
          sql`update audit_events set previous_hash = repeat('0', 64) where sequence = 4`,
        );
        expect(await verifyAudit(db)).toEqual({ ok: false, at: 4, problem: "beginning" });
      });
    });
  });

  describe("of more rows than are read at once", () => {
    beforeAll(async () => {
      await emptyAudit(db);
      for (let batch = 0; batch < 13; batch += 1) {
        await appendEvents(
          db,
          Array.from({ length: 100 }, () => onDay(batch + 1)),
        );
      }
    });

    test("is verified to its end, and says how far it is", async () => {
      const progress: number[][] = [];
      const verdict = await verifyAudit(db, (...step) => progress.push(step));
      expect(verdict).toMatchObject({ ok: true, rows: 1300 });
      expect(progress).toEqual([
        ...[250, 500, 750, 1000, 1250, 1300].map((verified) => [verified, 1300]),
      ]);
    });

    test("is verified and pruned without holding up the server", async () => {
      let turns = 0;
      const counting = setInterval(() => {
        turns += 1;
      });
      await verifyAudit(db);
      expect(turns).toBeGreaterThan(2);
      turns = 0;
      await prune(12);
      clearInterval(counting);
      expect(turns).toBeGreaterThan(1);
    });

    test("is whole while rows are added and removed", async () => {
      const verifying = verifyAudit(db, () => {});
      const pruning = prune(8);
      await appendEvents(db, [onDay(14)]);
      expect(await verifying).toMatchObject({ ok: true });
      expect(await pruning).toBe(400);
      expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 203 });
    });

    test("shows the first of several faults", async () => {
      await tamper(
        db,
        sql`update audit_events set reason = 'other' where sequence in (1234, 1250)`,
      );
      expect(await verifyAudit(db)).toEqual({ ok: false, at: 1234, problem: "changed" });
    });
  });
});
