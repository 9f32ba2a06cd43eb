import { expect, test } from "vitest";
import messages from "@/lib/messages/en.json";
import { isRefusal, parseSsoProblem, SSO_PROBLEMS } from "./sso";

test("each problem has its words, and no other word is a problem", () => {
  expect(Object.keys(messages.sso.problems)).toEqual(SSO_PROBLEMS);
  for (const problem of SSO_PROBLEMS) expect(parseSsoProblem(problem)).toBe(problem);
  const others = [undefined, "", "constructor", "noRole ", ["noRole"], "<b>noRole</b>"];
  expect(others.map(parseSsoProblem)).toEqual(others.map(() => null));
});

test("a refusal is what the desk or the provider decided, not what went wrong", () => {
  expect(SSO_PROBLEMS.filter((problem) => !isRefusal(problem))).toEqual([
    "expired",
    "unreachable",
    "untrusted",
    "tooMany",
    "failed",
  ]);
});
