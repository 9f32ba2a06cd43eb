import { describe, expect, it } from "vitest";
import {
  listDoubt,
  offsetOfPage,
  pageStep,
  position,
  previousOffset,
  type ReadPage,
} from "./paging";

/** The pages of a list of `total` rows from a server that gives `maxRows` at most, as Next leads. */
function pagesOf(total: number, maxRows: number): ReadPage[] {
  const pages: ReadPage[] = [];
  for (let offset: number | null = 0; offset !== null; ) {
    const rowCount: number = Math.min(maxRows, total - offset);
    const nextOffset: number | null = offset + rowCount >= total ? null : offset + rowCount;
    pages.push({ offset, rowCount, total, nextOffset });
    offset = nextOffset;
  }
  return pages;
}

describe("paging", () => {
  it("counts pages by the rows the vendor really gives", () => {
    const pages = pagesOf(437, 37);
    const step = pageStep(50, pages);
    expect(step).toBe(37);
    expect(position(pages[2] as ReadPage, step)).toEqual({
      from: 75,
      to: 111,
      total: 437,
      page: 3,
      pageCount: 12,
    });
    expect(offsetOfPage(12, step)).toBe(pages[11]?.offset);
  });

  it("goes back the way it came, whatever the pages' lengths", () => {
    const pages: ReadPage[] = [
      { offset: 0, rowCount: 50, total: 120, nextOffset: 50 },
      { offset: 50, rowCount: 20, total: 120, nextOffset: 70 },
      { offset: 70, rowCount: 50, total: 120, nextOffset: null },
    ];
    expect(previousOffset(pages[2] as ReadPage, 50, pages)).toBe(50);
    expect(previousOffset(pages[1] as ReadPage, 50, pages)).toBe(0);
    expect(previousOffset(pages[0] as ReadPage, 50, pages)).toBeNull();
  });

  it("goes one step back where no page is known, and never before the first", () => {
    const deep = { offset: 5000, rowCount: 50, total: 10_000, nextOffset: 5050 };
    expect(previousOffset(deep, 50, [deep])).toBe(4950);
    expect(previousOffset({ ...deep, offset: 20 }, 50, [])).toBe(0);
  });

  it("keeps a true page count behind the end and in an empty list", () => {
    const behind = { offset: 400, rowCount: 0, total: 8, nextOffset: null };
    expect(position(behind, 50)).toMatchObject({ from: 0, to: 0, page: 9, pageCount: 9 });
    const empty = { offset: 0, rowCount: 0, total: 0, nextOffset: null };
    expect(position(empty, 50)).toMatchObject({ page: 1, pageCount: 1 });
  });

  it.each([
    ["a page in the middle", { offset: 50, rowCount: 50, total: 120, nextOffset: 100 }, null],
    ["the last page", { offset: 100, rowCount: 20, total: 120, nextOffset: null }, null],
    ["a short page", { offset: 37, rowCount: 37, total: 437, nextOffset: 74 }, null],
    [
      "an empty page before the end",
      { offset: 50, rowCount: 0, total: 120, nextOffset: 100 },
      "empty",
    ],
    ["rows beyond the count", { offset: 100, rowCount: 50, total: 120, nextOffset: 150 }, "count"],
    [
      "an end before the count",
      { offset: 50, rowCount: 20, total: 120, nextOffset: null },
      "count",
    ],
    ["a count that moved", { offset: 50, rowCount: 50, total: 121, nextOffset: 100 }, "changed"],
  ])("doubts the list at %s: %#", (_, current, doubt) => {
    const first = { offset: 0, rowCount: 50, total: current.total, nextOffset: 50 };
    expect(listDoubt(current, [current.total === 121 ? { ...first, total: 120 } : first])).toBe(
      doubt,
    );
  });

  it("does not take the last page's length for the step", () => {
    expect(pageStep(50, pagesOf(8, 50))).toBe(50);
    expect(pageStep(50, pagesOf(120, 50))).toBe(50);
  });
});
