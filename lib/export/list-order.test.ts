import fc from "fast-check";
import { expect, it } from "vitest";
import type { OffsetRange } from "@/lib/chat-api/types";
import type { WholeSetEvent } from "@/lib/chat-api/whole-set";
import { ListOrder } from "./export-file";

const progress = {
  read: 0,
  total: 0,
  answers: 0,
  duplicates: 0,
  unreadableRows: 0,
  totalChanged: false,
};

const answer = (offset: number, unread: OffsetRange[]): WholeSetEvent => ({
  type: "rows",
  offset,
  subscriptions: [{ channelId: `${offset}` }],
  progress,
  unread,
});

it("holds an answer back until all before it were read", () => {
  const order = new ListOrder();
  const ids = (event: WholeSetEvent) => order.add(event).map(({ channelId }) => channelId);
  expect(ids(answer(0, [{ start: 200, end: null }]))).toEqual(["0"]);
  expect(ids(answer(400, [{ start: 200, end: 400 }]))).toEqual([]);
  expect(ids(answer(600, [{ start: 200, end: 400 }]))).toEqual([]);
  expect(ids(answer(200, [{ start: 800, end: null }]))).toEqual(["200", "400", "600"]);
});

it("gives every answer once, in the list's order, in whatever order they come", () => {
  const offsets = Array.from({ length: 12 }, (_, index) => index * 200);
  fc.assert(
    fc.property(fc.shuffledSubarray(offsets, { minLength: 12 }), (arrivals) => {
      const order = new ListOrder();
      const given = arrivals.flatMap((offset, index) => {
        const left = arrivals.slice(index + 1).sort((a, b) => a - b);
        return order.add(
          answer(
            offset,
            left.map((start) => ({ start, end: start + 200 })),
          ),
        );
      });
      expect(given.map(({ channelId }) => Number(channelId))).toEqual(offsets);
    }),
  );
});
