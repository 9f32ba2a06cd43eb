import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { channels, deliveries, notices } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { listDeliveries } from "./list-deliveries";

const START = Date.UTC(2026, 10, 24, 12);
const minutes = (count: number) => new Date(START + count * 60_000);

describe.each(testDatabases)("the list of deliveries on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(channels);
    await opened.db.delete(deliveries);
  });

  async function channel(channelId: string, app = "demo"): Promise<number> {
    const [row] = await opened.db
      .insert(channels)
      .values({
        ...{ app, channelId, name: "As it is called now", searchText: "", nameKey: "" },
        ...{ firstSeenAt: minutes(0), seenAt: minutes(0) },
      })
      .returning({ key: channels.key });
    return row?.key ?? 0;
  }
  async function delivery(createdAt: Date): Promise<string> {
    const [row] = await opened.db
      .insert(deliveries)
      .values({ createdAt, attempts: 1, deliveredAt: createdAt, status: 200 })
      .returning({ id: deliveries.id });
    return row?.id ?? "";
  }
  const tell = (
    deliveryId: string | null,
    channelKey: number,
    kind: "silent" | "gone" | "moved",
    name: string | null,
  ) =>
    opened.db.insert(notices).values({
      ...{ channelKey, kind, deliveryId, occasion: String(deliveryId), detail: { name, days: 1 } },
      createdAt: minutes(0),
    });
  const list = (limit = 10, withNames = true) => listDeliveries(opened.db, { limit, withNames });

  test("has the last one first, and no more than are wanted", async () => {
    expect(await list()).toEqual([]);
    const ids = [
      await delivery(minutes(2)),
      await delivery(minutes(1)),
      await delivery(minutes(3)),
    ];
    const listed = await list(2);
    expect(listed.map(({ id }) => id)).toEqual([ids[2], ids[0]]);
    expect(listed[0]).toEqual({
      ...{ id: ids[2], createdAt: minutes(3), attempts: 1, deliveredAt: minutes(3), status: 200 },
      ...{ nextAttemptAt: null, problem: null, told: [] },
    });
  });

  test("tells of each what it told, in that order, and of no other", async () => {
    const [one, two] = [await channel("@TOA#_1"), await channel("@TOA#_2", "other")];
    const [first, second] = [await delivery(minutes(1)), await delivery(minutes(2))];
    await tell(first, two, "moved", "Two");
    await tell(second, one, "gone", null);
    await tell(first, one, "silent", "One");
    await tell(null, one, "moved", "Not told yet");
    const told = (await list()).map((each) => each.told);
    expect(told).toMatchObject([
      [{ kind: "gone", app: "demo", channelId: "@TOA#_1", name: null }],
      [
        { kind: "moved", app: "other", channelId: "@TOA#_2", name: "Two" },
        { kind: "silent", app: "demo", channelId: "@TOA#_1", name: "One" },
      ],
    ]);
    expect(told.map((notices) => notices.length)).toEqual([1, 2]);
  });

  test("has no names where nobody asks for them", async () => {
    await tell(await delivery(minutes(1)), await channel("@TOA#_1"), "gone", "One");
    expect((await list(10, false))[0]?.told).toMatchObject([{ channelId: "@TOA#_1", name: null }]);
  });

  test("tells nothing of a channel that the desk has forgotten", async () => {
    await tell(await delivery(minutes(1)), await channel("@TOA#_1"), "gone", "One");
    await opened.db.delete(channels);
    expect(await list()).toMatchObject([{ told: [] }]);
  });
});
