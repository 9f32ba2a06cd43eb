import { describe, expect, it } from "vitest";
import { callsOfRun, nextDue, retryDue } from "./schedule";

const NOW = new Date("2026-03-10T12:00:00.000Z");
const minutesAfter = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
const minutes = (time: Date) => (time.getTime() - NOW.getTime()) / 60_000;

describe("the calls of a run", () => {
  it.each([
    ["nothing", [], 1],
    ["a few", [{ minutes: 15, count: 40 }], 1],
    ["what one call in each run can do twice over", [{ minutes: 5, count: 750 }], 1],
    ["one channel more than that", [{ minutes: 5, count: 751 }], 2],
    ["many of a short period", [{ minutes: 5, count: 10_000 }], 14],
    ["many of a long one", [{ minutes: 1440, count: 10_000 }], 1],
    [
      "several periods",
      [
        { minutes: 5, count: 10_000 },
        { minutes: 15, count: 10_000 },
      ],
      18,
    ],
  ])("for %s", (_, watched, calls) => expect(callsOfRun(watched, 50)).toBe(calls));
});

describe("the next turn", () => {
  const next = (late: number, random: number, isGone = false) =>
    minutes(nextDue({ dueAt: minutesAfter(-late), minutes: 60, isGone }, NOW, () => random));

  it("comes a period after the last, give or take a tenth", () => {
    expect(next(0, 0)).toBeCloseTo(54);
    expect(next(0, 0.5)).toBeCloseTo(60);
    expect(next(10, 0.5)).toBeCloseTo(50);
    expect(next(0, 1)).toBeCloseTo(66);
  });

  it("is half a period away at least after a delay, and never more than one", () => {
    expect(next(31, 0.5)).toBeCloseTo(45);
    for (const late of [40, 60, 61, 1000, 1_000_000]) {
      for (const random of [0, 0.3, 0.999]) {
        expect(next(late, random)).toBeGreaterThanOrEqual(30);
        expect(next(late, random)).toBeLessThanOrEqual(60);
      }
    }
  });

  it("comes once a day for a channel that has gone", () => {
    expect(next(0, 0.5, true)).toBeCloseTo(1440);
    expect(next(2000, 0, true)).toBeCloseTo(720);
  });
});

describe("another try", () => {
  const retry = (sinceCount: number, random = 0.5) =>
    minutes(retryDue({ since: minutesAfter(-sinceCount), minutes: 60 }, NOW, () => random));

  it.each([
    ["soon for one that is hardly late", 60, 0.5],
    ["soon for one that is not late at all", 0, 0.5],
    ["as long again as it is late", 80, 20],
    ["a period at most", 10_000, 60],
  ])("comes %s", (_, since, wait) => expect(retry(since)).toBeCloseTo(wait));

  it("does not come for all in one moment", () => {
    expect(retry(80, 0)).toBeCloseTo(18);
    expect(retry(80, 1)).toBeCloseTo(22);
  });
});
