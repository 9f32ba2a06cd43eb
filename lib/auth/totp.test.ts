import { expect, test } from "vitest";
import { newTotpSecret, totpStepOf, totpUri } from "./totp";

// The vectors of RFC 6238 for SHA-1, appendix B, of which six digits are used.
const SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
const at = (seconds: number) => new Date(seconds * 1000);

test.each([
  [59, "287082"],
  [1111111109, "081804"],
  [1111111111, "050471"],
  [1234567890, "005924"],
  [2000000000, "279037"],
])("at %i s the code is %s", (seconds, code) => {
  expect(totpStepOf(SECRET, code, at(seconds))).toBe(Math.floor(seconds / 30));
});

test("a code is good in the step before its own and in the one after, and names its own", () => {
  const step = 37037036;
  const code = "081804";
  expect(totpStepOf(SECRET, code, at((step - 1) * 30 - 1))).toBeNull();
  expect(totpStepOf(SECRET, code, at((step - 1) * 30))).toBe(step);
  expect(totpStepOf(SECRET, code, at(step * 30))).toBe(step);
  expect(totpStepOf(SECRET, code, at((step + 2) * 30 - 1))).toBe(step);
  expect(totpStepOf(SECRET, code, at((step + 2) * 30))).toBeNull();
});

test.each(["", "81804", "0081804", "287082 ", "abcdef"])("%j is no code", (code) => {
  expect(totpStepOf(SECRET, code, at(59))).toBeNull();
});

test("secrets have 160 bits, and are new each time", () => {
  const secrets = new Set(Array.from({ length: 50 }, newTotpSecret));
  expect(secrets.size).toBe(50);
  for (const secret of secrets) expect(secret).toMatch(/^[A-Z2-7]{32}$/);
});

test("the address for the app names the desk and the person", () => {
  const uri = new URL(totpUri(SECRET, "ann+x@example.com"));
  expect(uri.protocol + uri.host).toBe("otpauth:totp");
  expect(decodeURIComponent(uri.pathname)).toBe("/Channel Desk:ann+x@example.com");
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({
    issuer: "Channel Desk",
    secret: SECRET,
    algorithm: "SHA1",
    digits: "6",
    period: "30",
  });
});
