import { describe, expect, test } from "vitest";
import { noticesOf, type WatchedChannel } from "./notices-of";

const NOW = new Date("2026-11-24T12:00:00Z");
const TERMS = { silentDays: 30, movePercent: 10 };
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

const quiet: WatchedChannel = {
  ...{ key: 1, name: "News", subscriberCount: null, countedAt: null, changeDay: null },
  ...{ lastMessageAt: ago(1), lastMessageReadAt: NOW, firstSeenAt: ago(60), goneAt: null },
};
const told = (changes: Partial<WatchedChannel>) => noticesOf({ ...quiet, ...changes }, TERMS, NOW);

test("of a channel that goes on there is nothing to tell", () => {
  expect(told({})).toEqual([]);
});

describe("silent", () => {
  test("it is from the day on, by its last message", () => {
    expect(told({ lastMessageAt: ago(29.99) })).toEqual([]);
    const [notice] = told({ lastMessageAt: ago(30) });
    expect(notice).toMatchObject({
      ...{ channelKey: 1, kind: "silent", occasion: ago(30).toISOString() },
      detail: { name: "News", days: 30, lastMessageAt: ago(30).toISOString() },
    });
  });

  test("it is not by a message that was read long ago, for others may have followed", () => {
    expect(told({ lastMessageAt: ago(40), lastMessageReadAt: ago(20) })).toEqual([]);
    expect(told({ lastMessageAt: ago(60), lastMessageReadAt: ago(20) })).toHaveLength(1);
  });

  test("it is without any message when it has been known for so long, and was asked after", () => {
    expect(told({ lastMessageAt: null })).toMatchObject([{ occasion: "never" }]);
    expect(told({ lastMessageAt: null, firstSeenAt: ago(29) })).toEqual([]);
    expect(told({ lastMessageAt: null, lastMessageReadAt: null })).toEqual([]);
  });
});

test("gone is all that is told of one that is gone", () => {
  const notices = told({ goneAt: ago(1), lastMessageAt: ago(90) });
  expect(notices).toMatchObject([{ kind: "gone", occasion: ago(1).toISOString() }]);
});

describe("moved", () => {
  const moved = (count: number, changeDay: number | null, countedAt = NOW) =>
    told({ subscriberCount: count, changeDay, countedAt });

  test("it has by more than so many percent of what it was, up or down", () => {
    expect(moved(110, 10)).toEqual([]);
    expect(moved(111, 11)).toMatchObject([
      { kind: "moved", occasion: "2026-11-24 up", detail: { count: 111, change: 11, percent: 11 } },
    ]);
    expect(moved(90, -10)).toEqual([]);
    expect(moved(89, -11)).toMatchObject([{ occasion: "2026-11-24 down" }]);
    expect(moved(0, -5)).toMatchObject([{ detail: { percent: -100 } }]);
  });

  test.each([7, 14, 28])("it has not by %i percent where more than these are told", (percent) => {
    for (const sign of [1, -1]) {
      const [count, change] = [100 + sign * percent, sign * percent];
      const channel = { ...quiet, subscriberCount: count, changeDay: change, countedAt: NOW };
      expect(noticesOf(channel, { ...TERMS, movePercent: percent }, NOW)).toEqual([]);
    }
  });

  test("it has not, as far as anybody knows", () => {
    expect(moved(500, null)).toEqual([]);
    expect(moved(500, 500)).toEqual([]);
    expect(moved(500, 400, ago(2.01))).toEqual([]);
  });

  test("its occasion is the day of the reading, whenever that is found", () => {
    expect(moved(500, 400, ago(1))).toMatchObject([{ occasion: "2026-11-23 up" }]);
  });
});
