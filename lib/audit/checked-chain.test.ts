import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { auditEvent } from "@/lib/testing/audit-event";
import { tamper } from "@/lib/testing/audit-table";
import { testDatabases } from "@/lib/testing/test-databases";
import { appendEvents } from "./chain";
import { checkedChain } from "./verify";

const at = (seconds: number) => new Date(Date.parse("2026-03-01T12:00:00Z") + seconds * 1000);

describe.each(testDatabases)("the checked chain of $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  it("is checked at most once a minute, and once for all who ask meanwhile", async () => {
    const { db } = opened;
    await appendEvents(db, [auditEvent(), auditEvent()]);
    const [first, second] = await Promise.all([checkedChain(db, at(0)), checkedChain(db, at(300))]);
    expect(first).toMatchObject({ at: at(0), verdict: { ok: true, rows: 2 } });
    expect(second).toBe(first);
    await tamper(db, sql`update audit_events set reason = 'x' where sequence = 2`);
    expect(await checkedChain(db, at(59))).toBe(first);
    expect(await checkedChain(db, at(60))).toEqual({
      at: at(60),
      verdict: { ok: false, at: 2, problem: "changed" },
    });
  });

  it("is checked anew after it could not be", async () => {
    const { db } = opened;
    await db.execute(sql`alter table audit_events rename to elsewhere`);
    await expect(checkedChain(db, at(200))).rejects.toThrow();
    await db.execute(sql`alter table elsewhere rename to audit_events`);
    expect(await checkedChain(db, at(201))).toMatchObject({ at: at(201) });
  });
});
