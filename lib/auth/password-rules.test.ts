import { expect, test } from "vitest";
import { passwordProblem } from "./password-rules";

const ann = { email: "ann.miller@example.com", name: "Ann Miller-Žák" };

test.each([
  ["elevenchars", "short"],
  ["한국어비밀번호를쓴다고", "short"],
  ["x".repeat(129), "long"],
  ["aaaaaaaaaaaa", "common"],
  ["abcabcabcabc", "common"],
  ["123456789012", "common"],
  ["qwertyuiop12", "common"],
  ["1qaz2wsx3edc4rfv", "common"],
  ["1q2w3e4r5t6y", "common"],
  ["Password1234", "common"],
  ["passwordpassword", "common"],
  ["P@ssw0rd2026!", "common"],
  ["Welcome123456", "common"],
  ["iloveyou2026", "common"],
  ["channel-desk-2026", "common"],
  ["ann.miller@example.com", "common"],
  ["Ann-Miller-1984", "common"],
  ["miller miller miller", "common"],
  ["correct horse battery staple", null],
  ["ann likes correct horses", null],
  ["tr4verse-the-0cean", null],
  ["g7#Kp!2vQ9zL", null],
  ["한국어로된비밀번호를씁니다", null],
  ["x7Kdx7Kdx7KdmQ9vLz", null],
])("%s: %j", (password, problem) => {
  expect(passwordProblem(password, ann)).toBe(problem);
});

test("an address composed otherwise is still the address", () => {
  const person = { email: "zoe@example.com", name: "Zo\u00e9 Bo\u00ebtius" };
  expect(passwordProblem("Zoe\u0301 Boe\u0308tius 12345", person)).toBe("common");
});
