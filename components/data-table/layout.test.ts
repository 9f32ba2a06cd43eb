import { describe, expect, it } from "vitest";
import {
  clampedWidth,
  columnOrder,
  DEFAULT_LAYOUT,
  pinnedColumns,
  type TableLayout,
} from "./layout";

const columns = ["face", "a", "b", "c"].map((id) => ({ id, fixed: id === "face" }));

const layoutOf = (changes: Partial<TableLayout>): TableLayout => ({
  ...DEFAULT_LAYOUT,
  ...changes,
});

describe("columnOrder", () => {
  it.each([
    ["the default order", {}, "face a b c"],
    ["the person's order", { order: ["face", "c", "b", "a"] }, "face c b a"],
    ["a column that is not mentioned, after its predecessor", { order: ["c", "a"] }, "face c a b"],
    ["a column that is mentioned and absent", { order: ["gone", "b"] }, "face a b c"],
    ["a column that is mentioned twice", { order: ["c", "a", "c", "b"] }, "face c a b"],
    ["a pinned column before the others", { pinned: ["c"] }, "face c a b"],
    ["an always pinned column first", { order: ["c", "b", "a", "face"] }, "face c b a"],
  ])("%s", (_case, changes, expected) => {
    expect(columnOrder(columns, layoutOf(changes)).join(" ")).toBe(expected);
  });
});

describe("pinnedColumns", () => {
  it("lists the always pinned and the person's, in their order", () => {
    expect(pinnedColumns(columns, layoutOf({ pinned: ["c", "a", "gone"] }))).toEqual([
      "face",
      "a",
      "c",
    ]);
  });
});

describe("clampedWidth", () => {
  it.each([
    [59, 60],
    [120.4, 120],
    [801, 800],
  ])("%i pixels become %i", (wanted, width) => {
    expect(clampedWidth(wanted)).toBe(width);
  });
});
