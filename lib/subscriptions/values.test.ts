import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { NOW, subscriptions } from "@/lib/testing/arbitrary-subscriptions";
import { countValues } from "./filter";
import { matcherOf } from "./view";

const owned = (ownerId?: string | null): Subscription => ({ channelId: "c", ownerId });

describe("the values of a column", () => {
  it("come by frequency, then by text, with nothing last", () => {
    const owners = ["b", null, null, null, "a", "c", "c", undefined, "10", "9"];
    expect(countValues(owners.map(owned), "ownerId")).toEqual([
      { value: "c", count: 2 },
      { value: "10", count: 1 },
      { value: "9", count: 1 },
      { value: "a", count: 1 },
      { value: "b", count: 1 },
      { value: null, count: 3 },
    ]);
  });

  it("are one where an address could not tell them apart", () => {
    const owners = ["a\ud83d", "a\ufffd", "a\udc69"];
    expect(countValues(owners.map(owned), "ownerId")).toEqual([{ value: "a\ufffd", count: 3 }]);
  });

  it("are none where the column was not asked for", () => {
    expect(countValues([owned(), owned()], "organization")).toEqual([]);
  });

  it("count exactly the rows that each of them, chosen alone, lets through", () => {
    fc.assert(
      fc.property(fc.array(subscriptions), (rows) => {
        const counts = countValues(rows, "ownerId");
        for (const { value, count } of counts) {
          const filters = { ownerId: { op: "oneOf", values: [value] } } as const;
          expect(rows.filter(matcherOf({ search: "", filters }, NOW))).toHaveLength(count);
        }
        const given = rows.filter(({ ownerId }) => ownerId !== undefined);
        expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(given.length);
      }),
    );
  });
});
