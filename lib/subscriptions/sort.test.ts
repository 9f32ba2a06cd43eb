import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { sortSubscriptions } from "./view";

type Values = readonly (string | null | undefined)[];

const byName = (names: Values, descending = false, locale = "en") =>
  sortSubscriptions(
    names.map((name, i) => ({ channelId: `c${i}`, name })),
    [{ column: "name", descending }],
    locale,
  ).map(({ name }) => name);

const byOwner = (owners: Values, descending = false) =>
  sortSubscriptions(
    owners.map((ownerId, i) => ({ channelId: `c${i}`, ownerId })),
    [{ column: "ownerId", descending }],
    "en",
  ).map(({ ownerId }) => ownerId);

describe("sorting", () => {
  it("puts what is not given last, either way", () => {
    const names = [null, "b", undefined, "a", null];
    expect(byName(names)).toEqual(["a", "b", null, undefined, null]);
    expect(byName(names, true)).toEqual(["b", "a", null, undefined, null]);
  });

  it("takes zero for a number and 1970 for a time", () => {
    const rows: Subscription[] = [
      { channelId: "none", subscriberCount: null, createdAt: null },
      { channelId: "one", subscriberCount: 1, createdAt: new Date(1) },
      { channelId: "zero", subscriberCount: 0, createdAt: new Date(0) },
      {
        channelId: "large",
        subscriberCount: Number.MAX_SAFE_INTEGER,
        createdAt: new Date(8.64e15),
      },
    ];
    for (const column of ["subscriberCount", "createdAt"] as const) {
      const ids = (descending: boolean) =>
        sortSubscriptions(rows, [{ column, descending }], "en").map(({ channelId }) => channelId);
      expect(ids(false)).toEqual(["zero", "one", "large", "none"]);
      expect(ids(true)).toEqual(["large", "one", "zero", "none"]);
    }
  });

  it("leaves equals in the list's order, either way, and lets the next sort break ties", () => {
    const rows: Subscription[] = [
      { channelId: "1", organization: "b", subscriberCount: 1 },
      { channelId: "2", organization: "a", subscriberCount: 1 },
      { channelId: "3", organization: "b", subscriberCount: 2 },
      { channelId: "4", organization: "a", subscriberCount: null },
      { channelId: "5", organization: "b", subscriberCount: 2 },
    ];
    const order = (...sorts: Parameters<typeof sortSubscriptions>[1]) =>
      sortSubscriptions(rows, sorts, "en")
        .map(({ channelId }) => channelId)
        .join("");
    const organization = (descending: boolean) => ({ column: "organization", descending }) as const;
    const count = (descending: boolean) => ({ column: "subscriberCount", descending }) as const;
    expect(order()).toBe("12345");
    expect(order(organization(false))).toBe("24135");
    expect(order(organization(true))).toBe("13524");
    expect(order(organization(false), count(true))).toBe("24351");
    expect(order(count(true), organization(false))).toBe("35214");
  });

  it("orders words as the language does, digits by value, case and width between equals only", () => {
    expect(byName(["News 10", "news 9", "Ｎews 9", "News 9", "école", "Zebra", "eclair"])).toEqual([
      "eclair",
      "école",
      "news 9",
      "News 9",
      "Ｎews 9",
      "News 10",
      "Zebra",
    ]);
    expect(byName(["上海", "北京", "广州"], false, "zh-CN")).toEqual(["北京", "广州", "上海"]);
    expect(byName(["하늘", "가을", "나무"], false, "ko")).toEqual(["가을", "나무", "하늘"]);
    expect(byName(["か", "ｱ", "が", "い"], false, "ja")).toEqual(["ｱ", "い", "か", "が"]);
    expect(byName(["İ", "ß", "st", "sa", "j", "h"])).toEqual(["h", "İ", "j", "sa", "ß", "st"]);
  });

  it("lets the next sort decide between words that a language does not tell apart", () => {
    const names = ["News 7", "News 007", "News 07"];
    const rows = names.map((name, i) => ({ channelId: `c${i}`, name }));
    const name = { column: "name", descending: true } as const;
    const order = (descending: boolean) =>
      sortSubscriptions(rows, [name, { column: "channelId", descending }], "en").map(
        (row) => row.name,
      );
    expect(order(false)).toEqual(names);
    expect(order(true)).toEqual(names.toReversed());
  });

  it("follows another language when asked for it, with the same rows", () => {
    const rows = ["北京", "上海"].map((name) => ({ channelId: name, name }));
    const first = (locale: string) =>
      sortSubscriptions(rows, [{ column: "name", descending: false }], locale)[0]?.name;
    expect([first("zh-CN"), first("ja"), first("zh-CN")]).toEqual(["北京", "上海", "北京"]);
  });

  it("orders ids by code unit, digits by value, exactly at any length", () => {
    const ordered = [
      "@TOA#_@TOA#9Z",
      "@TOA#_@TOA#10A",
      "@TOA#_Z",
      "@TOA#_a",
      "@TOA#_news",
      "@TOA#_news_9",
      "@TOA#_news_10",
      "@TOA#_news_1234567890123456789",
      "@TOA#_news_1234567890123456790",
      "@TOA#_news_12345678901234567890",
    ];
    expect(byOwner(ordered.toReversed())).toEqual(ordered);
    expect(byOwner(ordered, true)).toEqual(ordered.toReversed());
    expect(byOwner(["7b", "007", "07", "8", "7", "0", "00"])).toEqual([
      "0",
      "00",
      "7",
      "7b",
      "07",
      "007",
      "8",
    ]);
  });

  it("leaves the rows given as they are", () => {
    const rows = Object.freeze([{ channelId: "b" }, { channelId: "a" }]);
    const sorted = sortSubscriptions(rows, [{ column: "channelId", descending: false }], "en");
    expect(sorted.map(({ channelId }) => channelId)).toEqual(["a", "b"]);
    expect(rows.map(({ channelId }) => channelId)).toEqual(["b", "a"]);
    expect(sortSubscriptions([], [{ column: "name", descending: true }], "en")).toEqual([]);
  });
});
