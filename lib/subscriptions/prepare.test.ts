import { expect, it } from "vitest";
import type { Subscription } from "@/lib/chat-api/types";
import { prepareView, viewOf } from "./view";

const rows: readonly Subscription[] = Array.from({ length: 2500 }, (_, index) => ({
  channelId: `c${index}`,
  name: `Channel ${(index * 7919) % 2500}`,
  subscriberCount: (index * 31) % 977,
}));

it("changes no answer, and comes in pieces", () => {
  const query = {
    search: "channel 1",
    filters: {},
    sorts: [{ column: "subscriberCount", descending: true } as const],
  };
  const context = { now: new Date(0), locale: "en" };
  const before = viewOf([...rows], query, context);
  const pieces = [...prepareView(rows, ["name", "subscriberCount"], "en")];
  expect(pieces).toHaveLength(3 + 2);
  expect(viewOf(rows, query, context)).toEqual(before);
});
