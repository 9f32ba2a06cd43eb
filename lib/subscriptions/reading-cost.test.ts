import { expect, it } from "vitest";
import { readingCost } from "./reading-cost";

it.each([
  [0, 100, { calls: 0, seconds: 1 }],
  [1, 100, { calls: 1, seconds: 1 }],
  [201, 100, { calls: 2, seconds: 1 }],
  [9800, 30, { calls: 49, seconds: 1 }],
  [9800, 500, { calls: 49, seconds: 2 }],
  [200_000, 30, { calls: 1000, seconds: 5 }],
  [-5, 30, { calls: 0, seconds: 1 }],
])("%i rows at %i ms a call cost %j", (rows, milliseconds, cost) => {
  expect(readingCost(rows, milliseconds)).toEqual(cost);
});
