import { describe, expect, it } from "vitest";
import {
  DEFAULT_LAYOUT,
  movedBy,
  orderedColumns,
  type TableLayout,
  withoutWidth,
  withPinToggled,
  withWidth,
} from "./layout";

const columns = [{ id: "face", pinned: true }, { id: "a" }, { id: "b" }, { id: "c" }];

const layoutOf = (changes: Partial<TableLayout>): TableLayout => ({
  ...DEFAULT_LAYOUT,
  ...changes,
});
const idsOf = (changes: Partial<TableLayout>, shown = columns) =>
  orderedColumns(shown, layoutOf(changes))
    .map(({ id }) => id)
    .join(" ");

describe("orderedColumns", () => {
  it.each([
    ["as the table has them", {}, "face a b c"],
    ["as somebody has put them", { order: ["face", "c", "b", "a"] }, "face c b a"],
    ["one that is not mentioned after the one it follows", { order: ["c", "a"] }, "face c a b"],
    ["one that is mentioned and not there", { order: ["gone", "b"] }, "face a b c"],
    ["one that is mentioned twice", { order: ["c", "a", "c", "b"] }, "face c a b"],
    ["a pinned one before the others", { pinned: ["c"] }, "face c a b"],
    ["what is always pinned before all", { order: ["c", "b", "a", "face"] }, "face c b a"],
  ])("%s", (_case, changes, expected) => {
    expect(idsOf(changes)).toBe(expected);
  });
});

describe("movedBy", () => {
  it.each([
    ["a", 1, "face b a c"],
    ["a", 2, "face b c a"],
    ["c", -1, "face a c b"],
    ["c", -2, "face c a b"],
  ])("moves %s by %i", (id, places, expected) => {
    const moved = movedBy(columns, DEFAULT_LAYOUT, id, places);
    expect(moved && idsOf(moved)).toBe(expected);
  });

  it.each([
    ["past the last", "c", 1, {}],
    ["past what is always pinned", "a", -1, {}],
    ["past what somebody pinned", "b", -1, { pinned: ["a"] }],
    ["out of the pinned ones", "face", 1, {}],
    ["what is not there", "gone", 1, {}],
  ])("moves nothing %s", (_case, id, places, changes) => {
    expect(movedBy(columns, layoutOf(changes), id, places)).toBeNull();
  });

  it("leaves a hidden column where it comes back", () => {
    const shown = columns.filter(({ id }) => id !== "b");
    const before = layoutOf({ order: ["face", "a", "b", "c"] });
    const moved = movedBy(shown, before, "c", -1);
    expect(moved?.order).toEqual(["face", "c", "a", "b"]);
  });
});

describe("widths", () => {
  it.each([
    [59, 60],
    [120.4, 120],
    [801, 800],
  ])("%i pixels become %i", (wanted, width) => {
    expect(withWidth(DEFAULT_LAYOUT, "a", wanted).widths).toEqual({ a: width });
  });

  it("can be taken back one by one", () => {
    const both = withWidth(withWidth(DEFAULT_LAYOUT, "a", 100), "b", 200);
    expect(withoutWidth(both, "a").widths).toEqual({ b: 200 });
  });
});

describe("withPinToggled", () => {
  it("pins, and unpins", () => {
    const pinned = withPinToggled(DEFAULT_LAYOUT, "a");
    expect(pinned.pinned).toEqual(["a"]);
    expect(withPinToggled(pinned, "a").pinned).toEqual([]);
  });
});
