import { asc, eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { auditEvent } from "@/lib/testing/audit-event";
import { emptyAudit, tamper } from "@/lib/testing/audit-table";
import { testDatabases } from "@/lib/testing/test-databases";
import { appendEvents } from "./chain";
import { pruneAudit, removeOldAudit } from "./retention";
import { verifyAudit } from "./verify";

const day = (number: number) => new Date(Date.UTC(2026, 2, number));

describe.each(testDatabases)("retention on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  beforeEach(() => emptyAudit(db));
  afterAll(() => opened.close());

  const write = (days: readonly number[]) =>
    appendEvents(
      db,
      days.map((number) => auditEvent({ at: day(number) })),
    );
  /** Removes what is older than so many days on a day of March. */
  const prune = (
    retentionDays: number,
    today: number,
    { signal, on = db }: { signal?: AbortSignal; on?: Database } = {},
  ) => pruneAudit(on, { retentionDays, now: day(today), signal });
  const left = async () =>
    (
      await db
        .select({ sequence: auditEvents.sequence })
        .from(auditEvents)
        .orderBy(asc(auditEvents.sequence))
    ).map(({ sequence }) => sequence);

  test("removes what is before the moment, and says so first", async () => {
    await write([1, 2]);
    const { hash } = await write([3]);
    await write([4]);
    expect(await prune(5, 9)).toBe(3);
    expect(await left()).toEqual([4, 5]);
    const [announcement] = await db.select().from(auditEvents).where(eq(auditEvents.sequence, 5));
    expect(announcement).toMatchObject({
      ...{ at: day(9), action: "audit.prune", outcome: "done", actorId: null },
      ...{ target: "3", code: hash, rows: 3 },
      reason: "before=2026-03-04T00:00:00.000Z retention=5",
    });
  });

  test.each([
    ["nothing is there", []],
    ["nothing is old", [4, 5]],
    ["the oldest is not old, whatever comes later", [4, 1, 2]],
  ])("does and says nothing when %s", async (_, days) => {
    if (days.length > 0) await write(days);
    expect(await prune(5, 9)).toBe(0);
    expect(await left()).toEqual(days.map((_day, index) => index + 1));
  });

  test("may remove all there is, again and again", async () => {
    await write([1, 2]);
    expect(await prune(5, 9)).toBe(2);
    expect(await prune(1, 11)).toBe(1);
    expect(await left()).toEqual([4]);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 1, first: 4 });
  });

  test("that was stopped leaves a whole audit, and the next one goes on", async () => {
    for (let batch = 0; batch < 12; batch += 1) await write(Array.from({ length: 100 }, () => 1));
    expect(await prune(5, 9, { signal: AbortSignal.abort() })).toBe(0);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 1201, first: 1 });

    const stopping = new AbortController();
    const stopped = stopAfterFirstRemoval(db, stopping);
    expect(await prune(5, 9, { signal: stopping.signal, on: stopped })).toBe(250);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 952, first: 251 });

    expect(await prune(5, 9)).toBe(950);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 3, first: 1201, last: 1203 });
  });

  test("removes a limited number of rows a run, and says what is still to go", async () => {
    await write([1, 1, 1, 1, 1, 2]);
    const limited = { retentionDays: 5, now: day(9), maxRemoved: 4 };
    expect(await pruneAudit(db, limited)).toBe(4);
    expect(await left()).toEqual([5, 6, 7]);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, first: 5 });
    expect(await pruneAudit(db, limited)).toBe(2);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, first: 7, removal: { through: 6 } });
  });

  test("of several desks at once leaves a whole audit", async () => {
    for (let batch = 0; batch < 12; batch += 1)
      await write(Array.from({ length: 100 }, () => batch));
    await Promise.all([15, 13, 14].map((days) => prune(days, 20)));
    expect(await verifyAudit(db)).toMatchObject({ ok: true, first: 701 });
  });

  describe("by the job", () => {
    const DAY_MS = 86_400_000;
    const REAL = Date.now();
    const hoursAgo = (hours: number) => new Date(REAL - hours * 3_600_000);
    const at = (...hours: number[]) =>
      appendEvents(
        db,
        hours.map((ago) => auditEvent({ at: hoursAgo(ago) })),
      );
    const signal = new AbortController().signal;
    const remove = (retentionDays: number, now = new Date()) =>
      removeOldAudit(db, { retentionDays, now, signal });
    afterEach(() => vi.useRealTimers());

    test("happens once a day", async () => {
      await at(50, 49, 47, 26, 25, 1);
      await remove(2);
      expect(await left()).toEqual([3, 4, 5, 6, 7]);
      await tamper(db, sql`update audit_events set at = at - interval '2 days' where sequence < 6`);
      await remove(2);
      expect(await left()).toEqual([3, 4, 5, 6, 7]);
      await tamper(
        db,
        sql`update audit_events set at = at - interval '23 hours' where sequence > 6`,
      );
      await remove(2);
      expect(await left()).toEqual([6, 7, 8]);
    });

    test.each([
      ["400 days ahead", 400 * DAY_MS],
      ["a minute behind", -61_000],
    ])("removes nothing while the clock is %s, and says so", async (_, difference) => {
      await at(50, 1);
      vi.useFakeTimers({ toFake: ["Date"], now: REAL + difference });
      await expect(remove(2)).rejects.toThrow(
        /^No old audit rows were removed: the clock differs from the database's by \d+ seconds\.$/,
      );
      expect(await left()).toEqual([1, 2]);
      vi.useRealTimers();
      await remove(2);
      expect(await left()).toEqual([2, 3]);
    });

    test("removes nothing when the newest row is a month old, since both clocks may be wrong", async () => {
      await at(400 * 24, 31 * 24);
      await expect(remove(2)).rejects.toThrow(
        "No old audit rows were removed: the newest row is 31 days old, so the clock may be wrong.",
      );
      expect(await left()).toEqual([1, 2]);
      await at(29 * 24);
      await remove(30);
      expect(await left()).toEqual([3, 4]);
    });
  });
});

/** The database, on which the second transaction, which is the first to remove rows, is the last. */
function stopAfterFirstRemoval(db: Database, stopping: AbortController): Database {
  let transactions = 0;
  return new Proxy(db, {
    get(target, name) {
      if (name === "transaction" && ++transactions === 2) stopping.abort();
      return Reflect.get(target, name).bind?.(target) ?? Reflect.get(target, name);
    },
  });
}
