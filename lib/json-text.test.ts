import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { indentJson, prettyJson } from "./json-text";

const ALL = Number.POSITIVE_INFINITY;

describe("JSON on lines of its own", () => {
  it("looks as JavaScript would write it, for whatever JavaScript can write", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, "\t"), (value, space) => {
        const json = JSON.stringify(value, null, space);
        expect(indentJson(json, ALL)).toEqual({ text: JSON.stringify(value, null, 2), rest: 0 });
      }),
    );
  });

  it.each([
    [
      "a number of many digits",
      '{"id":12345678901234567890}',
      '{\n  "id": 12345678901234567890\n}',
    ],
    ["a form of a number", "[1.0,1e2,-0]", "[\n  1.0,\n  1e2,\n  -0\n]"],
    ["a name that comes twice", '{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'],
    ["an escape", '["\\u200b\\/\\""]', '[\n  "\\u200b\\/\\""\n]'],
    ["signs inside of a text", '{"{[,:":"]}"}', '{\n  "{[,:": "]}"\n}'],
    ["nothing inside", '[{},[]," "]', '[\n  {},\n  [],\n  " "\n]'],
  ])("keeps %s", (_, json, expected) => {
    expect(prettyJson(json)).toBe(expected);
  });

  it.each(["", "text", "12", '"text"', "null", "{", '{"a":1}x', "{'a':1}", "[1,]"])(
    "does not take %j for it",
    (text) => {
      expect(prettyJson(text)).toBeNull();
    },
  );

  it("leaves what is very long or very deep as it came", () => {
    expect(prettyJson(`["${"x".repeat(100_000)}"]`)).toBeNull();
    expect(prettyJson("[".repeat(40_000) + "]".repeat(40_000))).toBeNull();
  });

  it("stops where it is told, and counts what is left", () => {
    const json = JSON.stringify(Array.from({ length: 1000 }, (_, index) => index));
    const { text, rest } = indentJson(json, 100);
    expect(text).toHaveLength(100);
    expect(indentJson(json, ALL).text.startsWith(text)).toBe(true);
    expect(rest).toBeGreaterThan(json.length - 100);
    expect(indentJson(`["${"x".repeat(500)}"]`, 100)).toMatchObject({ rest: 407 });
  });
});
