import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { auditEvents } from "@/lib/db/schema";
import type { OpenedStore, Store } from "@/lib/db/store";
import { auditEvent } from "@/lib/testing/audit-event";
import { emptyAudit } from "@/lib/testing/audit-table";
import { catchLog } from "@/lib/testing/desk-log";
import { testStores } from "@/lib/testing/stores";
import { appendEvents } from "./append";
import { keepAudit } from "./keeper";
import { recordAudit, writtenHead } from "./record";
import { verifyAudit } from "./verify";

const HOUR_MS = 3_600_000;
const LONGEST_MS = 15_000;
const NOW = new Date("2026-03-10T12:00:00.000Z");
const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

describe.each(testStores)("what keeps the audit on $name", ({ open }) => {
  let opened: OpenedStore;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
    globalThis.channelDeskStore = Promise.resolve(opened);
  });
  beforeEach(async () => {
    globalThis.channelDeskAudit = undefined;
    await emptyAudit(store);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"], now: NOW });
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
  const count = () => store.$count(auditEvents);

  test("removes what is older than the retention, at its start and every day", async () => {
    await appendEvents(
      store,
      [50, 49, 47, 26, 25, 1].map((hours) => auditEvent({ at: hoursAgo(hours) })),
    );
    const stop = keepAudit(store, 2);
    await vi.waitFor(
      async () => expect(await verifyAudit(store)).toMatchObject({ first: 3 }),
      LONGEST_MS,
    );
    vi.advanceTimersByTime(24 * HOUR_MS);
    await vi.waitFor(
      async () => expect(await verifyAudit(store)).toMatchObject({ first: 6 }),
      LONGEST_MS,
    );
    await stop();
    vi.advanceTimersByTime(9 * 24 * HOUR_MS);
    expect(await verifyAudit(store)).toMatchObject({ ok: true, first: 6, rows: 3 });
  });

  test("logs the newest row every hour, and at the end, when it is another", async () => {
    const lines = logged();
    const stop = keepAudit(store, 2);
    const line = () => `head ${writtenHead()?.sequence}:${writtenHead()?.hash}`;
    vi.advanceTimersByTime(HOUR_MS);
    expect(lines()).toEqual([]);

    await recordAudit(auditEvent());
    await recordAudit(auditEvent());
    const first = line();
    vi.advanceTimersByTime(3 * HOUR_MS);
    expect(lines()).toEqual([first]);

    await recordAudit(auditEvent());
    await stop();
    expect(lines()).toEqual([first, line()]);
  });

  test("logs that it could not remove, and goes on", async () => {
    const lines = logged();
    await appendEvents(store, [auditEvent({ at: hoursAgo(50) })]);
    await store.execute(sql`alter table audit_events rename to elsewhere`);
    const stop = keepAudit(store, 2);
    await vi.waitFor(
      () =>
        expect(lines()).toEqual([
          'old rows could not be removed: relation "audit_events" does not exist',
        ]),
      LONGEST_MS,
    );
    await store.execute(sql`alter table elsewhere rename to audit_events`);
    vi.advanceTimersByTime(24 * HOUR_MS);
    await vi.waitFor(
      async () => expect(await verifyAudit(store)).toMatchObject({ first: 2 }),
      LONGEST_MS,
    );
    await stop();
    expect(await count()).toBe(1);
  });
});
