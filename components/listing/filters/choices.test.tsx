import { describe, expect, it } from "vitest";
import { choicesOf, narrowChoices } from "./choice-form";

const VALUES = [
  { value: "b", count: 1 },
  { value: "a", count: 1 },
  { value: null, count: 1 },
  { value: "Ａnn", count: 9 },
];

const values = (choices: readonly { readonly value: string | null }[]) =>
  choices.map(({ value }) => value);

describe("choicesOf", () => {
  it("puts chosen values first, then missing ones, then the most frequent", () => {
    expect(values(choicesOf(VALUES, undefined))).toEqual([null, "Ａnn", "a", "b"]);
    const chosen = choicesOf(VALUES, { op: "oneOf", values: ["gone", "b"] });
    expect(values(chosen)).toEqual(["b", "gone", null, "Ａnn", "a"]);
    expect(chosen[1]).toEqual({ value: "gone", count: 0 });
  });
});

describe("narrowChoices", () => {
  const nameOf = (value: string | null) =>
    value === null ? "not provided" : value === "b" ? "b 2" : value;
  it.each([
    ["", ["b", "a", null, "Ａnn"]],
    [" aNN ", ["Ａnn"]],
    ["PROVIDED", [null]],
    ["n", [null, "Ａnn"]],
    ["x", []],
    ["B 2", ["b"]],
  ])("%j leaves %j", (text, left) => {
    expect(values(narrowChoices(VALUES, text, nameOf))).toEqual(left);
  });
});
