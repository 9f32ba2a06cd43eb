import { describe, expect, it } from "vitest";
import { MAX_LIMIT } from "./official-accounts";
import type { SubscriptionPage } from "./types";
import { type Continuation, WholeSetPlan } from "./whole-set-plan";

type Server = (offset: number, limit: number) => SubscriptionPage;

const subscriptions = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => ({ channelId: `c${from + i}` }));

/** A server with `count` channels that gives at most `maxRows` a page and counts `total`. */
function server(count: number, { maxRows = MAX_LIMIT, total = count } = {}): Server {
  return (offset, limit) => {
    const to = Math.min(count, offset + Math.min(limit, maxRows));
    return {
      subscriptions: subscriptions(offset, to),
      total,
      nextOffset: to >= count ? null : to,
    };
  };
}

/** Reads to the end with up to `parallel` questions open, answered last asked first. */
function read(ask: Server, parallel = 8, maxCalls = 20_000, from?: Continuation) {
  const plan = new WholeSetPlan(from);
  const ids: string[] = [];
  const open: { start: number; end: number | null }[] = [];
  let calls = 0;
  for (;;) {
    while (open.length < parallel && !plan.endless) {
      const range = plan.take();
      if (!range) break;
      open.push(range);
    }
    const range = open.pop();
    if (!range) return { plan, ids, calls };
    calls += 1;
    if (calls > maxCalls) throw new Error("does not end");
    const limit = Math.min(MAX_LIMIT, (range.end ?? Number.POSITIVE_INFINITY) - range.start);
    ids.push(...plan.add(range, ask(range.start, limit)).map(({ channelId }) => channelId));
  }
}

describe("the plan of a whole set", () => {
  it.each([
    [0, 1],
    [1, 1],
    [199, 1],
    [200, 1],
    [201, 2],
    [4999, 25],
    [5001, 26],
    [10_000, 50],
  ])("reads %i channels once each in %i calls", (count, calls) => {
    const result = read(server(count));
    expect(new Set(result.ids).size).toBe(count);
    expect(result.ids).toHaveLength(count);
    expect(result.calls).toBe(calls);
    expect(result.plan.progress).toMatchObject({ read: count, total: count, duplicates: 0 });
    expect(result.plan.unread()).toEqual([]);
  });

  it.each([1, 7, 37, 50, 199])(
    "follows Next when the server gives only %i rows a page",
    (maxRows) => {
      const result = read(server(437, { maxRows }));
      expect(result.ids).toHaveLength(437);
      expect(result.calls).toBe(Math.ceil(437 / maxRows));
    },
  );

  it("fills the hole when one later page comes short", () => {
    const full = server(1000);
    const result = read((offset, limit) =>
      offset === 400 ? full(offset, 30) : full(offset, limit),
    );
    expect(new Set(result.ids).size).toBe(1000);
    expect(result.calls).toBe(6);
  });

  it.each([
    ["too low", 350],
    ["too high", 650],
    ["zero", 0],
    ["absurd", 1_000_000_000],
  ])("reads every channel when the count is %s", (_, total) => {
    const result = read(server(450, { total }));
    expect(new Set(result.ids).size).toBe(450);
    expect(result.calls).toBeLessThan(20);
  });

  it("counts what came twice and that the count moved when rows are inserted in front", () => {
    let inserted = 0;
    const result = read((offset, limit) => {
      inserted += 1;
      const first = 1000 - inserted;
      const count = 1000 + inserted;
      const to = Math.min(count, offset + limit);
      return {
        subscriptions: subscriptions(first + offset, first + to),
        total: count,
        nextOffset: to >= count ? null : to,
      };
    }, 1);
    expect(result.plan.progress.duplicates).toBeGreaterThan(0);
    expect(result.plan.progress.totalChanged).toBe(true);
    expect(new Set(result.ids).size).toBe(result.ids.length);
  });

  it("goes on behind an empty page that is not the end", () => {
    const full = server(600);
    const result = read((offset, limit) =>
      offset >= 200 && offset < 400
        ? { subscriptions: [], total: 600, nextOffset: 400 }
        : full(offset, limit),
    );
    expect(result.ids).toHaveLength(400);
    expect(result.plan.progress).toMatchObject({ read: 400, total: 600 });
  });

  it.each([
    ["nothing more", 0],
    ["the same rows again", 50],
  ])("stops at a server that never ends and gives %s", (_, again) => {
    const result = read((offset, limit) => {
      const rows =
        offset < 437
          ? subscriptions(offset, Math.min(437, offset + limit))
          : subscriptions(0, again);
      return { subscriptions: rows, total: 437, nextOffset: offset + limit };
    });
    expect(new Set(result.ids).size).toBe(437);
    expect(result.plan.endless).toBe(true);
    expect(result.calls).toBeLessThan(20);
  });

  it("knows what is unread at any moment", () => {
    const plan = new WholeSetPlan();
    const ask = server(1000);
    const first = plan.take();
    expect(plan.unread()).toEqual([{ start: 0, end: null }]);
    if (!first) throw new Error("the plan starts with a question");
    plan.add(first, ask(0, MAX_LIMIT));
    const [second, third] = [plan.take(), plan.take()];
    expect([second, third]).toEqual([
      { start: 200, end: 400 },
      { start: 400, end: 600 },
    ]);
    if (third) plan.add(third, ask(400, MAX_LIMIT));
    expect(plan.unread()).toEqual([
      { start: 200, end: 400 },
      { start: 600, end: null },
    ]);
  });

  it.each([
    [
      "a hole and the end",
      [
        [200, 600],
        [800, null],
      ],
      1000,
      [
        [200, 600],
        [800, 1000],
      ],
    ],
    ["a hole alone", [[200, 350]], 1000, [[200, 350]]],
    ["the end alone", [[600, null]], 1000, [[600, 1000]]],
    ["all", [[0, null]], 1000, [[0, 1000]]],
    ["an end of which the count is wrong", [[600, null]], 0, [[600, 1000]]],
  ] as const)("goes on with %s", (_, unread, total, expected) => {
    const from = { unread: unread.map(([start, end]) => ({ start, end })), total };
    for (const maxRows of [MAX_LIMIT, 37]) {
      const { ids, plan } = read(server(1000, { maxRows }), 8, 100, from);
      const wanted = expected.flatMap(([start, end]) => subscriptions(start, end));
      expect(new Set(ids)).toEqual(new Set(wanted.map(({ channelId }) => channelId)));
      expect(ids).toHaveLength(wanted.length);
      expect(plan.unread()).toEqual([]);
    }
  });
});

it("is not endless where many planned pages lie behind the end", () => {
  const { plan, ids } = read(server(5000, { total: 10_000 }), 24);
  expect(ids).toHaveLength(5000);
  expect(plan.endless).toBe(false);
  expect(plan.progress).toMatchObject({ read: 5000, total: 10_000 });
});
