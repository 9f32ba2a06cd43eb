import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { catchLog } from "@/lib/testing/desk-log";
import { keepFromLog, type LogDetails, logLine } from "./log";
import { Secret } from "./secret";

let log: string[];
const written = () => log.join("");
beforeEach(() => {
  log = catchLog();
});
afterEach(() => {
  vi.restoreAllMocks();
  globalThis.channelDeskSecrets = undefined;
});

function logged(message: string, details?: LogDetails): Record<string, unknown> {
  logLine("test", message, details);
  return JSON.parse(written());
}

test("a line is one JSON object with its time, level and source first", () => {
  const line = logged("It broke.", { requestId: "r-1", status: 500 });
  expect(Object.keys(line)).toEqual(["time", "level", "source", "message", "requestId", "status"]);
  expect(line).toMatchObject({ level: "error", source: "test", message: "It broke." });
  expect(Date.parse(String(line.time))).toBeGreaterThan(Date.parse("2026-01-01"));
  expect(logged.length).toBeGreaterThan(0);
});

test("what is not known is left out, and the level is the caller's", () => {
  const line = logged("Well.", { level: "info", requestId: undefined });
  expect(Object.keys(line)).toEqual(["time", "level", "source", "message"]);
  expect(line.level).toBe("info");
});

test("no text makes two lines of one, or commands of a terminal", () => {
  logged('a\r\n{"level":"info"}\u2028b\u001b[31mred\u0007\u009b31m', { more: "c\nd" });
  expect(written().endsWith("\n")).toBe(true);
  expect(written().trimEnd()).not.toMatch(/[\p{Cc}\u2028\u2029]|\\n|\\u/u);
  expect(JSON.parse(written())).toMatchObject({ more: "c d" });
});

test("a text has an end", () => {
  expect(String(logged("x".repeat(100_000)).message)).toHaveLength(2000);
});

describe("secrets", () => {
  const userSig =
    "eJyrVgrxCdYrSy1SslIy0jNQ0gHzM1NS80oy0zLBwkZQwdSc1NLk1KLSYqUrI3MLC0NDMyMDA3MTEwsDpVoA1mYRJg__";
  const jwe = "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..Mzq0Vbp0eqnqSW2t.ZmFrZQ.dGFnZw";
  const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl";
  const hash = "$scrypt$ln=15,r=8,p=3$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo";

  test.each([
    ["a signature of the vendor's", userSig, `https://a.example/v4?usersig=${userSig}&random=1`],
    [
      "one of another spelling",
      "eJx1jk0Lgk*0YP-yXxGP",
      `usersig: eJx1jk0Lgk*0YP-yXxGP_${"A*-".repeat(10)}`,
    ],
    ["a session", jwe, `cookie: channel-desk.session=${jwe}; locale=en`],
    ["a token of a provider", jwt, `id_token=${jwt}&state=1`],
    ["the hash of a password", hash, `row (ann, ${hash})`],
    ["the password of a database", "pass%2Fword", "postgres://desk:pass%2Fword@db.example/desk"],
  ])("by its look: %s", (_, secret, text) => {
    logged(text, { also: text });
    expect(written()).not.toContain(secret);
    expect(written().match(/\[secret\]/g)).toHaveLength(2);
    // What stands around it is still there.
    expect(JSON.parse(written()).message).toContain(text.slice(0, 4));
  });

  test("what is registered is not written, in whatever form", () => {
    const secret = 'q7"w\\e8&r=t 9 ü';
    keepFromLog([new Secret(secret), new Secret("short")]);
    const forms = [secret, encodeURIComponent(secret), JSON.stringify({ secret })];
    expect(logged(`It is short: ${forms.join(" or ")}.`).message).toBe(
      'It is short: [secret] or [secret] or {"secret":"[secret]"}.',
    );
  });

  test("a value of the type says only that it is one", () => {
    const secret = new Secret("must-not-show");
    expect(logged(`It is ${secret}.`, { secret })).toMatchObject({
      message: "It is [secret].",
      secret: "[secret]",
    });
  });

  test("ordinary texts stay as they are", () => {
    const text = "eJ is short, see https://a.example:8080/path@b, job-eJournal, $scrypt is a word";
    expect(logged(text).message).toBe(text);
  });
});
