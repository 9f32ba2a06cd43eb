import { describe, expect, it } from "vitest";
import { howMany, switched, switchedAll } from "./selection";

const allIds = ["a", "b", "c", "d", "e"];
const of = (...ids: string[]) => ({ allIds, selected: new Set(ids) });

describe("switched", () => {
  it.each([
    ["one on", of(), "b", null, ["b"]],
    ["one off", of("a", "b"), "b", null, ["a"]],
    ["a range downwards", of("b"), "d", "b", ["b", "c", "d"]],
    ["a range upwards", of("d"), "b", "d", ["b", "c", "d"]],
    ["a range off, where its end is on", of("a", "b", "c", "d"), "c", "b", ["a", "d"]],
    ["one alone, where the start is gone", of(), "c", "gone", ["c"]],
    ["one that is not shown", of("x"), "a", null, ["a", "x"]],
  ])("%s", (_case, selection, id, from, expected) => {
    expect([...switched(selection, id, from)].sort()).toEqual(expected);
  });

  it("leaves what it was given alone", () => {
    const selection = of("a");
    switched(selection, "b", null);
    expect([...selection.selected]).toEqual(["a"]);
  });
});

describe("switchedAll", () => {
  it("selects all, unless all are, and keeps what is not shown", () => {
    expect(switchedAll(of("b", "x"))).toEqual(new Set([...allIds, "x"]));
    expect(switchedAll(of(...allIds, "x"))).toEqual(new Set(["x"]));
  });
});

describe("howMany", () => {
  it.each([
    ["none", of()],
    ["none", of("x")],
    ["some", of("a", "x")],
    ["all", of(...allIds, "x")],
    ["none", { allIds: [], selected: new Set(["x"]) }],
  ])("%s", (many, selection) => {
    expect(howMany(selection)).toBe(many);
  });
});
