import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  alerts,
  callbackReceipts,
  channels,
  deliveries,
  refreshRuns,
  snapshots,
} from "@/lib/db/channel-schema";
import type { Database, OpenedDatabase } from "@/lib/db/database";
import { accounts, links, rateCounts, reveals, sessions, signInAttempts } from "@/lib/db/schema";
import { testDatabases } from "@/lib/testing/test-databases";
import { removeOldRows } from "./retention";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

describe.each(testDatabases)("retention on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let db: Database;
  beforeAll(async () => {
    opened = await open();
    db = opened.db;
  });
  afterAll(() => opened.close());

  test("removes old rows, but no delivery that an alert refers to or that is not over", async () => {
    const run = { app: "demo", finishedAt: NOW, refreshed: 1, gone: 0, failed: 0 };
    const runs = (count: number, startedAt: Date) =>
      Array.from({ length: count }, () => ({ ...run, startedAt }));
    await db.insert(refreshRuns).values([...runs(5001, daysAgo(31)), ...runs(1, daysAgo(29))]);
    await db.insert(callbackReceipts).values([
      { digest: "old", receivedAt: daysAgo(8) },
      { digest: "new", receivedAt: daysAgo(6) },
    ]);
    const [told, , waiting, recent] = await db
      .insert(deliveries)
      .values([
        { createdAt: daysAgo(91), attempts: 1 },
        { createdAt: daysAgo(91), attempts: 1 },
        { createdAt: daysAgo(91), attempts: 1, nextAttemptAt: NOW },
        { createdAt: daysAgo(89), attempts: 1 },
      ])
      .returning();
    const channel = { app: "demo", channelId: "a", searchText: "", nameKey: "" };
    const [known] = await db
      .insert(channels)
      .values({ ...channel, firstSeenAt: NOW, seenAt: NOW })
      .returning();
    const snapshot = { channelKey: known?.key ?? 0, subscriberCount: 1, until: NOW };
    await db.insert(snapshots).values([
      { ...snapshot, at: daysAgo(53), resolution: "hour" },
      { ...snapshot, at: daysAgo(51), resolution: "day" },
      { ...snapshot, at: daysAgo(49), resolution: "day" },
    ]);
    const notice = { channelKey: known?.key ?? 0, occasion: "1", createdAt: NOW, detail: {} };
    await db.insert(alerts).values([
      { ...notice, kind: "gone", createdAt: daysAgo(91), deliveryId: told?.id ?? null },
      { ...notice, kind: "moved", createdAt: daysAgo(91) },
      { ...notice, kind: "moved", occasion: "2", createdAt: daysAgo(89) },
    ]);
    await removeOldRows(db, { snapshotDays: 50, now: NOW, signal: AbortSignal.timeout(60_000) });
    expect(await db.$count(refreshRuns)).toBe(1);
    expect(await db.select().from(callbackReceipts)).toMatchObject([{ digest: "new" }]);
    expect(await db.select().from(alerts).orderBy(alerts.id)).toMatchObject([
      { kind: "gone", occasion: "1" },
      { kind: "moved", occasion: "2" },
    ]);
    const kept = await db.select().from(snapshots).orderBy(snapshots.at);
    expect(kept.map(({ at }) => at)).toEqual([daysAgo(53), daysAgo(49)]);
    const left = await db.select().from(deliveries);
    const ids = [told?.id, waiting?.id, recent?.id];
    expect(left.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  test("removes sessions, sign-in attempts, counted attempts, revealed fields and links when they are over", async () => {
    const person = { email: "ann@example.com", name: "Ann", role: "support" } as const;
    const [account] = await db.insert(accounts).values(person).returning();
    const accountId = account?.id ?? "";
    const common = { accountId, kind: "password", address: "", userAgent: "" } as const;
    const session = { ...common, createdAt: daysAgo(99), lastSeenAt: daysAgo(99) };
    const [, open] = await db
      .insert(sessions)
      .values([
        { ...session, endsAt: daysAgo(31) },
        { ...session, endsAt: daysAgo(29) },
      ])
      .returning();
    const attempt = { browserDigest: "", returnTo: "/", accountId: null };
    await db.insert(signInAttempts).values([
      { ...attempt, stateDigest: "old", expiresAt: daysAgo(1.1) },
      { ...attempt, stateDigest: "new", expiresAt: daysAgo(0.9) },
    ]);
    await db.insert(rateCounts).values([
      { subject: "old", windowStart: daysAgo(2.1), count: 1 },
      { subject: "new", windowStart: daysAgo(1.9), count: 1 },
    ]);
    const reveal = { sessionId: open?.id ?? "", app: "demo", subscriberId: "a" };
    await db.insert(reveals).values([
      { ...reveal, field: "old", expiresAt: daysAgo(0.1) },
      { ...reveal, field: "new", expiresAt: daysAgo(-0.1) },
    ]);
    const link = { page: "lookup", query: "", createdAt: daysAgo(99), accountId } as const;
    await db.insert(links).values([
      { ...link, id: "old", usedAt: daysAgo(91) },
      { ...link, id: "new", usedAt: daysAgo(89) },
    ]);
    await removeOldRows(db, { snapshotDays: 50, now: NOW, signal: AbortSignal.timeout(60_000) });
    expect(await db.select().from(sessions)).toMatchObject([{ id: open?.id }]);
    expect(await db.select().from(signInAttempts)).toMatchObject([{ stateDigest: "new" }]);
    expect(await db.select().from(rateCounts)).toMatchObject([{ subject: "new" }]);
    expect(await db.select().from(reveals)).toMatchObject([{ field: "new" }]);
    expect(await db.select().from(links)).toMatchObject([{ id: "new" }]);
  });
});
