import { describe, expect, it } from "vitest";
import { withheld } from "./list-answer";

const rows = [
  { channelId: "a", name: "A", subscriberCustomString: "said" },
  { channelId: "b", name: "B" },
];

describe("rows that were read before something was masked again", () => {
  it("do not tell of it", () => {
    expect(withheld(rows, ["subscriberCustomString"])).toEqual([
      { channelId: "a", name: "A" },
      { channelId: "b", name: "B" },
    ]);
  });

  it("are the same rows where there is nothing to withhold", () => {
    expect(withheld(rows, [])).toBe(rows);
    expect(withheld(rows, ["introduction"])).toBe(rows);
  });
});
