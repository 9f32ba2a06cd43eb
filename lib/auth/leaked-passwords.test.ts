import { expect, test } from "vitest";
import { isLeaked } from "./password";

test.each(["leavemealone", "qazwsxedcrfv", "LeaveMeAlone", "\uff4ceavemealone", "unbelievable"])(
  "%s is known",
  async (password) => {
    expect(await isLeaked(password)).toBe(true);
  },
);

test.each(["correct horse battery staple", "tr4verse-the-0cean", "", "password"])(
  "%j is not, or is too short to be asked after",
  async (password) => {
    expect(await isLeaked(password)).toBe(false);
  },
);
