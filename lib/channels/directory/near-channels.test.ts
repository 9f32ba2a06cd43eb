import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { channels } from "@/lib/db/channel-schema";
import type { OpenedDatabase } from "@/lib/db/database";
import { testDatabases } from "@/lib/testing/test-databases";
import { foldedKeys } from "../observations/observe";
import { listNearChannels } from "./near-channels";

const NOW = new Date("2026-10-28T12:00:00.000Z");
const NAMES: Readonly<Record<string, string | null>> = {
  "@TOA#_leeds": "Leeds Radio Hour",
  "@TOA#_seoul": "서울 마라톤",
  "@TOA#_percent": "50% off_now\\",
  "@TOA#_news_1": "Daily News",
  "@TOA#_news_2": "daily  news",
  "@TOA#_nameless": null,
};

describe.each(testDatabases)("known channels near a text, on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
    const row = (app: string, channelId: string, name: string | null) => ({
      ...{ app, channelId, name, firstSeenAt: NOW, seenAt: NOW },
      ...foldedKeys({ channelId, name, ownerId: null, organization: null }),
    });
    const many = Array.from({ length: 900 }, (_, index) =>
      row("demo", `@TOA#_many_${index}`, `Long event show radio broadcast ${index}`),
    );
    await opened.db
      .insert(channels)
      .values([
        ...Object.entries(NAMES).map(([channelId, name]) => row("demo", channelId, name)),
        ...many,
        row("other", "@TOA#_elsewhere", "Leeds Radio Hour"),
      ]);
  });
  afterAll(() => opened.close());

  const find = async (text: string, withNames = true) => {
    const found = await listNearChannels(opened.db, { app: "demo", text, withNames });
    return found.map(({ channelId }) => channelId);
  };

  it.each([
    ["Leeds Radio", "@TOA#_leeds"],
    ["Leeds Radio Hour", "@TOA#_leeds"],
    ["“leeds  radio”", "@TOA#_leeds"],
    ["Leads Radio", "@TOA#_leeds"],
    ["서울마라톤", "@TOA#_seoul"],
    ["50%", "@TOA#_percent"],
    ["off_now\\", "@TOA#_percent"],
    ["@TOA#_nameless", "@TOA#_nameless"],
    ["toa_nameless", "@TOA#_nameless"],
  ])("finds %j first", async (text, channelId) => {
    expect((await find(text))[0]).toBe(channelId);
  });

  it("finds all channels of one name", async () => {
    expect((await find("DAILY NEWS")).slice(0, 2)).toEqual(["@TOA#_news_1", "@TOA#_news_2"]);
  });

  it.each(["", " ", "zebra crossing", "\0", "leeds\0", "\ud800", "'; drop table channels; --"])(
    "finds nothing for %j",
    async (text) => expect(await find(text)).toEqual([]),
  );

  it("compares and returns IDs only, where names may not be seen", async () => {
    expect(await find("Leeds Radio Hour", false)).toEqual([]);
    const wanted = { app: "demo", text: "@TOA#_leeds", withNames: false };
    expect(await listNearChannels(opened.db, wanted)).toEqual([
      { channelId: "@TOA#_leeds", name: null },
    ]);
  });
});
