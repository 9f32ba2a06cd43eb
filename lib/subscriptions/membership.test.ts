import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { askedChannel, membershipAnswer } from "./membership";
import type { ChannelName } from "./near-names";

const SINCE = new Date("2021-12-25T10:00:00Z");
const leeds: Subscription = {
  channelId: "@TOA#_leeds",
  name: "Leeds Radio Hour",
  subscribedAt: SINCE,
};
const seoul: Subscription = { channelId: "@TOA#_seoul", name: "서울 마라톤", subscribedAt: SINCE };
const nameless: Subscription = { channelId: "@TOA#_x", name: null };
const unasked: Subscription = { channelId: "@TOA#_y" };
const impostor: Subscription = { channelId: "@TOA#_z", name: "@TOA#_leeds" };
const street: Subscription = { channelId: "@TOA#_street", name: "Straße" };
const rows = [leeds, seoul, nameless, unasked, impostor, street];
const news: ChannelName = { channelId: "@TOA#_news", name: "Ｄaily News" };
const twin: ChannelName = { channelId: "@TOA#_news_2", name: " daily  news " };
const other: ChannelName = { channelId: "@TOA#_other", name: "Bristol Radio" };
const known = [news, twin, other, { channelId: leeds.channelId, name: "An old name" }];

describe("which channel a text means", () => {
  it.each<[string, ChannelName]>([
    ["@TOA#_leeds", leeds],
    [" @TOA#_leeds\n", leeds],
    ["@TOA#_other", other],
    ["@TOA#_nobody", { channelId: "@TOA#_nobody" }],
    ["Leeds Radio Hour", leeds],
    ["LEEDS RADIO HOUR", leeds],
    ["  leeds   radio\u00a0hour ", leeds],
    ['"Leeds Radio Hour"', leeds],
    ["“Leeds Radio Hour”", leeds],
    ["‘Leeds Radio Hour’", leeds],
    ["Ｌｅｅｄｓ　Ｒａｄｉｏ　Ｈｏｕｒ", leeds],
    ["서울  마라톤", seoul],
    ["STRASSE", street],
    ["bristol radio", other],
  ])("is one channel for %j", (text, channel) => {
    expect(askedChannel(text, rows, known)).toEqual({ kind: "channel", channel });
  });

  it.each<[string, string[]]>([
    ["Leeds Radio", [leeds.channelId]],
    ["leeds", [leeds.channelId, impostor.channelId]],
    ["Radio Leeds", [leeds.channelId]],
    ["Leeds-Radio-Hour!", [leeds.channelId]],
    ["LeedsRadioHour", [leeds.channelId]],
    ["Leads Radio Hour", [leeds.channelId]],
    ["“Leeds Radio", [leeds.channelId]],
    ["서울마라톤", [seoul.channelId]],
    ["마라톤", [seoul.channelId]],
    ["Bristol", [other.channelId]],
    ["@toa#_other", [other.channelId]],
    ["An old name", [leeds.channelId]],
  ])("is unclear for %j, with near channels", (text, near) => {
    const asked = askedChannel(text, rows, known);
    if (text === "An old name") return expect(asked.kind).toBe("channel");
    if (asked.kind !== "unclear") throw new Error("It is not one channel.");
    expect(asked.sameName).toBe(0);
    expect(asked.near.map(({ channelId }) => channelId)).toEqual(expect.arrayContaining(near));
    expect(asked.near[0]?.channelId).toBe(near[0]);
  });

  it("is unclear where several channels have the name", () => {
    const asked = askedChannel("DAILY NEWS", rows, known);
    expect(asked).toMatchObject({ kind: "unclear", sameName: 2 });
    expect(asked.kind === "unclear" && asked.near).toEqual([news, twin]);
  });

  it("counts a channel that is both in the list and known once", () => {
    const known = [{ channelId: leeds.channelId, name: "leeds radio hour" }];
    expect(askedChannel("leeds radio hour", rows, known)).toEqual({
      kind: "channel",
      channel: leeds,
    });
  });

  it.each(["", "  ", "null", "undefined", "Zebra crossing"])("finds nothing near %j", (text) => {
    expect(askedChannel(text, rows, known)).toEqual({ kind: "unclear", sameName: 0, near: [] });
  });
});

describe("whether a subscriber follows a channel", () => {
  const all = ["reading", "complete", "changed", "endless", "failed", "paused", "stopped"] as const;

  it.each(all)("is yes as soon as it is found, when the reading is %s", (outcome) => {
    expect(membershipAnswer({ found: leeds, read: 2, total: 900, outcome })).toEqual({
      answer: "yes",
      subscription: leeds,
    });
  });

  it("is no after all were read", () => {
    const reading = { found: undefined, read: 900, total: 900, outcome: "complete" } as const;
    expect(membershipAnswer(reading)).toEqual({ answer: "no", read: 900 });
  });

  it.each(all.filter((outcome) => outcome !== "complete"))(
    "cannot be said when the reading is %s",
    (outcome) => {
      expect(membershipAnswer({ found: undefined, read: 9, total: 900, outcome })).toEqual({
        answer: "unknown",
        why: outcome,
        read: 9,
        total: 900,
      });
    },
  );
});
