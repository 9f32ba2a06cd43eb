import { expect, test } from "vitest";
import { problemSentence, readProblem } from "./attempt-problem";

test("what the database keeps is read in its parts", () => {
  expect(readProblem("refused")).toEqual({ kind: "refused", code: null });
  expect(readProblem("unreachable")).toEqual({ kind: "unreachable", code: null });
  expect(readProblem("unreachable ECONNREFUSED")).toEqual({
    ...{ kind: "unreachable", code: "ECONNREFUSED" },
  });
});

test("a sentence of an earlier version has no parts", () => {
  expect(readProblem("The webhook answered 500.")).toBeNull();
});

test("the log says it in a sentence", () => {
  expect(problemSentence("refused", 503)).toBe("The webhook answered 503.");
  expect(problemSentence("timeout", null)).toBe("The webhook did not answer within 10 seconds.");
  expect(problemSentence("unreachable", null)).toBe("The webhook could not be reached.");
  expect(problemSentence("unreachable ENOTFOUND", null)).toBe(
    "The webhook could not be reached (ENOTFOUND).",
  );
});
