import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_LIMIT } from "./official-accounts";
import type { OffsetRange, SubscriptionPage } from "./types";
import { type Continuation, WholeSetPlan } from "./whole-set";

type Server = (offset: number, limit: number) => SubscriptionPage;

const subscriptions = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from) }, (_, i) => ({ channelId: `c${from + i}` }));

/** A server with `count` channels that gives at most `maxRows` a page and counts `total`. */
function server(count: number, { maxRows = MAX_LIMIT, total = count } = {}): Server {
  return (offset, limit) => {
    const to = Math.min(count, offset + Math.min(limit, maxRows));
    return {
      subscriptions: subscriptions(offset, to),
      unreadableRows: 0,
      limit,
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
        unreadableRows: 0,
        limit,
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
        ? { subscriptions: [], unreadableRows: 0, limit, total: 600, nextOffset: 400 }
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
      return {
        subscriptions: rows,
        unreadableRows: 0,
        limit,
        total: 437,
        nextOffset: offset + limit,
      };
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
      expect(plan.progress.duplicates).toBe(0);
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

const PARALLEL = 24;

const rowsOf = ({ start, end }: OffsetRange, count: number) =>
  Math.max(0, Math.min(end ?? count, count) - start);
const sum = (numbers: readonly number[]) => numbers.reduce((all, number) => all + number, 0);

/** Ranges as an address may give them: in order, apart, the last one open or not. */
const unreadRanges = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(3000), fc.integer({ min: 1, max: 300_000 })), {
      minLength: 1,
      maxLength: 6,
    }),
    fc.boolean(),
  )
  .map(([steps, isOpen]) => {
    let at = 0;
    const ranges = steps.map(([gap, rows]): OffsetRange => {
      const start = at + gap;
      at = start + rows;
      return { start, end: at };
    });
    return ranges.map((range, index) =>
      isOpen && index === ranges.length - 1 ? { ...range, end: null } : range,
    );
  });

const counts = fc.oneof(fc.nat(500), fc.nat(20_000));
/** Questions open at once. */
const parallels = fc.integer({ min: 1, max: PARALLEL });

describe("the plan of a continued reading", () => {
  const everything = [{ start: 0, end: 999_999 }];

  it.each([
    [0, 1],
    [1, 1],
    [200, 1],
    [201, 2],
    [5001, 26],
  ])(
    "reads a list of %i in %i calls where a million rows are said to be unread",
    (count, calls) => {
      for (const total of [0, count, 1_000_000_000]) {
        const result = read(server(count), PARALLEL, 100, { unread: everything, total });
        expect([result.ids.length, result.calls]).toEqual([count, calls]);
        expect(result.plan.unread()).toEqual([]);
      }
    },
  );

  it("waits for the first answer before it asks for more", () => {
    const plan = new WholeSetPlan({ unread: [{ start: 200, end: null }], total: 10_000 });
    const first = plan.take();
    expect(first).toEqual({ start: 200, end: 400 });
    expect(plan.take()).toBeNull();
    if (first) plan.add(first, server(10_000)(200, MAX_LIMIT));
    expect([plan.take(), plan.take()]).toEqual([
      { start: 400, end: 600 },
      { start: 600, end: 800 },
    ]);
  });

  it("asks for one page at a time behind the count", () => {
    const plan = new WholeSetPlan({ unread: everything, total: 1_000_000 });
    const ask = server(900, { total: 300 });
    const asked: OffsetRange[][] = [];
    for (let open = opened(plan); open.length > 0; open = opened(plan)) {
      asked.push(open);
      for (const range of open) plan.add(range, ask(range.start, MAX_LIMIT));
    }
    expect(asked.map((open) => open.map(({ start }) => start))).toEqual([
      [0],
      [200],
      [400],
      [600],
      [800],
    ]);
    expect(plan.progress.read).toBe(900);
  });

  it("reads what grew behind the end while it was asked for, and says that the count moved", () => {
    const plan = new WholeSetPlan({ unread: [{ start: 0, end: null }], total: 600 });
    const answer = (range: OffsetRange | undefined, count: number, total = count) => {
      if (!range) throw new Error("a question is open");
      return plan.add(range, server(count, { total })(range.start, MAX_LIMIT)).length;
    };
    answer(opened(plan)[0], 450, 800);
    const [second, third, fourth] = opened(plan);
    expect([answer(second, 450, 800), answer(third, 450, 800)]).toEqual([200, 50]);
    expect(opened(plan)).toEqual([]);
    expect(answer(fourth, 700)).toBe(100);
    expect(plan.progress).toMatchObject({ read: 550, total: 700, totalChanged: true });
    expect(opened(plan)).toEqual([]);
    expect(plan.unread()).toEqual([]);
  });

  it("asks no more of a list than its own length takes", () => {
    fc.assert(
      fc.property(
        unreadRanges,
        counts,
        fc.nat(2_000_000),
        parallels,
        (unread, count, total, parallel) => {
          const { calls } = read(server(count), parallel, 10_000, { unread, total });
          const rows = sum(unread.map((range) => rowsOf(range, count)));
          // Each range begins a page of its own, and one question may be needed to see the end.
          expect(calls).toBeLessThanOrEqual(Math.ceil(rows / MAX_LIMIT) + unread.length + 1);
        },
      ),
    );
  });

  it("asks little more of a list whose count is wrong", () => {
    fc.assert(
      fc.property(
        unreadRanges,
        counts,
        fc.nat(2_000_000),
        parallels,
        (unread, count, total, parallel) => {
          const ask = server(count, { total });
          const { calls } = read(ask, parallel, 10_000, { unread, total: 0 });
          const rows = sum(unread.map((range) => rowsOf(range, count)));
          // Each range begins a page of its own, and all that is open when the end is seen is too much.
          const more = unread.length + parallel;
          expect(calls).toBeLessThanOrEqual(Math.ceil(rows / MAX_LIMIT) + more);
        },
      ),
    );
  });

  it("asks little more of a list that never ends", () => {
    fc.assert(
      fc.property(unreadRanges, counts, fc.nat(2_000_000), (unread, count, total) => {
        const ask = server(count, { total });
        const endless: Server = (offset, limit) => ({
          ...ask(offset, limit),
          nextOffset: offset + limit,
        });
        const { calls } = read(endless, 1, 10_000, { unread, total: 0 });
        const rows = sum(unread.map((range) => rowsOf(range, count)));
        // Each range begins a page of its own, and ten answers in a row without a row are enough.
        expect(calls).toBeLessThanOrEqual(Math.ceil(rows / MAX_LIMIT) + unread.length + 10);
      }),
    );
  });

  it("reads every unread row once, whatever is counted and however short the pages are", () => {
    fc.assert(
      fc.property(
        unreadRanges,
        fc.nat(2000),
        fc.nat(5000),
        fc.integer({ min: 1, max: MAX_LIMIT }),
        parallels,
        (unread, count, total, maxRows, parallel) => {
          const ask = server(count, { total, maxRows });
          const { ids, plan } = read(ask, parallel, 10_000, { unread, total });
          const wanted = unread.flatMap(({ start, end }) =>
            subscriptions(start, Math.min(end ?? count, count)),
          );
          expect(ids.toSorted()).toEqual(wanted.map(({ channelId }) => channelId).toSorted());
          expect(plan.progress.duplicates).toBe(0);
          expect(plan.unread()).toEqual([]);
        },
      ),
    );
  });

  it("leaves at most a range for each open question and one for the end, however often it stops", () => {
    const picks = fc.array(fc.nat(PARALLEL - 1), { maxLength: 60 });
    const readings = fc.array(picks, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        readings,
        fc.nat(20_000),
        fc.constantFrom(MAX_LIMIT, 37),
        (answered, count, maxRows) => {
          const ask = server(count, { maxRows });
          let from: Continuation | undefined;
          for (const order of answered) {
            const plan = new WholeSetPlan(from);
            let open: OffsetRange[] = [];
            for (const pick of order) {
              open = [...open, ...opened(plan, PARALLEL - open.length)];
              const range = open[pick % open.length];
              if (!range) break;
              open = open.filter((other) => other !== range);
              const rows = Math.min(
                MAX_LIMIT,
                (range.end ?? Number.POSITIVE_INFINITY) - range.start,
              );
              plan.add(range, ask(range.start, rows));
              expect(plan.unread().length).toBeLessThanOrEqual(PARALLEL + 1);
            }
            from = { unread: plan.unread(), total: plan.progress.total };
            if (from.unread.length === 0) return;
          }
        },
      ),
    );
  });
});

/** Asks for as much as the plan gives now. */
function opened(plan: WholeSetPlan, most = PARALLEL): OffsetRange[] {
  const open: OffsetRange[] = [];
  while (open.length < most) {
    const range = plan.take();
    if (!range) break;
    open.push(range);
  }
  return open;
}
