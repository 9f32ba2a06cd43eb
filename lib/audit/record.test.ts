import { asc, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { auditEvents } from "@/lib/db/schema";
import { auditEvent } from "@/lib/testing/audit-event";
import { emptyAudit } from "@/lib/testing/audit-table";
import { catchLog } from "@/lib/testing/desk-log";
import { testDatabases } from "@/lib/testing/test-databases";
import { readHead } from "./chain";
import {
  AuditError,
  auditIsWritable,
  recordAudit,
  requireWritableAudit,
  startHeadLog,
  writtenHead,
} from "./record";
import { verifyAudit } from "./verify";

const event = (requestId: string) => auditEvent({ requestId });

describe.each(testDatabases)("recording on $name", ({ open }) => {
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
  });
  afterAll(() => opened.close());

  const recorded = async () =>
    (
      await db
        .select({ requestId: auditEvents.requestId })
        .from(auditEvents)
        .orderBy(asc(auditEvents.sequence))
    ).map(({ requestId }) => requestId);
  const takeAway = () => db.execute(sql`alter table audit_events rename to elsewhere`);
  const bringBack = () => db.execute(sql`alter table elsewhere rename to audit_events`);

  test("resolves when the row is there, and remembers it as the newest", async () => {
    expect(writtenHead()).toBeNull();
    await recordAudit(event("a"));
    expect(await recorded()).toEqual(["a"]);
    expect(writtenHead()).toEqual(await readHead(db));
  });

  test("logs the newest row every hour and at the end, if it has changed", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const lines = catchLog();
    const logged = () => lines.map((line) => JSON.parse(line).message);
    const line = () => `head ${writtenHead()?.sequence}:${writtenHead()?.hash}`;
    const stop = startHeadLog();
    const hours = (count: number) => vi.advanceTimersByTime(count * 3_600_000);
    hours(1);
    expect(logged()).toEqual([]);
    await recordAudit(event("a"));
    await recordAudit(event("b"));
    const first = line();
    hours(3);
    expect(logged()).toEqual([first]);
    await recordAudit(event("c"));
    stop();
    expect(logged()).toEqual([first, line()]);
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  test("writes what comes meanwhile together, in the order in which it came", async () => {
    const ids = Array.from({ length: 50 }, (_, index) => `${index}`);
    await Promise.all(ids.map((id) => recordAudit(event(id))));
    expect(await recorded()).toEqual(ids);
    const [transactions] = await db
      .select({ count: sql<number>`count(distinct xmin::text)::int` })
      .from(auditEvents);
    expect(transactions).toEqual({ count: 2 });
  });

  test("keeps the good ones of a batch with bad ones", async () => {
    const noDate = auditEvent({ at: new Date(Number.NaN) });
    const noId = auditEvent({ actor: { id: "ann", email: "ann@example.com", role: "support" } });
    const given = [event("a"), event("b"), noDate, event("c"), noId, event("d")];
    const results = await Promise.allSettled(given.map(recordAudit));
    expect(results.map(({ status }) => status === "fulfilled")).toEqual([
      ...[true, true, false, true, false, true],
    ]);
    expect(await recorded()).toEqual(["a", "b", "c", "d"]);
    expect(await verifyAudit(db)).toMatchObject({ ok: true, rows: 4 });
    await requireWritableAudit();
  });

  test("says why, to each that waits, and what comes after is written", async () => {
    await takeAway();
    const refused = await Promise.allSettled(["a", "b", "c"].map((id) => recordAudit(event(id))));
    await bringBack();
    for (const result of refused) {
      expect(result).toMatchObject({
        status: "rejected",
        reason: {
          name: "AuditError",
          message: "The audit cannot be written: relation ….",
        },
      });
    }
    await recordAudit(event("d"));
    expect(await recorded()).toEqual(["d"]);
  });

  test("lets nothing be read from a failed write until one would succeed", async () => {
    await requireWritableAudit();
    await takeAway();
    await expect(recordAudit(event("a"))).rejects.toThrow(AuditError);
    await expect(requireWritableAudit()).rejects.toThrow(AuditError);
    expect(await auditIsWritable()).toBe(false);
    await bringBack();
    expect(await auditIsWritable()).toBe(true);
    await requireWritableAudit();
    expect(await recorded()).toEqual([]);
  });

  test("lets things be read again when a write succeeded", async () => {
    await takeAway();
    await expect(recordAudit(event("a"))).rejects.toThrow(AuditError);
    await bringBack();
    await recordAudit(event("b"));
    // Were it to try anew, it would fail.
    await takeAway();
    await requireWritableAudit();
    await bringBack();
  });

  test("fails when the database cannot be opened", async () => {
    globalThis.channelDeskDatabase = Promise.reject(new Error("It is gone."));
    await expect(recordAudit(event("a"))).rejects.toThrow(
      "The audit cannot be written: It is gone.",
    );
    globalThis.channelDeskDatabase = Promise.resolve(opened);
    await recordAudit(event("b"));
    expect(await recorded()).toEqual(["b"]);
  });
});
