import { eq } from "drizzle-orm";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, signInThrottle } from "@/lib/db/schema";
import { Secret } from "@/lib/secret";
import { CHEAP_PASSWORD, CHEAP_PASSWORD_HASH } from "@/lib/testing/cheap-password";
import { deskEnvironment, TEST_SECRET } from "@/lib/testing/desk-environment";
import { testDatabases } from "@/lib/testing/test-databases";
import { getCredentials } from "./accounts";
import { newDeviceCookie } from "./cookies";
import { newTotpSecret, switchCodesOff, switchCodesOn } from "./one-time-codes";
import { type SignInAttempt, signIn } from "./sign-in";
import { ACCOUNT_POLICY, CODES_POLICY, DEVICE_POLICY } from "./throttle";

for (const [name, value] of Object.entries(deskEnvironment("http://127.0.0.1:3000"))) {
  vi.stubEnv(name, value);
}

const EMAIL = "ann@example.com";
const GUESSES = 1000;
const ADDRESSES = 100;
/** How many of them the policy lets through: five, those of the doubling waits, and one a minute. */
const mostVerified = (seconds: number) =>
  ACCOUNT_POLICY.freeFailures + 6 + seconds / ACCOUNT_POLICY.longestWaitSeconds;

describe.each(testDatabases)("1,000 guesses from 100 addresses on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let ann: string;
  let device: string;
  let now: Date;
  beforeAll(async () => {
    opened = await open();
    const [added] = await opened.db
      .insert(accounts)
      .values({ email: EMAIL, name: "Ann", role: "admin", passwordHash: CHEAP_PASSWORD_HASH })
      .returning();
    ann = added?.id ?? "";
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(signInThrottle);
    now = new Date("2026-01-02T00:00:00Z");
    device = await newDevice();
  });

  /** The cookie of a browser in which Ann has signed in with the password and codes she has now. */
  async function newDevice(): Promise<string> {
    const found = await getCredentials(opened.db, EMAIL);
    const owner = { accountId: ann, secretsDigest: found?.secretsDigest ?? "" };
    return newDeviceCookie(owner, null, new Secret(TEST_SECRET), now);
  }
  const newDevices = (count: number) => Promise.all(Array.from({ length: count }, newDevice));
  const attempt = (more: Partial<SignInAttempt>) =>
    signIn(
      opened.db,
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
  const isLookedAt = async (more: Partial<SignInAttempt>) => {
    const result = await attempt(more);
    return !result.ok && ["credentials", "wrongCode"].includes(result.failure.kind);
  };
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
    expect(await attempt({})).toMatchObject({ value: { user: { email: EMAIL } } });
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
    const bo = { accountId: "another", secretsDigest: "of his" };
    const other = newDeviceCookie(bo, null, new Secret(TEST_SECRET), now);
    for (let n = 0; n <= ACCOUNT_POLICY.freeFailures; n++) await guess(n);
    expect(await attempt({ device: other })).toMatchObject({ failure: { kind: "wait" } });
  });

  test("forty stolen cookies let no more through than a few at once, then four a minute", async () => {
    const devices = await newDevices(40);
    let verified = 0;
    for (let second = 0; second < 60; second += 5) {
      for (const device of devices) if (await isLookedAt({ device, password: "guess" })) verified++;
      inSeconds(5);
    }
    // Twenty are free, and one paid; 2, 4, 8 and then 15 seconds pass between those after them.
    expect(verified).toBeGreaterThan(21);
    expect(verified).toBeLessThanOrEqual(21 + 3 + 60 / 15);
  });

  describe("at one-time codes, by who has the password", () => {
    const secret = newTotpSecret();
    const codeNow = () => new TOTP({ secret }).generate({ timestamp: now.getTime() });
    let recoveryCodes: readonly string[];
    const change = (values: Partial<typeof accounts.$inferInsert>) =>
      opened.db.update(accounts).set(values).where(eq(accounts.id, ann));
    beforeEach(async () => {
      await change({ passwordHash: CHEAP_PASSWORD_HASH });
      await switchCodesOff(opened.db, ann);
      now = new Date("2026-01-02T00:00:00Z");
    });
    async function switchOn(): Promise<void> {
      const switched = await switchCodesOn(opened.db, ann, secret, codeNow(), now);
      if (!switched.ok) throw new Error("Codes should be on.");
      recoveryCodes = switched.value.recoveryCodes;
      inSeconds(120);
    }
    /** How many of these are looked at. Of a million codes, three are right: none of these is. */
    async function verifiedOf(attempts: readonly Partial<SignInAttempt>[]): Promise<number> {
      let verified = 0;
      for (const each of attempts) if (await isLookedAt({ code: wrongCode(), ...each })) verified++;
      return verified;
    }
    function wrongCode(): string {
      const near = [-60, -30, 0, 30, 60].map((seconds) =>
        new TOTP({ secret }).generate({ timestamp: now.getTime() + seconds * 1000 }),
      );
      const candidates = Array.from({ length: 6 }, (_, digit) => `${digit}`.repeat(6));
      return candidates.find((code) => !near.includes(code)) ?? "";
    }

    test("cookies collected while codes are off are of no use once they are on", async () => {
      const devices = await newDevices(40);
      await switchOn();
      const attempts = Array.from({ length: 240 }, (_, n) => ({ device: devices[n % 40] }));
      expect(await verifiedOf(attempts)).toBe(ACCOUNT_POLICY.freeFailures + 1);
    });

    test.each([
      ["the password was reset", () => change({ passwordHash: null })],
      ["codes were switched off", () => switchCodesOff(opened.db, ann)],
    ])("cookies collected before are of no use when %s", async (_, changes) => {
      await switchOn();
      const devices = await newDevices(40);
      await changes();
      const attempts = devices.map((device) => ({ device, password: "guess" }));
      expect(await verifiedOf(attempts)).toBe(ACCOUNT_POLICY.freeFailures + 1);
    });

    test("forty known browsers let 30 through in a day, and those not known another 30", async () => {
      await switchOn();
      const devices = await newDevices(40);
      let known = 0;
      let others = 0;
      for (let hour = 0; hour < 23; hour++) {
        const all = devices.map((device) => ({ device }));
        known += await verifiedOf(hour === 0 ? [...all, ...all] : all.slice(0, 3));
        for (let quarter = 0; quarter < 4; quarter++) {
          others += await verifiedOf([{}, {}, {}]);
          inSeconds(900);
        }
      }
      expect([known, others]).toEqual([CODES_POLICY.failuresADay, CODES_POLICY.failuresADay]);
      expect(await attempt({ code: codeNow() })).toMatchObject({ failure: { kind: "wait" } });
      expect(await attempt({ code: recoveryCodes[0] ?? "" })).toMatchObject({ ok: true });
      const proven = await attempt({ device: devices[0], code: recoveryCodes[1] ?? "" });
      expect(proven).toMatchObject({ ok: true });
    }, 60_000);

    test("a new password, for which no code is asked, begins no new day", async () => {
      await switchOn();
      // The same password, written in another way.
      const another = CHEAP_PASSWORD_HASH.replace("ln=10", "ln=010");
      let verified = 0;
      for (let n = 0; n < 50; n++) {
        await change({ passwordHash: n % 2 ? CHEAP_PASSWORD_HASH : another });
        verified += await verifiedOf([{}, {}]);
        inSeconds(900);
      }
      expect(verified).toBe(CODES_POLICY.failuresADay);
    });

    test("the owner is in where she has signed in before, whatever others have spent", async () => {
      await switchOn();
      const hers = await newDevice();
      let verified = 0;
      for (let n = 0; n < 50; n++) {
        verified += await verifiedOf([{}]);
        inSeconds(900);
      }
      expect(verified).toBe(CODES_POLICY.failuresADay);
      expect(await attempt({ code: codeNow() })).toMatchObject({ failure: { kind: "wait" } });
      expect(await attempt({ code: codeNow(), device: hers })).toMatchObject({ ok: true });
    });
  });
});
