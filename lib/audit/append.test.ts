import { asc, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { openPostgres } from "@/lib/db/open-database";
import { auditEvents } from "@/lib/db/schema";
import { Secret } from "@/lib/secret";
import { auditEvent } from "@/lib/testing/audit-event";
import { emptyAudit } from "@/lib/testing/audit-table";
import { type PostgresServer, startPostgres } from "@/lib/testing/postgres";
import { createDatabase, testDatabases } from "@/lib/testing/test-databases";
import { appendEvents, BEGINNING, contentOf, firstFault, readHead, tryAppend } from "./chain";
import { verifyAudit } from "./verify";

const rowsOf = (db: Database) => db.select().from(auditEvents).orderBy(asc(auditEvents.sequence));

describe.each(testDatabases)("the audit's table on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  beforeEach(() => emptyAudit(db));
  afterAll(() => opened.close());

  test("has each event behind the one before, as it was", async () => {
    const full = auditEvent({ reason: "票 7", code: "60021", target: "@TOA#_a", durationMs: 0 });
    const bare = auditEvent({
      ...{ actor: null, address: null, app: null, subscriberId: null, fields: null },
      ...{ rows: null, durationMs: null },
    });
    const noFields = auditEvent({ fields: [] });
    await appendEvents(db, [full]);
    const head = await appendEvents(db, [bare, noFields]);

    const rows = await rowsOf(db);
    expect(rows).toMatchObject([full, bare, noFields].map(contentOf));
    expect(rows.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(firstFault(BEGINNING, rows)).toBeNull();
    expect(head).toEqual({ sequence: 3, hash: rows[2]?.hash });
    expect(await readHead(db)).toEqual(head);
  });

  test("takes whatever a client may send, and reads it back the same", async () => {
    const nasty = "\0\ud800 \udfff'\"\\{},NULL\n\u202e😀".repeat(300);
    const event = auditEvent({
      ...{ requestId: nasty, address: nasty, code: nasty, app: nasty },
      ...{ subscriberId: nasty, target: nasty, reason: nasty },
      durationMs: 1e300,
    });
    await appendEvents(db, [event, auditEvent({ at: new Date("1969-12-31T23:59:59.999Z") })]);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 2 });
  });

  test("appends to the expected head, or to the newest row if another was written", async () => {
    const first = await appendEvents(db, [auditEvent()]);
    const second = await appendEvents(db, [auditEvent({ fields: ["name"] })], first);
    expect(second.sequence).toBe(2);
    const third = await appendEvents(db, [auditEvent({ actor: null })], first);
    expect(third.sequence).toBe(3);
    const forged = { sequence: 3, hash: "f".repeat(64) };
    expect((await appendEvents(db, [auditEvent()], forged)).sequence).toBe(4);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 4 });
  });

  test("has all of several events or none", async () => {
    const bad = auditEvent({ at: new Date(Number.NaN) });
    await expect(appendEvents(db, [auditEvent(), bad, auditEvent()])).rejects.toThrow();
    expect(await readHead(db)).toEqual(BEGINNING);
  });

  test("has one unbroken chain of many writers at once", async () => {
    const writers = Array.from({ length: 30 }, (_, index) =>
      appendEvents(db, [
        auditEvent({ requestId: `${index}` }),
        auditEvent({ requestId: `${index}` }),
      ]),
    );
    await Promise.all(writers);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 60 });
  });

  test("keeps nothing of a trial, which throws what a write would", async () => {
    await tryAppend(db, auditEvent());
    expect(await readHead(db)).toEqual(BEGINNING);
    await expect(tryAppend(db, auditEvent({ at: new Date(Number.NaN) }))).rejects.toThrow(
      RangeError,
    );
  });

  describe("refuses its owner", () => {
    const announced = auditEvent({ action: "audit.prune", target: "2", code: "x" });
    beforeEach(() => appendEvents(db, [auditEvent(), auditEvent(), auditEvent(), announced]));
    afterEach(async () => {
      expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 4 });
    });
    const through = (limit: string) =>
      sql`select set_config('channel_desk.audit_prune_through', ${limit}, true)`;

    test.each([
      ["to change a row", sql`update audit_events set reason = 'other' where sequence = 3`],
      ["to change none", sql`update audit_events set reason = 'other' where false`],
      [
        "to change one on conflict",
        sql`insert into audit_events select * from audit_events where sequence = 1 on conflict (sequence) do update set reason = 'other'`,
      ],
      ["to truncate", sql`truncate audit_events`],
      ["to truncate with others", sql`truncate accounts, audit_events cascade`],
      ["to delete a row", sql`delete from audit_events where sequence = 4`],
      ["to delete what has been announced", sql`delete from audit_events where sequence <= 2`],
    ])("%s", async (_, statement) => {
      await expect(db.execute(statement)).rejects.toMatchObject({
        cause: { message: expect.stringMatching(/^The audit only grows: [A-Z]+ is refused\.$/) },
      });
    });

    test.each([
      ["what is behind the limit", "2", sql`delete from audit_events where sequence <= 3`],
      ["what was not announced", "1", sql`delete from audit_events where sequence = 1`],
      ["with a limit that is no number", "2 ", sql`delete from audit_events where sequence = 1`],
      ["with none", "", sql`delete from audit_events where sequence = 1`],
      [
        "with a limit that moves meanwhile",
        "2",
        sql`delete from audit_events where set_config('channel_desk.audit_prune_through', '4', true) = '4'`,
      ],
    ])("to delete %s", async (_, limit, statement) => {
      const deleting = db.transaction(async (transaction) => {
        await transaction.execute(through(limit));
        await transaction.execute(statement);
      });
      await expect(deleting).rejects.toMatchObject({
        cause: { message: "The audit only grows: DELETE is refused." },
      });
    });

    test("what was announced without a cut-off", async () => {
      const deleting = db.transaction(async (transaction) => {
        await transaction.execute(through("2"));
        await transaction.execute(sql`delete from audit_events where sequence <= 2`);
      });
      await expect(deleting).rejects.toMatchObject({
        cause: { message: "The audit only grows: DELETE is refused." },
      });
    });

    test("with another table in the place of the audit", async () => {
      const deleting = db.transaction(async (transaction) => {
        await transaction.execute(
          sql`create temporary table audit_events on commit drop as select * from audit_events`,
        );
        await transaction.execute(
          sql`update pg_temp.audit_events set target = '3' where sequence = 4`,
        );
        await transaction.execute(through("3"));
        await transaction.execute(sql`delete from public.audit_events where sequence <= 3`);
      });
      await expect(deleting).rejects.toMatchObject({
        cause: { message: "The audit only grows: DELETE is refused." },
      });
    });

    test("when triggers are off for replication", async () => {
      const deleting = db.transaction(async (transaction) => {
        await transaction.execute(sql`set local session_replication_role = replica`);
        await transaction.execute(sql`delete from audit_events`);
      });
      await expect(deleting).rejects.toMatchObject({
        cause: { message: "The audit only grows: DELETE is refused." },
      });
    });
  });
});

describe.each(testDatabases)("retention's way to delete on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  beforeEach(() => emptyAudit(db));
  afterAll(() => opened.close());

  const HOUR_MS = 3_600_000;
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

  /** Does what anybody can who may insert and delete: announces the removal of the first row, and tries it. */
  async function remove(first: Date, reason: string): Promise<void> {
    const { hash } = await appendEvents(db, [auditEvent({ at: first })]);
    await appendEvents(db, [
      auditEvent({ at: hoursAgo(0), action: "audit.prune", target: "1", code: hash, reason }),
    ]);
    await db.transaction(async (transaction) => {
      await transaction.execute(
        sql`select set_config('channel_desk.audit_prune_through', '1', true)`,
      );
      await transaction.execute(sql`delete from audit_events where sequence = 1`);
    });
  }

  test("is open to rows from before the cut-off", async () => {
    await remove(hoursAgo(49), `before=${hoursAgo(48).toISOString()} retention=2`);
    const cutOff = { retentionDays: 2 };
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 1, removal: { cutOff } });
  });

  test.each([
    ["rows of the last day", 23, () => `before=${hoursAgo(0).toISOString()} retention=1`],
    [
      "rows of the last day, with a cut-off to come",
      1,
      () => `before=${hoursAgo(-99).toISOString()} retention=1`,
    ],
    [
      "rows that are not older than the cut-off",
      47,
      () => `before=${hoursAgo(48).toISOString()} retention=2`,
    ],
    ["anything without a cut-off", 9999, () => ""],
    ["anything with one that is no moment", 9999, () => "before=now retention=1"],
    [
      "anything with more in its place",
      9999,
      () => `x before=${hoursAgo(0).toISOString()} retention=1`,
    ],
  ])("is shut to %s", async (_, hours, reason) => {
    await expect(remove(hoursAgo(hours), reason())).rejects.toMatchObject({
      cause: { message: "The audit only grows: DELETE is refused." },
    });
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 2, removal: null });
  });
});

describe("on a PostgreSQL server", () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  test.each(["read committed", "repeatable read", "serializable"])(
    "several desks write one unbroken chain, where transactions are %s by default",
    async (isolation) => {
      const url = new URL(await createDatabase(server.url));
      url.searchParams.set(
        "options",
        `-c default_transaction_isolation=${isolation.replace(" ", "\\ ")}`,
      );
      const open = () => openPostgres(new Secret(url.href), "lib/db/migrations");
      const [one, ...others] = [await open(), await open(), await open()] as const;
      const setting = await one.db.execute(sql`show default_transaction_isolation`);
      expect(setting).toMatchObject({ rows: [{ default_transaction_isolation: isolation }] });

      const desks = [one, ...others];
      const first = await appendEvents(one.db, [auditEvent()]);
      const writeInTurn = async (db: Database) => {
        let head = first;
        for (let count = 0; count < 13; count += 1)
          head = await appendEvents(db, [auditEvent()], head);
      };
      const writing = Array.from({ length: 27 }, () =>
        desks.map(({ db }) => appendEvents(db, [auditEvent()])),
      );
      await Promise.all([...writing.flat(), ...desks.map(({ db }) => writeInTurn(db))]);
      expect(await verifyAudit(one.db)).toMatchObject({ ok: true, rows: 121 });
      expect(await one.db.$count(auditEvents)).toBe(121);
      await Promise.all(desks.map((desk) => desk.close()));
    },
  );
});
