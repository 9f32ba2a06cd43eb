import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { catchLog } from "@/lib/testing/desk-log";
import { enqueueCallback } from "./callbacks";

let lines: string[];
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  lines = catchLog();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("comes back as soon as the work is done, and leaves no timer", async () => {
  const done: string[] = [];
  await enqueueCallback(async () => void done.push("noted"));
  expect(done).toEqual(["noted"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("work that fails is a line of the log", async () => {
  await enqueueCallback(() => Promise.reject(new Error("the database is away")));
  expect(lines.join()).toContain("the database is away");
  await enqueueCallback(async () => {});
});

test("waits a second for a database that does not answer, within the two that the vendor waits", async () => {
  let finish = () => {};
  const taken = enqueueCallback(
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

test("there is an end to what waits, which is said once, and room again when it is over", async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const all = Array.from({ length: 1000 }, () => enqueueCallback(() => gate));
  await enqueueCallback(() => gate);
  await enqueueCallback(() => gate);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("too many are waiting");
  open();
  await Promise.all(all);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("lost in between: 2");
  const done = vi.fn();
  await enqueueCallback(async () => done());
  expect(done).toHaveBeenCalledOnce();
  expect(lines).toHaveLength(2);
});

test("is done in the order in which it came, one after another, and others have their turn", async () => {
  const course: string[] = [];
  const begin = (name: string) =>
    enqueueCallback(async () => {
      course.push(`${name} begins`);
      if (name === "a") void setImmediate().then(() => course.push("another"));
      await Promise.resolve();
      course.push(`${name} ends`);
    });
  await Promise.all([begin("a"), begin("b")]);
  expect(course).toEqual(["a begins", "a ends", "another", "b begins", "b ends"]);
});

test("a database that is away for long is two lines, however many come", async () => {
  for (let time = 0; time < 50; time++)
    await enqueueCallback(() => Promise.reject(new Error("away")));
  expect(lines).toHaveLength(1);
  await enqueueCallback(async () => {});
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("lost in between: 50");
});
