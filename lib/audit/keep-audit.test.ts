import { asc, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { auditEvent } from "@/lib/testing/audit-event";
import { emptyAudit, tamper } from "@/lib/testing/audit-table";
import { catchLog } from "@/lib/testing/desk-log";
import { testDatabases } from "@/lib/testing/test-databases";
import { appendEvents } from "./append";
import { recordAudit, writtenHead } from "./record";
import { keepAudit } from "./retention";
import { verifyAudit } from "./verify";

const HOUR_MS = 3_600_000;
const LONGEST_MS = 15_000;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR_MS);

describe.each(testDatabases)("what keeps the audit on $name", ({ name, open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
    globalThis.channelDeskDatabase = Promise.resolve(opened);
  });
  beforeEach(async () => {
    globalThis.channelDeskAudit = undefined;
    await emptyAudit(db);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  afterAll(() => opened.close());

  const logged = () => {
    const log = catchLog();
    return () => log.map((line) => JSON.parse(line).message as string);
  };
  const count = () => db.$count(auditEvents);
  const first = async () => {
    const [row] = await db
      .select({ sequence: auditEvents.sequence })
      .from(auditEvents)
      .orderBy(asc(auditEvents.sequence))
      .limit(1);
    return row?.sequence;
  };

  test("removes what is older than the retention, at its start and every day", async () => {
    await appendEvents(
      db,
      [50, 49, 47, 26, 25, 1].map((hours) => auditEvent({ at: hoursAgo(hours) })),
    );
    const stop = keepAudit(db, 2);
    await vi.waitFor(
      async () => expect(await verifyAudit(db)).toMatchObject({ first: 3 }),
      LONGEST_MS,
    );
    // A day later the next row is old.
    await tamper(db, sql`update audit_events set at = at - interval '1 day' where sequence < 5`);
    vi.advanceTimersByTime(24 * HOUR_MS);
    await vi.waitFor(async () => expect(await first()).toBe(5), LONGEST_MS);
    await stop();
    await tamper(db, sql`update audit_events set at = at - interval '9 days'`);
    vi.advanceTimersByTime(9 * 24 * HOUR_MS);
    expect(await first()).toBe(5);
  });

  // The embedded database may read the clock of this process, which the test moves.
  test.skipIf(name === "PGlite")(
    "removes nothing while two clocks differ, and logs why",
    async () => {
      const lines = logged();
      await appendEvents(db, [auditEvent({ at: hoursAgo(50) }), auditEvent({ at: hoursAgo(1) })]);
      const real = Date.now();
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: real });
      vi.setSystemTime(real + 400 * 24 * HOUR_MS);
      await keepAudit(db, 2)();
      vi.setSystemTime(real - 61_000);
      await keepAudit(db, 2)();
      expect(lines()).toEqual([
        expect.stringMatching(
          /^no old rows were removed: the clock differs from the database's by 345\d{5} seconds$/,
        ),
        expect.stringMatching(
          /^no old rows were removed: the clock differs from the database's by \d+ seconds$/,
        ),
      ]);
      expect(await count()).toBe(2);
      vi.setSystemTime(real);
      const stop = keepAudit(db, 2);
      await vi.waitFor(async () => expect(await first()).toBe(2), LONGEST_MS);
      await stop();
    },
  );

  test("removes nothing when the newest row is a month old, since both clocks may be wrong", async () => {
    const lines = logged();
    const days = (number: number) => auditEvent({ at: hoursAgo(number * 24) });
    await appendEvents(db, [days(400), days(31)]);
    await keepAudit(db, 2)();
    expect(lines()).toEqual([
      "no old rows were removed: the newest row is 31 days old, so the clock may be wrong",
    ]);
    expect(await count()).toBe(2);
    await appendEvents(db, [days(29)]);
    const stop = keepAudit(db, 30);
    await vi.waitFor(async () => expect(await first()).toBe(3), LONGEST_MS);
    await stop();
  });

  test("logs the newest row every hour, and at the end, when it is another", async () => {
    const lines = logged();
    const stop = keepAudit(db, 2);
    const line = () => `head ${writtenHead()?.sequence}:${writtenHead()?.hash}`;
    vi.advanceTimersByTime(HOUR_MS);
    expect(lines()).toEqual([]);

    await recordAudit(auditEvent({ at: new Date() }));
    await recordAudit(auditEvent({ at: new Date() }));
    const first = line();
    vi.advanceTimersByTime(3 * HOUR_MS);
    expect(lines()).toEqual([first]);

    await recordAudit(auditEvent({ at: new Date() }));
    await stop();
    expect(lines()).toEqual([first, line()]);
  });

  test("logs that it could not remove, and goes on", async () => {
    const lines = logged();
    await appendEvents(db, [auditEvent({ at: hoursAgo(50) }), auditEvent({ at: hoursAgo(1) })]);
    await db.execute(sql`alter table audit_events rename to elsewhere`);
    const stop = keepAudit(db, 2);
    await vi.waitFor(
      () => expect(lines()).toEqual(["old rows could not be removed: relation …"]),
      LONGEST_MS,
    );
    await db.execute(sql`alter table elsewhere rename to audit_events`);
    vi.advanceTimersByTime(24 * HOUR_MS);
    await vi.waitFor(
      async () => expect(await verifyAudit(db)).toMatchObject({ first: 2 }),
      LONGEST_MS,
    );
    await stop();
    expect(await count()).toBe(2);
  });
});
