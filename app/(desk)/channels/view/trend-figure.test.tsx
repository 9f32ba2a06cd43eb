import { expect, it } from "vitest";
import { hasBand } from "./trend-figure";

const line = (least: (number | null)[], most: (number | null)[]) => ({
  ...{ label: "News", values: most },
  ...{ least, most },
});

it.each([
  ["has a height", [line([1, 2], [3, 2])], true],
  ["has single counts only", [line([2, 2], [2, 2])], false],
  ["has readings only", [line([null, null], [null, null])], false],
  ["has a height at its last moment only, where nothing is drawn", [line([2, 1], [2, 3])], false],
  ["is one of two", [line([1, 2], [3, 2]), line([1, 2], [3, 2])], false],
])("names the band in the legend where it is drawn: a line that %s", (_, lines, has) => {
  expect(hasBand({ moments: [0, 1], lines } as never)).toBe(has);
});
