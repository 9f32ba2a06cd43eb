import { inspect } from "node:util";
import { expect, test } from "vitest";
import { parseDigest } from "./env-digest";

const URL = "https://chat.example.com/hooks/must-not-show";
const SECRET = "must-not-show-either";
const both = { DIGEST_WEBHOOK_URL: URL, DIGEST_WEBHOOK_SECRET: SECRET };

test("nobody is told without an address", () => {
  expect(parseDigest({})).toEqual({ ok: true, value: null });
  expect(parseDigest({ DIGEST_SILENT_DAYS: "7" })).toEqual({ ok: true, value: null });
});

test("an address and a secret are enough, and neither shows", () => {
  const parsed = parseDigest(both);
  expect(parsed).toMatchObject({ ok: true, value: { silentDays: 30, movePercent: 10 } });
  if (!parsed.ok || parsed.value === null) throw new Error("It is enough.");
  expect([parsed.value.url.reveal(), parsed.value.secret.reveal()]).toEqual([URL, SECRET]);
  const printed = inspect(parsed, { depth: 9, showHidden: true }) + JSON.stringify(parsed);
  expect(printed).not.toContain("must-not-show");
});

test("what is told can be chosen", () => {
  const given = { ...both, DIGEST_SILENT_DAYS: "7", DIGEST_MOVE_PERCENT: "25" };
  expect(parseDigest(given)).toMatchObject({ value: { silentDays: 7, movePercent: 25 } });
});

test.each(["http://localhost:4000/hook", "http://127.0.0.1:1/", "http://[::1]:1/"])(
  "%s is of this machine, and need not be https",
  (address) => {
    expect(parseDigest({ ...both, DIGEST_WEBHOOK_URL: address }).ok).toBe(true);
  },
);

test.each([
  [{ DIGEST_WEBHOOK_URL: URL }, /^DIGEST_WEBHOOK_SECRET is not set, but DIGEST_WEBHOOK_URL is/],
  [{ DIGEST_WEBHOOK_SECRET: SECRET }, /^DIGEST_WEBHOOK_URL is not set, but DIGEST_WEBHOOK_SECRET/],
  [{ ...both, DIGEST_WEBHOOK_URL: "http://chat.example.com/" }, /^DIGEST_WEBHOOK_URL is not valid/],
  [{ ...both, DIGEST_WEBHOOK_URL: "https://a:b@chat.example/" }, /^DIGEST_WEBHOOK_URL is not/],
  [{ ...both, DIGEST_WEBHOOK_URL: "http://localhost.example/" }, /^DIGEST_WEBHOOK_URL is not/],
  [{ ...both, DIGEST_WEBHOOK_URL: "file:///etc/passwd" }, /^DIGEST_WEBHOOK_URL is not valid/],
  [{ ...both, DIGEST_WEBHOOK_URL: "must-not-show" }, /^DIGEST_WEBHOOK_URL is not valid/],
  [{ ...both, DIGEST_WEBHOOK_SECRET: "must-not-show" }, /^DIGEST_WEBHOOK_SECRET is not valid/],
  [{ ...both, DIGEST_SILENT_DAYS: "0" }, /^DIGEST_SILENT_DAYS is "?0"?: it must be a whole number/],
  [{ ...both, DIGEST_MOVE_PERCENT: "1001" }, /^DIGEST_MOVE_PERCENT is "?1001"?: it must be/],
])("%j is one sentence", (given, sentence) => {
  const parsed = parseDigest(given);
  expect(parsed.ok ? [] : parsed.failure).toEqual([expect.stringMatching(sentence)]);
  expect(parsed.ok ? "" : parsed.failure.join()).not.toContain("must-not-show");
});
