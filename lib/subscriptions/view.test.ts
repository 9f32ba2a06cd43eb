import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { NOW, subscriptions, viewQueries } from "@/lib/testing/arbitrary-subscriptions";
import type { ColumnId, Filter } from "./filter";
import { type ViewQuery, viewOf } from "./view";

/** Half characters one by one, for this is to be slow and plain. */
function whole(text: string): string {
  let result = "";
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    result += code >= 0xd800 && code <= 0xdfff ? "\ufffd" : character;
  }
  return result;
}

function folded(text: string): string {
  const upper = whole(text).normalize("NFKC").toLowerCase().toUpperCase();
  return upper.normalize("NFKC").split("İ").join("I");
}

function isFound(row: Subscription, search: string): boolean {
  const { name, channelId, ownerId, introduction, organization } = row;
  const { customString, subscriberCustomString: own } = row;
  for (const text of [name, channelId, ownerId, introduction, organization, customString, own]) {
    if (text && folded(text).indexOf(folded(search.trim())) !== -1) return true;
  }
  return search.trim() === "";
}

function holds(value: Subscription[ColumnId], filter: Filter): boolean {
  if (value === undefined) return false;
  if (filter.op === "empty") return value === null;
  if (filter.op === "oneOf") {
    return filter.values.some((one) =>
      one === null ? value === null : typeof value === "string" && whole(one) === whole(value),
    );
  }
  if (value === null) return filter.op === "notWithinDays";
  if (filter.op === "contains") return folded(String(value)).includes(folded(filter.text));
  if (filter.op === "is") return whole(String(value)) === whole(filter.text);
  const number = Number(value);
  if (filter.op === "between") {
    return (
      !(filter.min !== null && number < filter.min) && !(filter.max !== null && number > filter.max)
    );
  }
  if (filter.op === "before") return number < Number(filter.at);
  if (filter.op === "after") return !(number < Number(filter.at));
  return (Number(NOW) - number) / 86_400_000 <= filter.days === (filter.op === "withinDays");
}

/** Token by token: a run of digits by value, then the shorter; everything else by code unit. */
function compareIds(a: string, b: string): number {
  const [first, second] = [a, b].map((text) => text.match(/\d+|[^\d]/g) ?? []);
  for (let i = 0; ; i += 1) {
    const [x, y] = [first?.[i], second?.[i]];
    if (x === undefined || y === undefined)
      return Number(y === undefined) - Number(x === undefined);
    const bothDigits = /^\d/.test(x) && /^\d/.test(y);
    if (bothDigits && BigInt(x) !== BigInt(y)) return BigInt(x) < BigInt(y) ? -1 : 1;
    if (bothDigits && x.length !== y.length) return x.length - y.length;
    if (x !== y) return x.charCodeAt(0) - y.charCodeAt(0);
  }
}

function compare(a: Subscription, b: Subscription, column: ColumnId, locale: string): number {
  const [x, y] = [a[column], b[column]];
  if (typeof x !== "string" || typeof y !== "string") return Number(x) - Number(y);
  const isWords = column === "name" || column === "introduction" || column === "organization";
  return isWords ? new Intl.Collator(locale, { numeric: true }).compare(x, y) : compareIds(x, y);
}

function isBefore(a: Subscription, b: Subscription, sorts: ViewQuery["sorts"], locale: string) {
  for (const { column, descending } of sorts) {
    const [given, otherGiven] = [a[column] != null, b[column] != null];
    if (given !== otherGiven) return given;
    const difference = given ? compare(a, b, column, locale) : 0;
    if (difference !== 0) return difference < 0 !== descending;
  }
  return false;
}

/** The same view, without anything that makes it fast. */
function naiveView(rows: readonly Subscription[], query: ViewQuery, locale: string) {
  const result: Subscription[] = [];
  for (const row of rows) {
    const filters = Object.entries(query.filters) as [ColumnId, Filter][];
    if (!filters.every(([column, filter]) => holds(row[column], filter))) continue;
    if (!isFound(row, query.search)) continue;
    let at = result.length;
    for (; at > 0; at -= 1) {
      const previous = result[at - 1];
      if (!previous || !isBefore(row, previous, query.sorts, locale)) break;
    }
    result.splice(at, 0, row);
  }
  return result;
}

const locales = fc.constantFrom("en", "zh-CN", "ko", "ja");
const lists = fc.array(subscriptions, { maxLength: 30 });

describe("a view", () => {
  it("is what a naive one is", () => {
    fc.assert(
      fc.property(lists, viewQueries, locales, (rows, query, locale) => {
        const seen = viewOf(rows, query, { now: NOW, locale });
        expect(seen).toEqual(naiveView(rows, query, locale));
      }),
      { numRuns: 1000 },
    );
  });

  it("does not remember another question's answer", () => {
    fc.assert(
      fc.property(lists, fc.array(fc.tuple(viewQueries, locales)), (rows, questions) => {
        for (const [query, locale] of questions) {
          const seen = viewOf(rows, query, { now: NOW, locale });
          expect(seen).toEqual(naiveView(rows, query, locale));
        }
      }),
    );
  });

  it("follows the language in which it is asked for", () => {
    const rows = ["北京", "上海"].map((name) => ({ channelId: name, name }));
    const query = {
      search: "",
      filters: {},
      sorts: [{ column: "name", descending: false }],
    } as const;
    const first = (locale: string) => viewOf(rows, query, { now: NOW, locale })[0]?.name;
    expect([first("zh-CN"), first("ja"), first("zh-CN")]).toEqual(["北京", "上海", "北京"]);
  });

  it("is the same array when nothing is asked", () => {
    const rows = [{ channelId: "b" }, { channelId: "a" }];
    const context = { now: NOW, locale: "en" };
    expect(viewOf(rows, { search: " ", filters: {}, sorts: [] }, context)).toBe(rows);
    const sorts = [{ column: "channelId", descending: false }] as const;
    expect(viewOf(rows, { search: "", filters: {}, sorts }, context)).toEqual(rows.toReversed());
  });
});
