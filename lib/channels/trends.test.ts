import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { channels, snapshots } from "@/lib/db/channel-schema";
import type { OpenedStore, Store } from "@/lib/db/store";
import { testStores } from "@/lib/testing/stores";
import { readTrends, TREND_DAYS } from "./trends";

const NOW = new Date("2026-03-10T12:00:00Z");

describe.each(testStores)("trends on $name", ({ open }) => {
  let opened: OpenedStore;
  let store: Store;
  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.close());

  test("of a large page are each of its own channel", async () => {
    const base = { app: "demo", searchText: "", nameKey: "", firstSeenAt: NOW, seenAt: NOW };
    const rows = await store
      .insert(channels)
      .values(
        Array.from({ length: 130 }, (_, n) => ({ ...base, channelId: `${n}`, countedAt: NOW })),
      )
      .returning({ key: channels.key });
    const reading = { at: NOW, grain: "reading" } as const;
    await store
      .insert(snapshots)
      .values(
        rows.map(({ key }, n) => ({ ...reading, channelKey: key, subscriberCount: 1000 + n })),
      );
    const trends = await readTrends(
      store,
      rows.map(({ key }) => key),
      NOW,
    );
    expect(trends.size).toBe(130);
    const unknown = Array<null>(TREND_DAYS - 1).fill(null);
    for (const [n, { key }] of rows.entries())
      expect(trends.get(key)).toEqual([...unknown, 1000 + n]);
  });

  test("of no channels are none", async () => {
    expect(await readTrends(store, [], NOW)).toEqual(new Map());
  });
});
