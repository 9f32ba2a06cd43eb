import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  callbackReceipts,
  channels,
  deliveries,
  notices,
  refreshRuns,
} from "@/lib/db/channel-schema";
import type { OpenedStore, Store } from "@/lib/db/store";
import { testStores } from "@/lib/testing/stores";
import { pruneJobs } from "./prune";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

describe.each(testStores)("pruning on $name", ({ open }) => {
  let opened: OpenedStore;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.close());

  test("removes what is old, and no delivery that a notice refers to or that is still under way", async () => {
    const run = { app: "demo", finishedAt: NOW, refreshed: 1, gone: 0, failed: 0 };
    const runs = (count: number, startedAt: Date) =>
      Array.from({ length: count }, () => ({ ...run, startedAt }));
    await store.insert(refreshRuns).values([...runs(1200, daysAgo(31)), ...runs(1, daysAgo(29))]);
    await store.insert(callbackReceipts).values([
      { digest: "old", receivedAt: daysAgo(8) },
      { digest: "new", receivedAt: daysAgo(6) },
    ]);
    const [told, , waiting, recent] = await store
      .insert(deliveries)
      .values([
        { createdAt: daysAgo(91), attempts: 1 },
        { createdAt: daysAgo(91), attempts: 1 },
        { createdAt: daysAgo(91), attempts: 1, nextAttemptAt: NOW },
        { createdAt: daysAgo(89), attempts: 1 },
      ])
      .returning();
    const channel = { app: "demo", channelId: "a", searchText: "", nameKey: "" };
    const [known] = await store
      .insert(channels)
      .values({ ...channel, firstSeenAt: NOW, seenAt: NOW })
      .returning();
    await store.insert(notices).values({
      channelKey: known?.key ?? 0,
      kind: "gone",
      occasion: "1",
      createdAt: NOW,
      detail: {},
      deliveryId: told?.id ?? null,
    });
    await pruneJobs(store, NOW, AbortSignal.timeout(60_000));
    expect(await store.$count(refreshRuns)).toBe(1);
    expect(await store.select().from(callbackReceipts)).toMatchObject([{ digest: "new" }]);
    const left = await store.select().from(deliveries);
    const ids = [told?.id, waiting?.id, recent?.id];
    expect(left.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });
});
