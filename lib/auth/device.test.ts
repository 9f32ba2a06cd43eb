import { expect, test } from "vitest";
import { Secret } from "@/lib/secret";
import { DEVICE_DAYS, knownDevice, newDeviceCookie } from "./cookies";

const key = new Secret("a secret of these tests, long enough");
const ANN = { accountId: "6f1d5b0e-0b0a-4c5e-9f59-0a4d0c6f2a11", secretsDigest: "of-anns" };
const BO = { accountId: "0d0ad0f5-5e1e-4b61-8b62-4f1f3f4f2b22", secretsDigest: "of-bos" };
const now = new Date("2026-01-01T00:00:00Z");
const afterDays = (days: number) => new Date(now.getTime() + days * 86_400_000);

test("a browser is known to the account that signed in there, and to no other", () => {
  const cookie = newDeviceCookie(ANN, null, key, now);
  expect(knownDevice(cookie, ANN, key, now)).toMatch(/^[\w-]{22}$/);
  expect(knownDevice(cookie, BO, key, now)).toBeNull();
  expect(knownDevice(cookie.replace(ANN.accountId, BO.accountId), BO, key, now)).toBeNull();
});

test("each browser has an id of its own, and keeps it", () => {
  const id = knownDevice(newDeviceCookie(ANN, null, key, now), ANN, key, now);
  expect(knownDevice(newDeviceCookie(ANN, null, key, now), ANN, key, now)).not.toBe(id);
  expect(knownDevice(newDeviceCookie(ANN, id, key, now), ANN, key, now)).toBe(id);
});

test("it is known no more once the password or the codes are others", () => {
  const cookie = newDeviceCookie(ANN, null, key, now);
  const changed = { ...ANN, secretsDigest: "of-others" };
  expect(knownDevice(cookie, changed, key, now)).toBeNull();
  expect(knownDevice(`${cookie.slice(0, -43)}${"A".repeat(43)}`, ANN, key, now)).toBeNull();
  expect(cookie).not.toContain(ANN.secretsDigest);
});

test("it is known for 180 days, and that cannot be prolonged", () => {
  const cookie = newDeviceCookie(ANN, null, key, now);
  expect(knownDevice(cookie, ANN, key, afterDays(DEVICE_DAYS - 1))).not.toBeNull();
  expect(knownDevice(cookie, ANN, key, afterDays(DEVICE_DAYS))).toBeNull();
  const [account, id, expires, mac] = cookie.split(".");
  const later = [account, id, Number(expires) + 86_400_000, mac].join(".");
  expect(knownDevice(later, ANN, key, now)).toBeNull();
});

test("whoever has another secret cannot make one", () => {
  const other = newDeviceCookie(ANN, null, new Secret("another secret, also long enough"), now);
  expect(knownDevice(other, ANN, key, now)).toBeNull();
});

test.each([undefined, "", "...", `${ANN.accountId}.`, `${ANN.accountId}.id.9.mac`])(
  "%j is not known",
  (cookie) => {
    expect(knownDevice(cookie, ANN, key, now)).toBeNull();
  },
);

test("what is put behind it makes it another", () => {
  expect(knownDevice(`${newDeviceCookie(ANN, null, key, now)}.x`, ANN, key, now)).toBeNull();
});
