import { eq, like } from "drizzle-orm";
import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, signInThrottle } from "@/lib/db/schema";
import { Secret } from "@/lib/secret";
import { CHEAP_PASSWORD, CHEAP_PASSWORD_HASH } from "@/lib/testing/cheap-password";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { testDatabases } from "@/lib/testing/test-databases";
import { addAccount, bootstrapAdministrator, getCredentials } from "./accounts";
import { newTotpSecret, switchCodesOn } from "./one-time-codes";
import { type SignInAttempt, signIn } from "./sign-in";
import { admitAttempt } from "./throttle";

for (const [name, value] of Object.entries(deskEnvironment("http://127.0.0.1:3000"))) {
  vi.stubEnv(name, value);
}

const now = new Date("2026-01-01T00:00:00Z");
const ann = {
  email: "Ann@Example.com",
  name: "Ann",
  role: "support",
  password: "correct horse",
} as const;

describe.each(testDatabases)("signing in on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let people: (typeof accounts.$inferInsert)[];
  beforeAll(async () => {
    opened = await open();
    await addAccount(opened.db, ann);
    people = await opened.db.select().from(accounts);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(accounts);
    await opened.db.delete(signInThrottle);
    await opened.db.insert(accounts).values(people);
  });
  const given = { code: null, address: "10.0.0.1", device: undefined };
  const attempt = (email: string, password: string, more: Partial<SignInAttempt> = {}) =>
    signIn(opened.db, { ...given, email, password, ...more }, now);

  test("the right password gives the person, however the address is typed", async () => {
    const result = await attempt(" ann@EXAMPLE.com ", "correct horse");
    expect(result).toMatchObject({
      ok: true,
      value: {
        user: { email: "ann@example.com", name: "Ann", role: "support" },
        proof: { way: "password" },
      },
    });
    expect(JSON.stringify(result)).not.toContain("scrypt");
    const stored = await getCredentials(opened.db, ann.email);
    expect(result.ok && result.value.user).toEqual(stored?.user);
  });

  test("a wrong password and an unknown address look the same", async () => {
    const wrong = { ok: false, failure: { kind: "credentials" } };
    expect(await attempt("ann@example.com", "wrong")).toMatchObject(wrong);
    expect(await attempt("nobody@example.com", "wrong")).toMatchObject(wrong);
  });

  test("what was typed for an e-mail address is told on only when it is an account's", async () => {
    expect(await attempt(" Ann@example.com", "wrong")).toMatchObject({
      failure: { email: "ann@example.com" },
    });
    expect(await attempt("my secret password", "")).toMatchObject({ failure: { email: null } });
  });

  test("who has no password here cannot sign in with one", async () => {
    await opened.db.update(accounts).set({ passwordHash: null });
    for (const password of ["correct horse", ""]) {
      expect(await attempt("ann@example.com", password)).toMatchObject({
        failure: { kind: "credentials" },
      });
    }
  });

  test("a disabled person is out at once", async () => {
    const result = await attempt("ann@example.com", "correct horse");
    if (!result.ok) throw new Error("Ann should be in.");
    await opened.db
      .update(accounts)
      .set({ disabledAt: now })
      .where(eq(accounts.id, result.value.user.id));
    expect(await attempt("ann@example.com", "correct horse")).toMatchObject({
      failure: { kind: "disabled" },
    });
    expect(await attempt("ann@example.com", "wrong")).toMatchObject({
      failure: { kind: "credentials" },
    });
  });

  test("after too many failures even the right password has to wait", async () => {
    const guess = { email: "ann@example.com", address: "10.0.0.2", deviceId: null };
    for (let n = 1; n <= 6; n++) await admitAttempt(opened.db, guess, now);
    expect(await attempt("ann@example.com", "correct horse")).toEqual({
      ok: false,
      failure: { kind: "wait", seconds: 2, email: "ann@example.com" },
    });
  });

  test("of many at once some are asked to come again, and those do not count", async () => {
    const many = Array.from({ length: 40 }, (_, n) => `person-${n}@example.com`);
    // Dearer, or they would be looked at as fast as they come, and none would wait in line.
    const passwordHash = CHEAP_PASSWORD_HASH.replace("ln=10", "ln=15");
    const person = { name: "Bo", role: "support", passwordHash } as const;
    await opened.db.insert(accounts).values(many.map((email) => ({ ...person, email })));
    const results = await Promise.all(
      many.map((email, n) => attempt(email, "wrong", { address: `10.0.1.${n}` })),
    );
    const failures = results.map((result) => result.ok || result.failure);
    const busy = failures.filter((each) => each !== true && each.kind === "wait");
    expect(busy.length).toBeGreaterThan(0);
    expect(busy[0]).toMatchObject({ seconds: 5 });
    const counts = await opened.db.select().from(signInThrottle);
    const counted = counts.filter(({ failures }) => failures > 0);
    expect(counted).toHaveLength(2 * (many.length - busy.length));
  });

  describe("with one-time codes", () => {
    const secret = newTotpSecret();
    const codeAfter = (seconds: number) =>
      new TOTP({ secret }).generate({ timestamp: now.getTime() + seconds * 1000 });
    let recoveryCodes: readonly string[];
    beforeEach(async () => {
      const id = people[0]?.id ?? "";
      await opened.db.update(accounts).set({ passwordHash: CHEAP_PASSWORD_HASH });
      const switched = await switchCodesOn(opened.db, id, secret, codeAfter(-30), now);
      if (!switched.ok) throw new Error("Codes should be on.");
      recoveryCodes = switched.value.recoveryCodes;
    });
    const withCode = (code: string | null, password = CHEAP_PASSWORD) =>
      attempt("ann@example.com", password, { code });
    const refused = (kind: string) =>
      expect.objectContaining({ failure: expect.objectContaining({ kind }) });

    test("the right password is asked for a code, and a wrong one is not", async () => {
      expect(await withCode(null)).toEqual(refused("code"));
      expect(await withCode(null, "wrong")).toEqual(refused("credentials"));
      expect(await withCode(codeAfter(0), "wrong")).toEqual(refused("credentials"));
      expect(await withCode(codeAfter(0))).toMatchObject({
        value: { proof: { way: "password+code" } },
      });
    });

    test("a code is good once, and the one before it no more", async () => {
      expect(await withCode(codeAfter(30))).toMatchObject({ ok: true });
      expect(await withCode(codeAfter(30))).toEqual(refused("wrongCode"));
      expect(await withCode(codeAfter(0))).toEqual(refused("wrongCode"));
    });

    test("a recovery code does instead", async () => {
      expect(await withCode(recoveryCodes[3] ?? "")).toMatchObject({
        value: { proof: { way: "password+recoveryCode" } },
      });
      expect(await withCode(recoveryCodes[3] ?? "")).toEqual(refused("wrongCode"));
    });

    test("wrong codes have to wait, and asking without a code does not help", async () => {
      for (let n = 1; n <= 6; n++) {
        expect(await withCode("000000")).toEqual(refused("wrongCode"));
        for (const _ of [1, 2]) await withCode(null);
        await opened.db.delete(signInThrottle).where(like(signInThrottle.subject, "account:%"));
      }
      expect(await withCode(codeAfter(0))).toMatchObject({ failure: { kind: "wait", seconds: 2 } });
      expect(await withCode(null)).toEqual(refused("code"));
    });

    test("wrong codes count as failed attempts at the account", async () => {
      for (let n = 1; n <= 6; n++) {
        await withCode("000000");
        await opened.db.delete(signInThrottle).where(like(signInThrottle.subject, "code:%"));
      }
      expect(await withCode(null)).toMatchObject({ failure: { kind: "wait", seconds: 2 } });
    });
  });

  test("an account is never overwritten", async () => {
    expect(await addAccount(opened.db, { ...ann, password: "another" })).toBe(false);
    expect(await attempt("ann@example.com", "correct horse")).toMatchObject({ ok: true });
  });

  describe("the first administrator", () => {
    const admin = { email: "Root@Example.com", password: new Secret("long enough it is") };
    const listed = () => opened.db.select().from(accounts).where(eq(accounts.role, "admin"));

    test("is made once when there is none", async () => {
      expect(await bootstrapAdministrator(opened.db, admin)).toBeNull();
      expect(await attempt("root@example.com", "long enough it is")).toMatchObject({ ok: true });
      const other = { ...admin, email: "second@example.com" };
      expect(await bootstrapAdministrator(opened.db, other)).toBeNull();
      expect(await listed()).toHaveLength(1);
    });

    test("is made with a password that is easily guessed, and that is said", async () => {
      const weak = { ...admin, password: new Secret("Password12345") };
      expect(await bootstrapAdministrator(opened.db, weak)).toMatch(/too easy to guess/);
      expect(await listed()).toHaveLength(1);
    });

    test("is made once by many instances that start at the same time", async () => {
      const all = [1, 2, 3].map(() => bootstrapAdministrator(opened.db, admin));
      expect(await Promise.all(all)).toEqual([null, null, null]);
      expect(await listed()).toHaveLength(1);
    });

    test("is asked for when nobody can administer", async () => {
      expect(await bootstrapAdministrator(opened.db, null)).toMatch(/set BOOTSTRAP_ADMIN_EMAIL/);
    });

    test("is not made of somebody else", async () => {
      const taken = { ...admin, email: ann.email };
      expect(await bootstrapAdministrator(opened.db, taken)).toMatch(/another address/);
      expect(await listed()).toHaveLength(0);
    });

    test("can be made again when the only one is disabled", async () => {
      await opened.db.update(accounts).set({ role: "admin", disabledAt: now });
      expect(await bootstrapAdministrator(opened.db, admin)).toBeNull();
      expect(await listed()).toHaveLength(2);
    });
  });
});
