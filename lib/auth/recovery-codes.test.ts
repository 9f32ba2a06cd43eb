import { expect, test } from "vitest";
import { newRecoveryCodes, recoveryCodeDigest } from "./recovery-codes";

test("there are ten, of 120 bits each, without letters that are taken for others", () => {
  const codes = newRecoveryCodes();
  expect(new Set(codes).size).toBe(10);
  for (const code of codes)
    expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{6}-){3}[0-9a-hjkmnp-tv-z]{6}$/);
});

test("every letter of the alphabet comes up", () => {
  const letters = new Set(Array.from({ length: 40 }, newRecoveryCodes).flat().join(""));
  expect(letters.size).toBe(33);
});

const DIGEST = recoveryCodeDigest("3mk01-0qxw2-abcde-fghjk");

test.each([
  "3MK01-0QXW2-ABCDE-FGHJK",
  " 3mk01 0qxw2 abcde fghjk ",
  "3mk010qxw2abcdefghjk",
  "3mkoi-Oqxw2-abcde-fghjk",
  "3mkol\u20100qxw2\u2013abcde\u3000fghjk",
  "\uff13mk01-0qxw2-abcde-\uff46ghjk",
])("%s is the same code", (typed) => {
  expect(recoveryCodeDigest(typed)).toBe(DIGEST);
});

test("another code is another", () => {
  expect(recoveryCodeDigest("3mk01-0qxw2-abcde-fghjm")).not.toBe(DIGEST);
});
