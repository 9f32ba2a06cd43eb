import { describe, expect, it } from "vitest";
import { fromLookup, withheld } from "./list-answer";

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

  it("do not tell that it could not be read either", () => {
    const odd = [{ channelId: "a", unreadable: ["name", "introduction"] as const }];
    expect(withheld(odd, ["name"])).toEqual([{ channelId: "a", unreadable: ["introduction"] }]);
    expect(withheld(odd, ["name", "introduction"])).toEqual([{ channelId: "a" }]);
  });

  it("are the same rows where there is nothing to withhold", () => {
    expect(withheld(rows, [])).toBe(rows);
    expect(withheld(rows, ["introduction"])).toBe(rows);
  });
});

describe("a first page with a row that could not be read", () => {
  it("is not the whole list, even where the count agrees with the other rows", () => {
    const page = {
      ...{ subscriptions: rows, total: 2, nextOffset: null, offset: 0, known: true },
      ...{ fields: [], limit: 20, readAt: new Date(0), duration: 1 },
    };
    expect(fromLookup({ ...page, unreadableRows: 0 }).state).toBe("complete");
    expect(fromLookup({ ...page, unreadableRows: 1 }).state).toBe("page");
  });
});
