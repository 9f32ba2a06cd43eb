import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OpenedStore } from "@/lib/db/store";
import { auditEvent } from "@/lib/testing/audit-event";
import { tamper } from "@/lib/testing/audit-table";
import { testStores } from "@/lib/testing/stores";
import { appendEvents } from "./append";
import { checkedChain } from "./checked-chain";

const at = (seconds: number) => new Date(Date.parse("2026-03-01T12:00:00Z") + seconds * 1000);

describe.each(testStores)("the checked chain of $name", ({ open }) => {
  let opened: OpenedStore;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  it("is checked at most once a minute, and once for all who ask meanwhile", async () => {
    const { store } = opened;
    await appendEvents(store, [auditEvent(), auditEvent()]);
    const [first, second] = await Promise.all([
      checkedChain(store, at(0)),
      checkedChain(store, at(300)),
    ]);
    expect(first).toMatchObject({ at: at(0), verdict: { ok: true, rows: 2 } });
    expect(second).toBe(first);
    await tamper(store, sql`update audit_events set reason = 'x' where sequence = 2`);
    expect(await checkedChain(store, at(59))).toBe(first);
    expect(await checkedChain(store, at(60))).toEqual({
      at: at(60),
      verdict: { ok: false, at: 2, problem: "changed" },
    });
  });

  it("is checked anew after it could not be", async () => {
    const { store } = opened;
    await store.execute(sql`alter table audit_events rename to elsewhere`);
    await expect(checkedChain(store, at(200))).rejects.toThrow();
    await store.execute(sql`alter table elsewhere rename to audit_events`);
    expect(await checkedChain(store, at(201))).toMatchObject({ at: at(201) });
  });
});
