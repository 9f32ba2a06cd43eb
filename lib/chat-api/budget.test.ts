import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Budget, type Priority } from "./budget";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Asks for `count` calls that take `duration` ms, and notes when, and for whom, each was granted. */
function ask(
  budget: Budget,
  count: number,
  priority: Priority,
  granted: [number, Priority][],
  duration = 2,
) {
  for (let call = 0; call < count; call++) {
    void budget.acquire(priority).then((answered) => {
      granted.push([performance.now(), priority]);
      setTimeout(answered, duration);
    });
  }
}

function mostInAnySecond(times: readonly number[]): number {
  return Math.max(
    ...times.map((start) => times.filter((at) => at >= start && at < start + 1000).length),
  );
}

describe("Budget", () => {
  it("grants at most its number in any sliding second, and nearly that many", async () => {
    const budget = new Budget(200);
    const granted: [number, Priority][] = [];
    ask(budget, 1000, "background", granted);
    await vi.advanceTimersByTimeAsync(5000);
    const times = granted.map(([at]) => at);
    expect(mostInAnySecond(times)).toBeLessThanOrEqual(200);
    expect(times.length).toBeGreaterThanOrEqual(5 * 190);
  });

  it.each([1, 5, 7, 10, 33])("keeps a small budget of %i too", async (perSecond) => {
    const budget = new Budget(perSecond);
    const granted: [number, Priority][] = [];
    ask(budget, perSecond * 6, "interactive", granted);
    await vi.advanceTimersByTimeAsync(5000);
    const times = granted.map(([at]) => at);
    expect(mostInAnySecond(times)).toBeLessThanOrEqual(perSecond);
    expect(times.length).toBeGreaterThanOrEqual(perSecond * 4);
  });

  it("counts a call wherever between its grant and its answer it arrived", async () => {
    const budget = new Budget(200);
    const arrived: number[] = [];
    const call = async (lateBy: number) => {
      const answered = await budget.acquire("background");
      setTimeout(() => {
        arrived.push(performance.now());
        answered();
      }, lateBy);
    };
    // The first burst is held up on its way, what follows is not.
    for (let index = 0; index < 200; index++) void call(300);
    for (let index = 0; index < 400; index++) void call(0);
    await vi.advanceTimersByTimeAsync(6000);
    expect(arrived).toHaveLength(600);
    expect(mostInAnySecond(arrived)).toBeLessThanOrEqual(200);
  });

  it("does not wait for calls that are never answered", async () => {
    const budget = new Budget(10);
    for (let index = 0; index < 10; index++) void budget.acquire("background");
    await vi.advanceTimersByTimeAsync(1500);
    const granted: [number, Priority][] = [];
    ask(budget, 1, "interactive", granted);
    await vi.advanceTimersByTimeAsync(1000);
    expect(granted).toHaveLength(1);
  });

  it("lets a person who comes later go before all waiting background work", async () => {
    const budget = new Budget(200);
    const granted: [number, Priority][] = [];
    ask(budget, 500, "background", granted);
    await vi.advanceTimersByTimeAsync(50);
    const before = granted.length;
    ask(budget, 3, "interactive", granted);
    await vi.advanceTimersByTimeAsync(1000);
    expect(granted.slice(before, before + 3).map(([, priority]) => priority)).toEqual(
      Array(3).fill("interactive"),
    );
    // A tenth of a second is the longest a person stands behind a burst.
    expect(granted[before]?.[0]).toBeLessThanOrEqual((granted[0]?.[0] ?? 0) + 105);
  });

  it("lets people take turns, however many calls each of them waits for", async () => {
    const budget = new Budget(50);
    const granted: string[] = [];
    const line = (person: string, count: number, priority: Priority) => {
      for (let call = 0; call < count; call++) {
        void budget.acquire(priority, undefined, person).then((answered) => {
          granted.push(person);
          setTimeout(answered, 2);
        });
      }
    };
    line("a", 500, "background");
    await vi.advanceTimersByTimeAsync(50);
    const before = granted.length;
    line("b", 3, "background");
    line("c", 3, "background");
    await vi.advanceTimersByTimeAsync(2000);
    const after = granted.slice(before, before + 9).join("");
    expect(after).toBe("abcabcabc");
    expect(new Set(granted.slice(before + 9))).toEqual(new Set(["a"]));
  });

  it("grants a single page before the rest of whole sets, and another person's by turns", async () => {
    const budget = new Budget(200);
    const granted: string[] = [];
    const line = (person: string, count: number, priority: Priority) => {
      for (let call = 0; call < count; call++) {
        void budget.acquire(priority, undefined, person).then((answered) => {
          granted.push(`${person} ${priority}`);
          setTimeout(answered, 2);
        });
      }
    };
    // Forty streams of one person: each has begun or wants to, with the pages it may ask for at once.
    line("a", 40 * 24, "wholeSet");
    line("a", 40, "interactive");
    await vi.advanceTimersByTimeAsync(50);
    const before = granted.length;
    line("b", 1, "interactive");
    await vi.advanceTimersByTimeAsync(1000);
    expect(granted.indexOf("b interactive") - before).toBeLessThanOrEqual(1);
  });

  it("forgets a person whose calls were all given up", async () => {
    const budget = new Budget(1);
    (await budget.acquire("interactive"))();
    const leaving = new AbortController();
    const left = [1, 2].map(() => budget.acquire("interactive", leaving.signal, "a"));
    const granted: [number, Priority][] = [];
    ask(budget, 1, "background", granted);
    leaving.abort(new Error("closed the tab"));
    for (const each of left) await expect(each).rejects.toThrow("closed the tab");
    await vi.advanceTimersByTimeAsync(1100);
    expect(granted).toHaveLength(1);
  });

  it("frees the place of a caller that gave up, and tells it why", async () => {
    const budget = new Budget(1);
    (await budget.acquire("interactive"))();
    const leaving = new AbortController();
    const left = budget.acquire("interactive", leaving.signal);
    const granted: [number, Priority][] = [];
    ask(budget, 1, "interactive", granted);
    const reason = new Error("closed the tab");
    leaving.abort(reason);
    await expect(left).rejects.toBe(reason);
    await vi.advanceTimersByTimeAsync(1100);
    expect(granted).toHaveLength(1);
  });

  it("refuses a signal that is aborted already", async () => {
    const reason = new Error("too late");
    await expect(new Budget(1).acquire("interactive", AbortSignal.abort(reason))).rejects.toBe(
      reason,
    );
  });
});
