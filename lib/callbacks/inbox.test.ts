import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { takeIn } from "./inbox";

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.useFakeTimers();
  vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("comes back as soon as the work is done, and leaves no timer", async () => {
  const done: string[] = [];
  await takeIn(async () => void done.push("noted"));
  expect(done).toEqual(["noted"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("work that fails is a line of the log", async () => {
  await takeIn(() => Promise.reject(new Error("the store is away")));
  expect(lines.join()).toContain("the store is away");
});

test("waits a second for a store that does not answer, within the two that the vendor waits", async () => {
  let finish = () => {};
  const taken = takeIn(
    () =>
      new Promise((resolve) => {
        finish = resolve;
      }),
  );
  const answered = vi.fn();
  void taken.then(answered);
  await vi.advanceTimersByTimeAsync(999);
  expect(answered).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(answered).toHaveBeenCalledOnce();
  finish();
});

test("there is an end to what waits, and room again when it is over", async () => {
  const finishes: (() => void)[] = [];
  const begin = () =>
    takeIn(
      () =>
        new Promise((resolve) => {
          finishes.push(resolve);
        }),
    );
  const all = Array.from({ length: 1000 }, begin);
  await begin();
  expect(finishes).toHaveLength(1000);
  expect(lines.join()).toContain("too many are waiting");
  for (const finish of finishes.splice(0)) finish();
  await Promise.all(all);
  const next = begin();
  expect(finishes).toHaveLength(1);
  finishes[0]?.();
  await next;
});
