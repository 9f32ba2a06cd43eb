import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filtersOf } from "@/lib/testing/arbitrary-subscriptions";
import type { Filter, FilterKind } from "./filter";
import { parseFilter, writeFilter } from "./filter";
import { wellFormed } from "./folded-text";

const KINDS = Object.keys(filtersOf) as FilterKind[];

/** What an address makes of a filter: half a character becomes U+FFFD. */
function inAddress(filter: Filter): Filter {
  if ("text" in filter) return { ...filter, text: wellFormed(filter.text) };
  if (!("values" in filter)) return filter;
  return {
    ...filter,
    values: [...new Set(filter.values.map((value) => value && wellFormed(value)))],
  };
}

describe("the text of a filter", () => {
  it.each(KINDS)("brings back every filter of kind %s, also through a query string", (kind) => {
    fc.assert(
      fc.property(filtersOf[kind], (filter) => {
        const query = new URLSearchParams({ f: writeFilter(filter) }).toString();
        const read = parseFilter(kind, new URLSearchParams(query).get("f") ?? "");
        expect(read).toEqual(inAddress(filter));
      }),
    );
  });

  it("is the same when it is read and written again", () => {
    const operators = fc.constantFrom(
      "contains",
      "is",
      "empty",
      "oneOf",
      "between",
      "before",
      "withinDays",
      "notWithinDays",
    );
    const rest = fc.oneof(
      fc.string({
        unit: fc.constantFrom("a", ",", "%", "%2c", "%25", "%null", "0", "7", "..", ":"),
      }),
      fc.string({ unit: "binary" }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), operators, rest, (kind, operator, text) => {
        const filter = parseFilter(kind, `${operator}:${text}`);
        if (filter === null) return;
        expect(parseFilter(kind, writeFilter(filter))).toEqual(filter);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[FilterKind, Filter, string]>([
    ["text", { op: "contains", text: "50% a,b:c" }, "contains:50% a,b:c"],
    ["text", { op: "is", text: "@TOA#_x" }, "is:@TOA#_x"],
    ["text", { op: "contains", text: "two\nlines" }, "contains:two\nlines"],
    ["text", { op: "empty" }, "empty"],
    ["choice", { op: "oneOf", values: ["a", "b"] }, "oneOf:a,b"],
    ["choice", { op: "oneOf", values: [null, "null", "%null"] }, "oneOf:%null,null,%25null"],
    ["choice", { op: "oneOf", values: ["Lee, Kim", "5%", "%2C"] }, "oneOf:Lee%2C Kim,5%25,%252C"],
    ["count", { op: "between", min: 10, max: 500 }, "between:10..500"],
    ["count", { op: "between", min: null, max: 500 }, "between:..500"],
    ["count", { op: "between", min: 0, max: null }, "between:0.."],
    ["count", { op: "between", min: 7, max: 7 }, "between:7..7"],
    ["time", { op: "before", at: new Date("2026-01-01") }, "before:2026-01-01T00:00:00.000Z"],
    ["time", { op: "after", at: new Date(8.64e15) }, "after:+275760-09-13T00:00:00.000Z"],
    ["time", { op: "withinDays", days: 3650 }, "withinDays:3650"],
    ["time", { op: "notWithinDays", days: 90 }, "notWithinDays:90"],
    ["change", { op: "between", min: -500, max: -1 }, "between:-500..-1"],
    ["percent", { op: "between", min: 5, max: null }, "between:5.."],
    ["percent", { op: "between", min: null, max: -0.25 }, "between:..-0.25"],
  ])("of kind %s writes %j as %s", (kind, filter, text) => {
    expect(writeFilter(filter)).toBe(text);
    expect(parseFilter(kind, text)).toEqual(filter);
  });

  it.each<[FilterKind, string, string]>([
    ["count", "between:007..0500", "between:7..500"],
    ["time", "withinDays:030", "withinDays:30"],
    ["change", "between:-0..", "between:0.."],
    ["percent", "between:5.50..07", "between:5.5..7"],
    ["time", "after:2026-01-01T00:00:00Z", "after:2026-01-01T00:00:00.000Z"],
    ["choice", "oneOf:a,a,%2c", "oneOf:a,%2C"],
    ["text", "contains:a\ud83d", "contains:a\ufffd"],
  ])("of kind %s understands %s as %s", (kind, text, canonical) => {
    const filter = parseFilter(kind, text);
    expect(filter && writeFilter(filter)).toBe(canonical);
  });

  it.each<[FilterKind, string]>([
    ["text", ""],
    ["text", "foo"],
    ["text", "contains"],
    ["text", "contains:"],
    ["text", "is:"],
    ["text", "Contains:a"],
    ["text", ":a"],
    ["text", "empty:a"],
    ["text", "oneOf:a"],
    ["text", "between:1..2"],
    ["text", "toString:a"],
    ["text", `contains:${"a".repeat(201)}`],
    ["choice", "is:a"],
    ["choice", "empty"],
    ["choice", "oneOf:"],
    ["choice", "oneOf:a,,b"],
    ["choice", "oneOf:50%"],
    ["choice", "oneOf:%41"],
    ["choice", `oneOf:${"a".repeat(501)}`],
    ["choice", `oneOf:${Array.from({ length: 101 }, (_, i) => i).join()}`],
    ["count", "between:.."],
    ["count", "between:10"],
    ["count", "between:500..10"],
    ["count", "between:-1..5"],
    ["count", "between:1.5..2"],
    ["count", "between:1e3..2e3"],
    ["count", "between:0..9007199254740992"],
    ["count", "between:1..2..3"],
    ["count", "between:１..２"],
    ["count", "empty"],
    ["time", "before:"],
    ["time", "before:2026-01-01"],
    ["time", "before:2026-02-30T00:00:00.000Z"],
    ["time", "before:2026-13-01T00:00:00.000Z"],
    ["time", "before:2026-01-01T00:00:00.000"],
    ["time", "before:2026-01-01T00:00:00.000+01:00"],
    ["time", "after:+275760-09-13T00:00:00.001Z"],
    ["time", "after:-000000-01-01T00:00:00.000Z"],
    ["time", "after:1700000000"],
    ["change", "between:1.5.."],
    ["change", "between:-9007199254740992.."],
    ["change", "between:-1..-2"],
    ["change", "between:--1.."],
    ["change", "between:-.."],
    ["percent", "between:1e3.."],
    ["percent", "between:.5.."],
    ["percent", "between:1.23456.."],
    ["percent", "between:1234567890.."],
    ["time", "notWithinDays:0"],
    ["time", "notWithinDays:3651"],
    ["time", "between:1..2"],
    ["time", "withinDays:0"],
    ["time", "withinDays:3651"],
    ["time", "withinDays:-1"],
    ["time", "withinDays:1.5"],
    ["time", "contains:a"],
  ])("of kind %s refuses %j", (kind, text) => {
    expect(parseFilter(kind, text)).toBeNull();
  });

  it("takes what is just within its bounds", () => {
    expect(parseFilter("text", `is:${"a".repeat(200)}`)).not.toBeNull();
    expect(parseFilter("choice", `oneOf:${"a".repeat(500)}`)).not.toBeNull();
    const hundred = Array.from({ length: 100 }, (_, i) => i).join();
    expect(parseFilter("choice", `oneOf:${hundred}`)).toMatchObject({ values: { length: 100 } });
    expect(parseFilter("count", "between:0..9007199254740991")).not.toBeNull();
  });
});
