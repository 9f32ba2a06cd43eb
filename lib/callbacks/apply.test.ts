import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordObservations } from "@/lib/channels/observations/record";
import type { ChannelCallback } from "@/lib/chat-api/callbacks";
import { callbackReceipts, channels, snapshots } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { applyCallback } from "./callbacks";

const channelId = "@TOA#_news";
const NOON = Date.UTC(2026, 10, 24, 12);
const at = (minutes: number) => new Date(NOON + minutes * 60_000);

describe.each(testDatabases)("callbacks on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(channels);
    await opened.db.delete(callbackReceipts);
  });

  const apply = (callback: ChannelCallback, body = JSON.stringify(callback)) =>
    applyCallback(opened.db, { app: "demo", callback, body, receivedAt: at(60) });
  const followed = (minutes: number, change: number): ChannelCallback => ({
    ...{ channelId, at: at(minutes) },
    ...{ event: "followed", change },
  });
  const counted = (minutes: number, subscriberCount: number) =>
    recordObservations(opened.db, "demo", [
      { channel: { channelId, subscriberCount }, seenAt: at(minutes) },
    ]);
  const stored = async () => (await opened.db.select().from(channels))[0];

  test("make a channel known, change what they name, and mark that it has gone", async () => {
    const facts = { name: "News", ownerId: "user-1", createdAt: at(0) };
    await apply({ channelId, at: at(0), event: "created", facts });
    expect(await stored()).toMatchObject({ name: "News", ownerId: "user-1", createdAt: at(0) });
    await apply({ channelId, at: at(1), event: "changed", facts: { name: "Old news" } });
    expect(await stored()).toMatchObject({ name: "Old news", ownerId: "user-1" });
    await apply({ channelId, at: at(2), event: "sent", messageAt: at(2) });
    expect(await stored()).toMatchObject({ lastMessageAt: at(2) });
    await apply({ channelId, at: at(3), event: "destroyed" });
    expect(await stored()).toMatchObject({ goneAt: at(3), name: "Old news" });
  });

  test("of a watched channel bring its refresh forward, and mark no end that was not read", async () => {
    await counted(0, 10);
    const due = new Date("2100-01-01T00:00:00Z");
    const watch = () => opened.db.update(channels).set({ refreshMinutes: 15, refreshDueAt: due });
    const told: ChannelCallback[] = [
      { channelId, at: at(1), event: "destroyed" },
      { channelId, at: at(2), event: "changed", facts: { name: "Forged" } },
      { channelId, at: at(3), event: "created", facts: { name: "Forged" } },
    ];
    for (const callback of told) {
      await watch();
      await apply(callback);
      const { goneAt, refreshDueAt } = (await stored()) ?? {};
      expect(goneAt).toBeNull();
      expect(refreshDueAt?.getTime()).toBeLessThan(due.getTime());
    }
    await watch();
    await apply(followed(4, 1));
    expect(await stored()).toMatchObject({ refreshDueAt: due, subscriberCount: 11 });
  });

  test("make a channel known that was never met, without a count", async () => {
    await apply(followed(0, 2));
    expect(await stored()).toMatchObject({ channelId, subscriberCount: null, seenAt: at(0) });
    await apply({ channelId, at: at(1), event: "full" });
    expect(await stored()).toMatchObject({ subscriberCount: null, seenAt: at(1) });
  });

  test("move a count that is known", async () => {
    await counted(1, 10);
    await apply(followed(2, 3));
    await apply(followed(3, -1));
    expect(await stored()).toMatchObject({ subscriberCount: 12, countedAt: at(3) });
    const counts = (await opened.db.select().from(snapshots)).map((row) => row.subscriberCount);
    expect(counts.toSorted()).toEqual([10, 12, 13]);
    await apply(followed(4, -100));
    expect(await stored()).toMatchObject({ subscriberCount: 0 });
  });

  test("make a last message later, and never earlier", async () => {
    const sent = (minutes: number, message: number): ChannelCallback => ({
      ...{ channelId, at: at(minutes) },
      ...{ event: "sent", messageAt: at(message) },
    });
    await apply(sent(5, 5));
    await apply(sent(6, 4));
    await apply(sent(4, 4));
    expect(await stored()).toMatchObject({ lastMessageAt: at(5) });
    await apply(sent(7, 7));
    expect(await stored()).toMatchObject({ lastMessageAt: at(7) });
    expect(await opened.db.select().from(snapshots)).toHaveLength(2);
  });

  test("in any order leave what is newest", async () => {
    await counted(0, 10);
    const changed = (minutes: number, name: string): ChannelCallback => ({
      ...{ channelId, at: at(minutes) },
      ...{ event: "changed", facts: { name } },
    });
    await apply(changed(3, "New"));
    await apply(changed(2, "Old"));
    await apply({ channelId, at: at(1), event: "destroyed" });
    await apply(followed(5, 1));
    await apply(followed(4, 1));
    expect(await stored()).toMatchObject({ name: "New", goneAt: null, subscriberCount: 12 });
  });

  test("of who leaves a channel that has ended do not bring it back", async () => {
    await counted(0, 10);
    await apply({ channelId, at: at(1), event: "destroyed" });
    await apply(followed(1, -3));
    await apply(followed(2, -7));
    expect(await stored()).toMatchObject({ goneAt: at(1), subscriberCount: 10 });
    await apply(followed(3, 1));
    expect(await stored()).toMatchObject({ goneAt: null });
  });

  test("in any order come to one count, from the last reading on", async () => {
    await counted(0, 10);
    for (const minute of [3, 1, 2, 2.5]) await apply(followed(minute, 1), `${minute}`);
    await apply(followed(3, -2), "at the same time");
    expect(await stored()).toMatchObject({ subscriberCount: 12, countedAt: at(3) });
    await counted(5, 20);
    for (const minute of [7, 4, 6]) await apply(followed(minute, 1), `${minute}`);
    expect(await stored()).toMatchObject({ subscriberCount: 22, countedAt: at(7) });
    const counts = await opened.db.select().from(snapshots).orderBy(snapshots.at);
    expect(counts.map((row) => row.subscriberCount)).toEqual([10, 12, 20, 22]);
  });

  test("leave a count alone that was read too long ago to be moved", async () => {
    await counted(0, 10);
    await apply(followed(26 * 60 + 1, 1));
    const seen = { subscriberCount: 10, countedAt: at(0), seenAt: at(26 * 60 + 1) };
    expect(await stored()).toMatchObject(seen);
    // One that holds goes on holding with each that moves it.
    await counted(30 * 60, 20);
    await apply(followed(55 * 60, 1));
    await apply(followed(80 * 60, 1));
    expect(await stored()).toMatchObject({ subscriberCount: 22, countedAt: at(80 * 60) });
  });

  test("of one minute are one snapshot", async () => {
    await counted(0, 10);
    for (const minute of [1, 1.3, 1.6, 1.9]) await apply(followed(minute, 1), `${minute}`);
    expect(await stored()).toMatchObject({ subscriberCount: 14, countedAt: at(1) });
    await apply(followed(2, 1));
    expect(await stored()).toMatchObject({ subscriberCount: 15, countedAt: at(2) });
    const counts = await opened.db.select().from(snapshots).orderBy(snapshots.at);
    expect(counts.map((row) => [row.at, row.subscriberCount, row.until])).toEqual([
      [at(0), 10, at(0)],
      [at(1), 14, at(1)],
      [at(2), 15, null],
    ]);
  });

  test("that overtake a reading do not keep it away", async () => {
    await counted(0, 10);
    await apply(followed(5.01, 1));
    await counted(5, 500);
    expect(await stored()).toMatchObject({ subscriberCount: 500, countedAt: at(5.01) });
    await apply(followed(6, 1));
    expect(await stored()).toMatchObject({ subscriberCount: 501 });
    // Of before the last reading, or long before what has moved since, is too late.
    await counted(4, 20);
    await apply(followed(8, 1));
    await counted(6.9, 30);
    expect(await stored()).toMatchObject({ subscriberCount: 502, countedAt: at(8) });
  });

  test("do not mend a refresh that fails, which a reading does", async () => {
    await counted(0, 10);
    await opened.db.update(channels).set({ refreshProblem: "timeout" });
    await apply(followed(1, 1));
    expect(await stored()).toMatchObject({ subscriberCount: 11, refreshProblem: "timeout" });
    await counted(2, 12);
    expect(await stored()).toMatchObject({ refreshProblem: null });
  });

  test("that name nothing hide nothing that others name", async () => {
    await apply({ channelId, at: at(2), event: "sent", messageAt: at(2) });
    await apply(followed(3, 1));
    await apply({ channelId, at: at(1), event: "created", facts: { name: "News" } });
    expect(await stored()).toMatchObject({ name: "News", seenAt: at(3) });
    await apply({ channelId, at: at(2.5), event: "destroyed" });
    expect(await stored()).toMatchObject({ goneAt: at(2.5), name: "News" });
  });

  test("of before the count was read are in it already", async () => {
    await counted(5, 10);
    await apply(followed(4, 1));
    await apply(followed(5, 1));
    expect(await stored()).toMatchObject({ subscriberCount: 10, countedAt: at(5) });
  });

  test("count once however often they come, and at once too", async () => {
    await counted(0, 10);
    await Promise.all([1, 2, 3].map(() => apply(followed(1, 1))));
    await apply(followed(1, 1));
    expect(await stored()).toMatchObject({ subscriberCount: 11 });
    await apply(followed(1.5, 1));
    expect(await stored()).toMatchObject({ subscriberCount: 12 });
    expect(await opened.db.select().from(callbackReceipts)).toHaveLength(2);
  });

  test("that tell of coming and going in equal words are two", async () => {
    await counted(0, 10);
    await apply(followed(1, 1), "the same body");
    await apply(followed(2, -1), "the same body");
    expect(await stored()).toMatchObject({ subscriberCount: 10, countedAt: at(2) });
    expect(await opened.db.select().from(callbackReceipts)).toHaveLength(2);
  });

  test("that cannot be noted may come again", async () => {
    const wrong: ChannelCallback = {
      ...{ channelId: "x", at: at(0) },
      ...{ event: "sent", messageAt: new Date(Number.NaN) },
    };
    const body = "the body";
    const failing = apply({ ...wrong, at: new Date(Number.NaN) }, body);
    await expect(failing).rejects.toThrow();
    expect(await opened.db.select().from(callbackReceipts)).toEqual([]);
  });
});
