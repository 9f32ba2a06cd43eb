import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { findChannels, membershipAnswer } from "./membership";

const news: Subscription = { channelId: "@TOA#_news", name: "Ｄaily News" };
const twin: Subscription = { channelId: "@TOA#_news_2", name: " daily news " };
const nameless: Subscription = { channelId: "@TOA#_x", name: null };
const unasked: Subscription = { channelId: "@TOA#_y" };
const impostor: Subscription = { channelId: "@TOA#_z", name: "@TOA#_news" };
const street: Subscription = { channelId: "@TOA#_street", name: "Straße" };
const rows = [news, twin, nameless, unasked, impostor, street];

describe("finding a channel", () => {
  it.each<[string, Subscription[]]>([
    ["@TOA#_news", [news]],
    [" @TOA#_news\n", [news]],
    ["@toa#_news", [impostor]],
    ["@TOA#_NEWS_2", []],
    ["DAILY NEWS", [news, twin]],
    ["　ｄａｉｌｙ　ｎｅｗｓ　", [news, twin]],
    ["daily", []],
    ["STRASSE", [street]],
    ["", []],
    ["  ", []],
    ["null", []],
    ["undefined", []],
  ])("takes %j as an id, else as a whole name", (wanted, found) => {
    expect(findChannels(rows, wanted)).toEqual(found);
  });
});

describe("whether a subscriber follows a channel", () => {
  const all = ["reading", "complete", "changed", "endless", "failed", "paused", "stopped"] as const;

  it.each(all)("is yes as soon as it is found, when the reading is %s", (outcome) => {
    expect(membershipAnswer({ matches: [news, twin], read: 2, total: 900, outcome })).toEqual({
      answer: "yes",
      matches: [news, twin],
    });
  });

  it("is no after all were read", () => {
    expect(membershipAnswer({ matches: [], read: 900, total: 900, outcome: "complete" })).toEqual({
      answer: "no",
      read: 900,
    });
  });

  it.each(all.filter((outcome) => outcome !== "complete"))(
    "cannot be said when the reading is %s",
    (outcome) => {
      expect(membershipAnswer({ matches: [], read: 900, total: 900, outcome })).toEqual({
        answer: "unknown",
        why: outcome,
        read: 900,
        total: 900,
      });
    },
  );
});
