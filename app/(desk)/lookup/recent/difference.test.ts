import fc from "fast-check";
import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import en from "@/lib/messages/en.json";
import ja from "@/lib/messages/ja.json";
import ko from "@/lib/messages/ko.json";
import { type Locale, locales } from "@/lib/messages/locales";
import zhCN from "@/lib/messages/zh-CN.json";
import { describeDifference, differenceSince } from "./difference";

const MINUTE = 60_000;
const THEN = Date.parse("2026-11-30T10:12:00Z");
const readTo = new Date("2026-12-01T10:12:00Z");
const row = (channelId: string, at: number | null) => ({
  channelId,
  subscribedAt: at === null ? null : new Date(at),
});
const before = [row("a", THEN - 2 * MINUTE), row("b", THEN - 3 * MINUTE)];
const answer = (rows: readonly ReturnType<typeof row>[]) => ({
  ...{ state: "complete" as const, rows, total: rows.length },
  readTo,
});

describe("differenceSince", () => {
  it("counts the subscriptions that began and those that ended, whatever happened between", () => {
    // In minutes around the earlier lookup; a channel may be subscribed to several times.
    const time = fc.integer({ min: -1000, max: 1000 }).filter((minutes) => Math.abs(minutes) > 1);
    const lifetimes = fc.array(
      fc
        .tuple(time, fc.option(time))
        .filter(([start, end]) => end === null || start < end)
        .map(([start, end]) => ({ start, end: end ?? Number.POSITIVE_INFINITY })),
    );
    fc.assert(
      fc.property(lifetimes, (all) => {
        const isNow = ({ end }: { end: number }) => end > 1000;
        const wasThen = ({ start, end }: { start: number; end: number }) => start < 0 && end > 0;
        const rows = all.filter(isNow).map(({ start }) => row("x", THEN + start * MINUTE));
        const then = { at: THEN, total: all.filter(wasThen).length };
        const difference = differenceSince(then, answer(rows));
        expect(difference).toEqual({
          kind: "rows",
          added: all.filter((one) => isNow(one) && !wasThen(one)).length,
          ended: all.filter((one) => wasThen(one) && !isNow(one)).length,
        });
        if (difference.kind !== "rows") return;
        expect(then.total + difference.added - difference.ended).toBe(rows.length);
      }),
    );
  });

  it("says that all ended where the list is empty", () => {
    const nothing = differenceSince({ at: THEN, total: 8 }, answer([]));
    expect(nothing).toEqual({ kind: "rows", added: 0, ended: 8 });
  });

  it.each([
    ["one page is in hand", { ...answer(before), state: "page" as const }],
    ["the list changed while it was read", { ...answer(before), state: "changed" as const }],
    ["the field was not read", answer([...before.slice(1), { channelId: "c" } as never])],
    ["a subscription has no time", answer([...before.slice(1), row("c", null)])],
    ["one began in the minute before", answer([...before.slice(1), row("c", THEN - MINUTE)])],
    ["one began in the minute after", answer([...before.slice(1), row("c", THEN + MINUTE)])],
    ["one has yet to begin", answer([...before.slice(1), row("c", readTo.getTime() + 2 * MINUTE)])],
  ])("compares the totals alone where %s", (_, present) => {
    const more = (total: number) => differenceSince({ at: THEN, total }, present);
    expect(more(2)).toEqual({ kind: "total", more: 0 });
    expect(more(5)).toEqual({ kind: "total", more: -3 });
    expect(more(0)).toEqual({ kind: "total", more: 2 });
  });

  it("compares the totals alone where old subscriptions were not counted before", () => {
    const difference = differenceSince({ at: THEN, total: 1 }, answer(before));
    expect(difference).toEqual({ kind: "total", more: 1 });
  });
});

describe("describeDifference", () => {
  const CATALOGUES = { en, "zh-CN": zhCN, ko, ja };
  const words = (locale: Locale) => {
    const t = createTranslator({ locale, messages: CATALOGUES[locale], namespace: "lookup" });
    const rows = (added: number, ended: number) =>
      describeDifference(t, { kind: "rows", added, ended });
    const total = (more: number) => describeDifference(t, { kind: "total", more });
    return [rows(3, 1), rows(1, 0), rows(0, 2), rows(0, 0), total(1), total(-1), total(-2)].concat(
      total(0),
    );
  };

  it("has plural forms, and a word for no change", () => {
    expect(words("en")).toEqual([
      "3 new, 1 ended",
      "1 new, 0 ended",
      "0 new, 2 ended",
      "no change",
      "1 channel more",
      "1 channel fewer",
      "2 channels fewer",
      "same number of channels",
    ]);
  });

  it.each(locales)("says each of them in its own words: %s", (locale) => {
    expect(new Set(words(locale)).size).toBe(8);
  });
});
