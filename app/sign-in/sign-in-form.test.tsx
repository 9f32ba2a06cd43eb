import { describe, expect, it } from "vitest";
import { readProblem } from "./sign-in-form";

describe("readProblem", () => {
  it.each([
    [null, null],
    [undefined, null],
    ["credentials", { kind: "wrong" }],
    ["CredentialsSignin", { kind: "wrong" }],
    ["code", { kind: "code" }],
    ["wrongCode", { kind: "wrongCode" }],
    ["wait:32", { kind: "wait", seconds: 32 }],
    ["wait:900", { kind: "wait", seconds: 900 }],
    ["wait:901", { kind: "codesSpent" }],
    ["wait:-1", { kind: "failed" }],
    ["wait:1e9", { kind: "failed" }],
    ["Configuration", { kind: "failed" }],
  ])("%j means %j", (refusal, problem) => {
    expect(readProblem(refusal)).toEqual(problem);
  });
});
