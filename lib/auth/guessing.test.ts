import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { accounts, signInThrottle } from "@/lib/db/schema";
import type { OpenedStore } from "@/lib/db/store";
import { Secret } from "@/lib/secret";
import { CHEAP_PASSWORD, CHEAP_PASSWORD_HASH } from "@/lib/testing/cheap-password";
import { deskEnvironment, TEST_SECRET } from "@/lib/testing/desk-environment";
import { testStores } from "@/lib/testing/stores";
import { newDeviceCookie } from "./device";
import { type SignInAttempt, signIn } from "./sign-in";
import { ACCOUNT_POLICY, DEVICE_POLICY } from "./throttle-policy";

for (const [name, value] of Object.entries(deskEnvironment("http://127.0.0.1:3000"))) {
  vi.stubEnv(name, value);
}

const EMAIL = "ann@example.com";
const GUESSES = 1000;
const ADDRESSES = 100;
/** How many of them the policy lets through: five, those of the doubling waits, and one a minute. */
const mostVerified = (seconds: number) =>
  ACCOUNT_POLICY.freeFailures + 6 + seconds / ACCOUNT_POLICY.longestWaitSeconds;

describe.each(testStores)("1,000 guesses from 100 addresses on $name", ({ open }) => {
  let opened: OpenedStore;
  let device: string;
  let now: Date;
  beforeAll(async () => {
    opened = await open();
    const [ann] = await opened.store
      .insert(accounts)
      .values({ email: EMAIL, name: "Ann", role: "admin", passwordHash: CHEAP_PASSWORD_HASH })
      .returning();
    device = newDeviceCookie(ann?.id ?? "", null, new Secret(TEST_SECRET), new Date("2026-01-01"));
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.store.delete(signInThrottle);
    now = new Date("2026-01-02T00:00:00Z");
  });

  const attempt = (more: Partial<SignInAttempt>) =>
    signIn(
      opened.store,
      {
        email: EMAIL,
        password: CHEAP_PASSWORD,
        code: null,
        address: "192.0.2.1",
        device: undefined,
        ...more,
      },
      now,
    );
  const guess = (n: number) =>
    attempt({ password: `guess ${n}`, address: `10.0.0.${n % ADDRESSES}` });
  const inSeconds = (seconds: number) => {
    now = new Date(now.getTime() + seconds * 1000);
  };

  test("one a second: few are looked at, none is in, and the owner is in a minute later", async () => {
    let verified = 0;
    for (let n = 0; n < GUESSES; n++) {
      const result = await guess(n);
      expect(result.ok).toBe(false);
      if (!result.ok && result.failure.kind === "credentials") verified++;
      inSeconds(1);
    }
    expect(verified).toBeGreaterThan(ACCOUNT_POLICY.freeFailures);
    expect(verified).toBeLessThanOrEqual(mostVerified(GUESSES));
    inSeconds(ACCOUNT_POLICY.longestWaitSeconds - 1);
    expect(await attempt({})).toMatchObject({ ok: true, value: { email: EMAIL } });
  }, 60_000);

  test("all at once: no more are looked at than one after another", async () => {
    const results = await Promise.all(Array.from({ length: 200 }, (_, n) => guess(n)));
    const verified = results.filter((r) => !r.ok && r.failure.kind === "credentials");
    expect(verified.length).toBeLessThanOrEqual(mostVerified(0));
    expect(results.every(({ ok }) => !ok)).toBe(true);
    inSeconds(ACCOUNT_POLICY.longestWaitSeconds);
    expect(await attempt({})).toMatchObject({ ok: true });
  });

  test("while it goes on, the owner is in at once where she has signed in before", async () => {
    for (let n = 0; n < 100; n++) {
      await guess(n);
      inSeconds(1);
    }
    expect(await attempt({})).toMatchObject({ failure: { kind: "wait" } });
    const address = "10.0.0.1";
    expect(await attempt({ device, address })).toMatchObject({ ok: true });
    for (let n = 0; n < DEVICE_POLICY.freeFailures; n++) {
      const typo = await attempt({ device, address, password: "pasword" });
      expect(typo).toMatchObject({ failure: { kind: "credentials" } });
    }
    expect(await attempt({ device, address })).toMatchObject({ ok: true });
    expect(await attempt({})).toMatchObject({ failure: { kind: "wait" } });
  });

  test("a cookie that is stolen, or of another account, does not let guesses through", async () => {
    const results = [];
    for (let n = 0; n < 50; n++) results.push(await attempt({ device, password: `guess ${n}` }));
    const verified = results.filter((r) => !r.ok && r.failure.kind === "credentials");
    expect(verified).toHaveLength(DEVICE_POLICY.freeFailures + 1);
    const other = newDeviceCookie("another", null, new Secret(TEST_SECRET), now);
    for (let n = 0; n <= ACCOUNT_POLICY.freeFailures; n++) await guess(n);
    expect(await attempt({ device: other })).toMatchObject({ failure: { kind: "wait" } });
  });
});
