import { createFormatter, createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import en from "@/lib/messages/en.json";
import { formats } from "@/lib/messages/formats";
import ja from "@/lib/messages/ja.json";
import ko from "@/lib/messages/ko.json";
import { type Locale, locales } from "@/lib/messages/locales";
import zhCN from "@/lib/messages/zh-CN.json";
import { failureSummary, ticketSummary } from "./ticket";

const CATALOGUES = { en, "zh-CN": zhCN, ko, ja };
const readAt = new Date("2026-11-24T05:32:43Z");

const sample: Subscription = {
  channelId: "@TOA#_test_mill_subscriber_OA",
  name: "test_mill_subscriber_OA",
  subscribedAt: new Date(1_700_655_351_000),
  lastMessageAt: new Date(1_698_894_911_000),
};

type Facts = Partial<Omit<Parameters<typeof ticketSummary>[0], "t" | "format">>;

function ticket(facts: Facts = {}, locale: Locale = "en", timeZone = "UTC"): string {
  return ticketSummary({
    t: createTranslator({ locale, messages: CATALOGUES[locale], namespace: "ticket" }),
    format: createFormatter({ locale, timeZone, formats }),
    app: { name: "Demo", sdkAppId: 1_400_000_001, region: CATALOGUES[locale].regions.singapore },
    subscriberId: "107867",
    known: true,
    total: 8,
    read: 8,
    outcome: "complete",
    since: null,
    readAt,
    selected: [sample],
    shown: [],
    matching: 8,
    question: null,
    link: "https://desk.example.com/lookup?subscriber=107867",
    ...facts,
  });
}

describe("ticketSummary", () => {
  it("says of nobody that he is not there, not that he follows nothing", () => {
    const [, second] = ticket({ known: false, total: 0, read: 0, selected: [], matching: 0 }).split(
      "\n",
    );
    expect(second).toBe("This app has no user with this ID.");
  });

  it("says who, where, how many, which, when, and leads back", () => {
    expect(ticket().split("\n")).toEqual([
      "Subscriber 107867 in Demo (app 1400000001, Singapore)",
      "Subscribed to 8 channels (complete list).",
      "Selected: 1 channel",
      "- test_mill_subscriber_OA · @TOA#_test_mill_subscriber_OA · subscribed since Nov 22, 2023, 12:15:51 UTC · last message Nov 2, 2023, 03:15:11 UTC",
      "As of Nov 24, 2026, 05:32:43 UTC",
      "https://desk.example.com/lookup?subscriber=107867",
    ]);
  });

  it("says what has changed since an earlier lookup", () => {
    const since = { at: new Date("2026-11-23T10:12:05Z"), change: "no change" };
    expect(ticket({ since }).split("\n").slice(1, 3)).toEqual([
      "Subscribed to 8 channels (complete list).",
      "Since the lookup on Nov 23, 2026, 10:12:05 UTC: no change",
    ]);
  });

  it.each([
    ["en", "Subscribed to 9,973 channels; 400 of 9,973 loaded.", "GMT+9"],
    ["zh-CN", "订阅了 9,973 个频道，已加载 400 / 9,973。", "GMT+9"],
    ["ko", "채널 9,973개 구독 중, 9,973개 중 400개 불러옴", "GMT+9"],
    ["ja", "9,973件のチャンネルを登録中。9,973件中400件を読み込みました。", "JST"],
  ] as const)("speaks %s, in the person's time zone", (locale, total, zone) => {
    const facts = { total: 9973, read: 400, outcome: "partial" } as const;
    const lines = ticket(facts, locale, "Asia/Tokyo").split("\n");
    expect(lines).toHaveLength(6);
    expect(lines[1]).toBe(total);
    expect(lines[4]).toMatch(/14\D+32\D+43/);
    expect(lines[4]).toContain(zone);
    expect(lines.join()).not.toMatch(/[{}]|ticket\./);
  });

  it.each(locales)("claims all only of what is complete, in %s", (locale) => {
    const said = (["complete", "changed", "partial"] as const).map(
      (outcome) => ticket({ outcome }, locale).split("\n")[1],
    );
    expect(new Set(said).size).toBe(3);
    expect(
      ticket({ total: 0, read: 0, selected: [], matching: 0 }, locale).split("\n"),
    ).toHaveLength(4);
  });

  it("counts the rows that are too many", () => {
    const rows = Array.from({ length: 23 }, (_, index) => ({ channelId: `@TOA#_${index}` }));
    const lines = ticket({ selected: rows }).split("\n");
    expect(lines[2]).toBe("Selected: 23 channels");
    expect(lines.slice(3, 23)).toEqual(rows.slice(0, 20).map(({ channelId }) => `- ${channelId}`));
    expect(lines[23]).toBe("- and 3 more");
  });

  it("tells never from what was not asked for", () => {
    const row = (fields: Partial<Subscription>) =>
      ticket({ selected: [{ channelId: "@TOA#_a", ...fields }] }).split("\n")[3];
    expect(row({})).toBe("- @TOA#_a");
    expect(row({ name: null, subscribedAt: null, lastMessageAt: null })).toBe(
      "- @TOA#_a · last message: never",
    );
  });

  it("keeps a stranger's text on its line, with nothing hidden", () => {
    const name = "a\nb\r\nRead yesterday\u2028c\u202ed";
    const lines = ticket({ selected: [{ channelId: "@TOA#_\u200bx", name }] }).split("\n");
    expect(lines).toHaveLength(6);
    expect(lines[3]).toBe("- a b[U+000D] Read yesterday[U+2028]c[U+202E]d · @TOA#_[U+200B]x");
  });

  it("lists the first ten channels as shown where none is selected, and counts the others", () => {
    const shown = Array.from({ length: 50 }, (_, index) => ({ channelId: `@TOA#_${index}` }));
    const lines = ticket({ selected: [], shown, matching: 201 }).split("\n");
    expect(lines[2]).toBe("The first 10 channels as shown:");
    expect(lines.slice(3, 13)).toEqual(shown.slice(0, 10).map((row) => `- ${row.channelId}`));
    expect(lines[13]).toBe("- and 191 more");
    expect(ticket({ selected: [], shown: shown.slice(0, 1), matching: 1 })).not.toContain("more");
  });

  it.each<[string, NonNullable<Facts["question"]>["verdict"], string]>([
    [
      "yes",
      { kind: "channel", channel: sample, answer: { answer: "yes", subscription: sample } },
      "Subscribed to test_mill_subscriber_OA (@TOA#_test_mill_subscriber_OA)? Yes, since November 22, 2023.",
    ],
    [
      "no",
      { kind: "channel", channel: { channelId: "@TOA#_x" }, answer: { answer: "no", read: 8 } },
      "Subscribed to @TOA#_x? No.",
    ],
    [
      "not known from a part of the list",
      {
        kind: "channel",
        channel: { channelId: "@TOA#_x" },
        answer: { answer: "unknown", why: "paused", read: 8, total: 9 },
      },
      "Subscribed to @TOA#_x? Unknown.",
    ],
    [
      "not known from a part of a name",
      { kind: "unclear", sameName: 0, near: [sample] },
      "Subscribed to asked? Unknown.",
    ],
    ["not known before there is one", null, "Subscribed to asked? Unknown."],
  ])("has the answer to the question on the screen: %s", (_, verdict, line) => {
    expect(ticket({ question: { text: " asked ", verdict } }).split("\n")[2]).toBe(line);
  });
});

it("says of a failed lookup why it failed, and what names it in the log", () => {
  const summary = failureSummary({
    t: createTranslator({ locale: "en", messages: en, namespace: "ticket" }),
    failed: createTranslator({ locale: "en", messages: en, namespace: "failed" }),
    format: createFormatter({ locale: "en", timeZone: "UTC", formats }),
    app: { name: "Demo", sdkAppId: 1_400_000_001, region: en.regions.singapore },
    subscriberId: "107867",
    failure: {
      ...{ code: "vendor", happened: "The key is wrong.", remedy: "Contact an administrator." },
      ...{ retry: "none", requestId: "r-1" },
      vendor: { kind: "rejected", code: 70_009, info: "sig\u202e mismatch" },
    },
    at: readAt,
    link: "https://desk.example.com/lookup",
  });
  expect(summary.split("\n")).toEqual([
    "Subscriber 107867 in Demo (app 1400000001, Singapore)",
    "The key is wrong.",
    "Contact an administrator.",
    `${en.failed.vendorCode.replace("{code}", "70009")} sig[U+202E] mismatch`,
    `${en.failed.request} r-1`,
    "Failed Nov 24, 2026, 05:32:43 UTC",
    "https://desk.example.com/lookup",
  ]);
});
