import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { accounts, signInThrottle } from "@/lib/db/schema";
import type { OpenedStore } from "@/lib/db/store";
import { Secret } from "@/lib/secret";
import { testStores } from "@/lib/testing/stores";
import { addAccount, getUser } from "./accounts";
import { bootstrapAdministrator } from "./bootstrap";
import { signIn } from "./sign-in";
import { admitAttempt } from "./throttle";

const now = new Date("2026-01-01T00:00:00Z");
const ann = {
  email: "Ann@Example.com",
  name: "Ann",
  role: "support",
  password: "correct horse",
} as const;

describe.each(testStores)("signing in on $name", ({ open }) => {
  let opened: OpenedStore;
  let people: (typeof accounts.$inferInsert)[];
  beforeAll(async () => {
    opened = await open();
    await addAccount(opened.store, ann);
    people = await opened.store.select().from(accounts);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.store.delete(accounts);
    await opened.store.delete(signInThrottle);
    await opened.store.insert(accounts).values(people);
  });
  const attempt = (email: string, password: string) =>
    signIn(opened.store, { email, password, address: "10.0.0.1" }, now);

  test("the right password gives the person, however the address is typed", async () => {
    const result = await attempt(" ann@EXAMPLE.com ", "correct horse");
    expect(result).toMatchObject({
      ok: true,
      value: { email: "ann@example.com", name: "Ann", role: "support" },
    });
    expect(JSON.stringify(result)).not.toContain("scrypt");
    expect(result.ok && (await getUser(opened.store, result.value.id))).toEqual(
      result.ok && result.value,
    );
  });

  test("a wrong password and an unknown address look the same", async () => {
    const wrong = { ok: false, failure: { kind: "credentials" } };
    expect(await attempt("ann@example.com", "wrong")).toEqual(wrong);
    expect(await attempt("nobody@example.com", "wrong")).toEqual(wrong);
  });

  test("a disabled person is out at once", async () => {
    const result = await attempt("ann@example.com", "correct horse");
    if (!result.ok) throw new Error("Ann should be in.");
    await opened.store
      .update(accounts)
      .set({ disabledAt: now })
      .where(eq(accounts.id, result.value.id));
    expect(await getUser(opened.store, result.value.id)).toBeNull();
    expect(await attempt("ann@example.com", "correct horse")).toMatchObject({ ok: false });
  });

  test("after too many failures even the right password has to wait", async () => {
    const guess = { email: "ann@example.com", address: "10.0.0.2" };
    for (let n = 1; n <= 6; n++) await admitAttempt(opened.store, guess, now);
    expect(await attempt("ann@example.com", "correct horse")).toEqual({
      ok: false,
      failure: { kind: "wait", seconds: 2 },
    });
  });

  test("an account is never overwritten", async () => {
    expect(await addAccount(opened.store, { ...ann, password: "another" })).toBe(false);
    expect(await attempt("ann@example.com", "correct horse")).toMatchObject({ ok: true });
  });

  describe("the first administrator", () => {
    const admin = { email: "Root@Example.com", password: new Secret("a long password") };
    const listed = () => opened.store.select().from(accounts).where(eq(accounts.role, "admin"));

    test("is made once when there is none", async () => {
      expect(await bootstrapAdministrator(opened.store, admin)).toBeNull();
      expect(await attempt("root@example.com", "a long password")).toMatchObject({ ok: true });
      const other = { ...admin, email: "second@example.com" };
      expect(await bootstrapAdministrator(opened.store, other)).toBeNull();
      expect(await listed()).toHaveLength(1);
    });

    test("is made once by many instances that start at the same time", async () => {
      const all = [1, 2, 3].map(() => bootstrapAdministrator(opened.store, admin));
      expect(await Promise.all(all)).toEqual([null, null, null]);
      expect(await listed()).toHaveLength(1);
    });

    test("is asked for when nobody can administer", async () => {
      expect(await bootstrapAdministrator(opened.store, null)).toMatch(/set BOOTSTRAP_ADMIN_EMAIL/);
    });

    test("is not made of somebody else", async () => {
      const taken = { ...admin, email: ann.email };
      expect(await bootstrapAdministrator(opened.store, taken)).toMatch(/another address/);
      expect(await listed()).toHaveLength(0);
    });

    test("can be made again when the only one is disabled", async () => {
      await opened.store.update(accounts).set({ role: "admin", disabledAt: now });
      expect(await bootstrapAdministrator(opened.store, admin)).toBeNull();
      expect(await listed()).toHaveLength(2);
    });
  });
});
