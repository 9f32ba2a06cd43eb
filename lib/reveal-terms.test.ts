import { describe, expect, it } from "vitest";
import { MAX_REASON, tidyReason } from "./reveal-terms";

describe("a reason", () => {
  it.each([
    ["Ticket 4711", "Ticket 4711"],
    ["  two\n lines\t", "two lines"],
    ["工单4711", "工单4711"],
    ["a\u0000bcde", "a bcde"],
    ["x".repeat(MAX_REASON), "x".repeat(MAX_REASON)],
    ["x".repeat(MAX_REASON + 1), null],
    ["why?", null],
    ["a b c d", null],
    ["", null],
    ["\u200b".repeat(20), null],
    ["     \n    ", null],
  ])("%j is %j", (typed, tidied) => {
    expect(tidyReason(typed)).toBe(tidied);
  });

  it("keeps no half of a character, which no database takes", () => {
    expect(tidyReason("ticket \ud800")).toBe("ticket \ufffd");
  });
});
