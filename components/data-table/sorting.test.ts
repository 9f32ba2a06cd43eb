import { describe, expect, it } from "vitest";
import { pressedSorts, type TableSort, withSort } from "./sorting";

const name = { id: "name", sorts: "ascending" } as const;
const size = { id: "size", sorts: "descending" } as const;

const up = (column: string): TableSort => ({ column, descending: false });
const down = (column: string): TableSort => ({ column, descending: true });

describe("pressedSorts", () => {
  it("goes from the first direction to the other, and to none", () => {
    expect(pressedSorts([], name, false)).toEqual([up("name")]);
    expect(pressedSorts([up("name")], name, false)).toEqual([down("name")]);
    expect(pressedSorts([down("name")], name, false)).toEqual([]);
    expect(pressedSorts([], size, false)).toEqual([down("size")]);
    expect(pressedSorts([down("size")], size, false)).toEqual([up("size")]);
    expect(pressedSorts([up("size")], size, false)).toEqual([]);
  });

  it("forgets the other columns", () => {
    expect(pressedSorts([up("name")], size, false)).toEqual([down("size")]);
    expect(pressedSorts([up("name"), down("size")], size, false)).toEqual([up("size")]);
  });

  it("keeps them, and each in its place, when it is added", () => {
    expect(pressedSorts([up("name")], size, true)).toEqual([up("name"), down("size")]);
    expect(pressedSorts([up("name"), down("size")], name, true)).toEqual([
      down("name"),
      down("size"),
    ]);
    expect(pressedSorts([down("name"), down("size")], name, true)).toEqual([down("size")]);
  });
});

describe("withSort", () => {
  it("is alone, added, or the same column's other direction", () => {
    expect(withSort([up("name")], up("size"), false)).toEqual([up("size")]);
    expect(withSort([up("name")], up("size"), true)).toEqual([up("name"), up("size")]);
    expect(withSort([up("name"), up("size")], down("name"), true)).toEqual([
      down("name"),
      up("size"),
    ]);
  });
});
