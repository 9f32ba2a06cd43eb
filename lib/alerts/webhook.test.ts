import { expect, test } from "vitest";
import { problemSentence, readProblem } from "./webhook";

test("a stored problem is split into its parts", () => {
  expect(readProblem("refused")).toEqual({ kind: "refused", code: null });
  expect(readProblem("unreachable")).toEqual({ kind: "unreachable", code: null });
  expect(readProblem("unreachable ECONNREFUSED")).toEqual({
    ...{ kind: "unreachable", code: "ECONNREFUSED" },
  });
});

test("a sentence of an earlier version has no parts", () => {
  expect(readProblem("The webhook answered 500.")).toBeNull();
});

test("a problem is a sentence in the log", () => {
  expect(problemSentence("refused", 503)).toBe("The webhook answered 503.");
  expect(problemSentence("timeout", null)).toBe("The webhook did not answer within 10 seconds.");
  expect(problemSentence("unreachable", null)).toBe("The webhook could not be reached.");
  expect(problemSentence("unreachable ENOTFOUND", null)).toBe(
    "The webhook could not be reached (ENOTFOUND).",
  );
});
