import { createFormatter, createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { formats } from "@/lib/messages/formats";
import { type Locale, locales } from "@/lib/messages/locales";
import type { ColumnId, Filter } from "@/lib/subscriptions/filter";
import { filterColumn } from "@/lib/testing/filter-columns";
import { filterInWords, searchInWords, sortInWords, splitIsolated } from "./words";

const NEW_YEAR = new Date("2026-01-01T00:00:00Z");

async function speak(locale: Locale) {
  const { default: messages } = await import(`@/lib/messages/${locale}.json`);
  const t = createTranslator({ locale, messages, namespace: "filters" });
  const labels = createTranslator({ locale, messages, namespace: "fields" });
  const format = createFormatter({ locale, formats, timeZone: "UTC" });
  const shown = (phrase: string) => splitIsolated(phrase).join("");
  return {
    at: format.dateTime(NEW_YEAR, "exact"),
    filter: (id: ColumnId, filter: Filter) =>
      shown(filterInWords(filter, filterColumn(id, labels(id)), t, format)),
    search: (text: string) => shown(searchInWords(text, t)),
    sort: (column: ColumnId, descending: boolean) =>
      sortInWords(filterColumn(column, labels(column)), descending, t),
  };
}

const CASES: readonly (readonly [ColumnId, Filter, Readonly<Record<Locale, string>>])[] = [
  [
    "name",
    { op: "contains", text: "News" },
    {
      en: "Channel contains “News”",
      "zh-CN": "频道：包含“News”",
      ko: "채널: “News” 포함",
      ja: "チャンネル：「News」を含む",
    },
  ],
  [
    "channelId",
    { op: "is", text: "@TOA#_a" },
    {
      en: "Channel ID is “@TOA#_a”",
      "zh-CN": "频道 ID：等于“@TOA#_a”",
      ko: "채널 ID: 정확히 “@TOA#_a”",
      ja: "チャンネルID：「@TOA#_a」と一致",
    },
  ],
  [
    "introduction",
    { op: "empty" },
    {
      en: "Introduction is empty",
      "zh-CN": "简介：为空",
      ko: "소개: 비어 있음",
      ja: "紹介文：空",
    },
  ],
  [
    "lastMessageAt",
    { op: "empty" },
    {
      en: "Last message: never",
      "zh-CN": "最近消息：从未有过",
      ko: "마지막 메시지: 없음",
      ja: "最終メッセージ：なし",
    },
  ],
  [
    "createdAt",
    { op: "empty" },
    {
      en: "Created: not provided",
      "zh-CN": "创建日期：未提供",
      ko: "생성일: 값 없음",
      ja: "作成日：値なし",
    },
  ],
  [
    "ownerId",
    { op: "oneOf", values: ["107867", "ann", null] },
    {
      en: "Owner: 107867, ann, or not provided",
      "zh-CN": "所有者：107867、ann或未提供",
      ko: "소유자: 107867, ann 또는 값 없음",
      ja: "所有者：107867、ann、または値なし",
    },
  ],
  [
    "organization",
    { op: "oneOf", values: ["a", "b", "c", "d", "e"] },
    {
      en: "Organization: a, b, c, or 2 more",
      "zh-CN": "机构：a、b、c或另外 2 项",
      ko: "조직: a, b, c 또는 그 외 2개",
      ja: "組織：a、b、c、またはほか2件",
    },
  ],
  [
    "subscriberCount",
    { op: "between", min: 1000, max: null },
    {
      en: "Subscribers ≥ 1,000",
      "zh-CN": "订阅者数 ≥ 1,000",
      ko: "구독자 수 ≥ 1,000",
      ja: "登録者数 ≥ 1,000",
    },
  ],
  [
    "subscriberCount",
    { op: "between", min: null, max: 500 },
    {
      en: "Subscribers ≤ 500",
      "zh-CN": "订阅者数 ≤ 500",
      ko: "구독자 수 ≤ 500",
      ja: "登録者数 ≤ 500",
    },
  ],
  [
    "subscriberCount",
    { op: "between", min: 10, max: 20_000 },
    {
      en: "Subscribers: 10 to 20,000",
      "zh-CN": "订阅者数：10 至 20,000",
      ko: "구독자 수: 10~20,000",
      ja: "登録者数：10〜20,000",
    },
  ],
  [
    "subscriberCount",
    { op: "between", min: 7, max: 7 },
    {
      en: "Subscribers = 7",
      "zh-CN": "订阅者数 = 7",
      ko: "구독자 수 = 7",
      ja: "登録者数 = 7",
    },
  ],
  [
    "createdAt",
    { op: "before", at: NEW_YEAR },
    {
      en: "Created: before {at}",
      "zh-CN": "创建日期：早于 {at}",
      ko: "생성일: {at} 전",
      ja: "作成日：{at}より前",
    },
  ],
  [
    "subscribedAt",
    { op: "after", at: NEW_YEAR },
    {
      en: "Subscribed since: on or after {at}",
      "zh-CN": "订阅日期：不早于 {at}",
      ko: "구독 시작일: {at} 이후",
      ja: "チャンネル登録日：{at}以降",
    },
  ],
  [
    "lastMessageAt",
    { op: "withinDays", days: 1 },
    {
      en: "Last message: in the last 1 day",
      "zh-CN": "最近消息：最近 1 天内",
      ko: "마지막 메시지: 최근 1일 이내",
      ja: "最終メッセージ：過去1日以内",
    },
  ],
  [
    "lastMessageAt",
    { op: "notWithinDays", days: 90 },
    {
      en: "Last message: none in the last 90 days, or never",
      "zh-CN": "最近消息：最近 90 天内没有，或从未有过",
      ko: "마지막 메시지: 최근 90일 동안 없음(보낸 적 없음 포함)",
      ja: "最終メッセージ：過去90日間になし（送信なしを含む）",
    },
  ],
  [
    "createdAt",
    { op: "notWithinDays", days: 7 },
    {
      en: "Created: not in the last 7 days",
      "zh-CN": "创建日期：不在最近 7 天内",
      ko: "생성일: 최근 7일 이내가 아님",
      ja: "作成日：過去7日以内ではない",
    },
  ],
];

describe.each(locales)("in %s", (locale) => {
  it.each(CASES)("%s %j", async (column, filter, words) => {
    const spoken = await speak(locale);
    expect(spoken.filter(column, filter)).toBe(words[locale].replace("{at}", spoken.at));
  });
});

describe("the search and the order", () => {
  it.each([
    ["en", "Search: “a b”", "Sorted by Subscribers, largest first", "Sorted by Owner, A to Z"],
    ["zh-CN", "搜索：“a b”", "按订阅者数排序，从大到小", "按所有者排序，升序"],
    ["ko", "검색: “a b”", "정렬: 구독자 수, 큰 순", "정렬: 소유자, 오름차순"],
    ["ja", "検索：「a b」", "並べ替え：登録者数、大きい順", "並べ替え：所有者、昇順"],
  ] as const)("are said in %s", async (locale, search, largest, owners) => {
    const words = await speak(locale);
    expect(words.search("a b")).toBe(search);
    expect(words.sort("subscriberCount", true)).toBe(largest);
    expect(words.sort("ownerId", false)).toBe(owners);
  });
});

describe("vendor text", () => {
  it("is isolated, and nothing in it is hidden or breaks out", async () => {
    const { default: messages } = await import("@/lib/messages/en.json");
    const t = createTranslator({ locale: "en", messages, namespace: "filters" });
    const format = createFormatter({ locale: "en", formats, timeZone: "UTC" });
    const values = ["\u2069<b>{x}\u202e", null];
    const phrase = filterInWords({ op: "oneOf", values }, filterColumn("ownerId"), t, format);
    expect(splitIsolated(phrase)).toEqual([
      "Owner: ",
      "[U+2069]<b>{x}[U+202E]",
      " or not provided",
    ]);
  });
});

it.each([
  ["change", { min: -1500, max: null }, "7d change ≥ −1,500"],
  ["percent", { min: 5, max: null }, "7d change ≥ +5%"],
  ["percent", { min: -12.25, max: 0 }, "7d change: −12.25% to 0%"],
] as const)("shows the signs of a %s %j", async (kind, ends, words) => {
  const { default: messages } = await import("@/lib/messages/en.json");
  const t = createTranslator({ locale: "en", messages, namespace: "filters" });
  const format = createFormatter({ locale: "en", formats, timeZone: "UTC" });
  const column = { id: "week", label: "7d change", kind };
  expect(filterInWords({ op: "between", ...ends }, column, t, format)).toBe(words);
});

it("calls values by the names that the desk has for them", async () => {
  const { default: messages } = await import("@/lib/messages/en.json");
  const t = createTranslator({ locale: "en", messages, namespace: "filters" });
  const format = createFormatter({ locale: "en", formats, timeZone: "UTC" });
  const names = new Map([["stale", "late"]]);
  const column = { id: "state", label: "Refresh", kind: "choice", names } as const;
  const filter = { op: "oneOf", values: ["stale", "forged"] } as const;
  const words = splitIsolated(filterInWords(filter, column, t, format)).join("");
  expect(words).toBe("Refresh: late or forged");
});
