import { expect, test } from "vitest";
import {
  ACCOUNT_POLICY,
  ADDRESS_POLICY,
  CODE_POLICY,
  CODES_POLICY,
  type Count,
  countFailure,
  DEVICES_POLICY,
  type Policy,
  secondsToWait,
} from "./throttle";

const DAY = 24 * 60 * 60;
const start = new Date("2026-01-01T00:00:00Z");
const at = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const fresh: Count = { failures: 0, lastFailureAt: start, waitUntil: null };

/** When the attempts are that come through, of who tries again as soon as there is no wait. */
function attempts(policy: Policy, seconds: number): number[] {
  const times: number[] = [];
  let count = fresh;
  let now = 0;
  while (now < seconds) {
    times.push(now);
    count = countFailure(count, policy, at(now));
    now += secondsToWait(count, policy, at(now));
  }
  return times;
}

function inEachDay(times: readonly number[], days: number): number[] {
  return Array.from(
    { length: days },
    (_, day) => times.filter((time) => Math.floor(time / DAY) === day).length,
  );
}

/** The same of who, after so many attempts, pauses until the count is forgotten. */
function inADayWithPauses(policy: typeof ADDRESS_POLICY | typeof CODE_POLICY, each: number) {
  const last = attempts(policy, DAY)[each - 1] ?? 0;
  return Math.floor(DAY / (last + policy.quietSeconds)) * each;
}

test("some 1,450 passwords of an account are looked at in a day", () => {
  expect(inEachDay(attempts(ACCOUNT_POLICY, 2 * DAY), 2)).toEqual([1449, 1440]);
});

test("some 2,300 passwords from an address are, of who pauses until they are forgotten", () => {
  expect(inEachDay(attempts(ADDRESS_POLICY, 2 * DAY), 2)).toEqual([124, 96]);
  const best = Array.from({ length: 40 }, (_, n) => inADayWithPauses(ADDRESS_POLICY, n + 1));
  expect(Math.max(...best)).toBe(2314);
});

test("some 5,800 passwords are in all known browsers of an account together", () => {
  expect(inEachDay(attempts(DEVICES_POLICY, 2 * DAY), 2)).toEqual([5783, 5760]);
});

test("109 codes are in a browser on the first day and 96 on the next, and pauses do not help", () => {
  expect(inEachDay(attempts(CODE_POLICY, 3 * DAY), 3)).toEqual([109, 96, 96]);
  const best = Array.from({ length: 109 }, (_, n) => inADayWithPauses(CODE_POLICY, n + 1));
  expect(Math.max(...best)).toBeLessThanOrEqual(109);
});

test("30 codes are in the browsers of an account that are counted together, on each day", () => {
  expect(inEachDay(attempts(CODES_POLICY, 400 * DAY), 400)).toEqual(Array(400).fill(30));
});

test("a day begins with its first failure, and is not made longer by others", () => {
  let count = fresh;
  for (let n = 0; n < 30; n++) count = countFailure(count, CODES_POLICY, at(1000 + n * 60));
  expect(secondsToWait(count, CODES_POLICY, at(3000))).toBe(DAY - 2000);
  expect(secondsToWait(count, CODES_POLICY, at(1000 + DAY))).toBe(0);
  count = countFailure(count, CODES_POLICY, at(1000 + DAY));
  expect(count).toEqual({ failures: 1, lastFailureAt: at(1000 + DAY), waitUntil: null });
});

test("a clock that is set back lets one more through, and makes nobody wait longer than a day", () => {
  let count = fresh;
  for (let n = 0; n < 30; n++) count = countFailure(count, CODES_POLICY, at(0));
  expect(secondsToWait(count, CODES_POLICY, at(-3600))).toBe(0);
  count = countFailure(count, CODES_POLICY, at(-3600));
  expect(secondsToWait(count, CODES_POLICY, at(-3600))).toBe(DAY);
});

// A code is right for its own half minute and those around it, of a million that there are.
test("a code is guessed within a year with a chance of 3, or 6, in 100", () => {
  const chance = (codesADay: number) => 1 - (1 - 3 / 1_000_000) ** (codesADay * 365);
  expect(chance(CODES_POLICY.failuresADay)).toBeCloseTo(0.03, 2);
  expect(chance(2 * CODES_POLICY.failuresADay)).toBeCloseTo(0.06, 2);
});
