import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accountLinks, accounts, recoveryCodes } from "@/lib/db/schema";
import { deskPeople, NOW } from "@/lib/testing/desk-people";
import { testDatabases } from "@/lib/testing/test-databases";
import { addAccount, hasAdministrator } from "../accounts";
import { admitOidcPerson } from "./admission";
import type { OidcPerson } from "./claims";

const ann: OidcPerson = {
  issuer: "https://login.example.com",
  subject: "ann-1",
  email: "ann@example.com",
  emailIsVerified: true,
  name: "Ann",
  role: "support",
};

describe.each(testDatabases)("people of the identity provider on $name", ({ open }) => {
  let opened: OpenedDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    vi.spyOn(process.stderr, "write").mockReturnValue(true);
    await opened.db.delete(accounts);
  });

  const admit = (
    person: Partial<OidcPerson> = {},
    localAccounts = true,
    linkTo: string | null = null,
  ) =>
    admitOidcPerson(
      opened.db,
      { ...ann, ...person },
      { localAccounts, issuer: person.issuer ?? ann.issuer },
      NOW,
      linkTo,
    );
  const refused = (reason: string) => ({ ok: false, failure: reason });
  const listed = () => opened.db.select().from(accounts).orderBy(accounts.email);
  const addLocal = (role: "support" | "admin" = "support") =>
    addAccount(opened.db, { email: ann.email, name: "Local Ann", role, password: "a password" });
  const change = (values: Partial<typeof accounts.$inferInsert>) =>
    opened.db.update(accounts).set(values);

  test("get an account at the first sign-in, without a password", async () => {
    expect(await admit()).toMatchObject({
      ok: true,
      value: { email: "ann@example.com", name: "Ann", role: "support" },
    });
    expect(await listed()).toMatchObject([
      { oidcIssuer: ann.issuer, oidcSubject: "ann-1", passwordHash: null },
    ]);
  });

  test("keep it, with the name, address and role of the newest sign-in", async () => {
    const first = await admit();
    const second = await admit({ email: "ann.lee@example.com", name: "Ann Lee", role: "product" });
    expect(second).toMatchObject({
      ok: true,
      value: { email: "ann.lee@example.com", name: "Ann Lee", role: "product" },
    });
    expect(first.ok && second.ok && first.value.id === second.value.id).toBe(true);
    expect(await listed()).toHaveLength(1);
  });

  test("keep the address they had where the new one is not verified", async () => {
    await admit();
    const renamed = await admit({ email: "boss@example.com", emailIsVerified: false });
    expect(renamed).toMatchObject({ ok: true, value: { email: "ann@example.com" } });
  });

  test("get one account, however many sign-ins come at once", async () => {
    const results = await Promise.all([admit(), admit(), admit(), admit()]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(await listed()).toHaveLength(1);
  });

  test("are refused while the account is disabled", async () => {
    await admit();
    await change({ disabledAt: new Date() });
    expect(await admit({ role: "admin", name: "New" })).toEqual(refused("disabled"));
    expect(await listed()).toMatchObject([{ role: "support", name: "Ann" }]);
  });

  test("are given the local account of a verified address, which has no password from then on", async () => {
    await addLocal();
    const [local] = await listed();
    const digest = { accountId: local?.id ?? "", digest: "x" };
    await opened.db.insert(recoveryCodes).values(digest);
    await opened.db.insert(accountLinks).values({
      ...{ ...digest, purpose: "reset" as const },
      expiresAt: new Date("2030-01-01"),
    });
    await change({ totpSecret: "sealed", totpStep: 1 });
    expect(await admit({ role: "product" })).toMatchObject({
      ok: true,
      value: { role: "product" },
    });
    expect(await listed()).toMatchObject([
      {
        ...{ oidcIssuer: ann.issuer, oidcSubject: "ann-1", name: "Ann" },
        ...{ passwordHash: null, totpSecret: null, totpStep: null },
      },
    ]);
    expect(await opened.db.$count(recoveryCodes)).toBe(0);
    expect(await opened.db.$count(accountLinks)).toBe(0);
    // And stay in it when the address is no longer verified.
    expect(await admit({ emailIsVerified: false })).toMatchObject({ ok: true });
  });

  test("are not given it for an address that nobody has verified", async () => {
    await addLocal();
    expect(await admit({ emailIsVerified: false, role: "admin" })).toEqual(
      refused("emailUnverified"),
    );
    expect(await listed()).toMatchObject([{ oidcSubject: null, role: "support" }]);
  });

  test("are not given a local account that is disabled", async () => {
    await addLocal();
    await change({ disabledAt: new Date() });
    expect(await admit()).toEqual(refused("disabled"));
    expect(await listed()).toMatchObject([{ oidcSubject: null }]);
  });

  test("are not given the account of another person of the provider", async () => {
    await admit();
    expect(await admit({ subject: "ann-2" })).toEqual(refused("emailTaken"));
    await admit({ subject: "bo-1", email: "bo@example.com", name: "Bo" });
    expect(await admit({ subject: "bo-1" })).toEqual(refused("emailTaken"));
    expect(await listed()).toMatchObject([{ oidcSubject: "ann-1" }, { email: "bo@example.com" }]);
  });

  test("get no account for an address that nobody has verified", async () => {
    expect(await admit({ emailIsVerified: false })).toEqual(refused("emailUnverified"));
    expect(await listed()).toEqual([]);
  });

  describe("with an unverified address from an earlier version", () => {
    const mallory = { subject: "mallory", name: "Mallory" };
    let id: string;
    beforeEach(async () => {
      const admitted = await admit(mallory);
      if (!admitted.ok) throw new Error("Mallory should have an account.");
      id = admitted.value.id;
      await change({ emailVerified: false });
    });

    test("lose it to the person for whom the provider has verified it", async () => {
      const session = await deskPeople(opened.db).signIn(id);
      expect(await admit()).toMatchObject({
        value: { email: ann.email, name: "Ann", role: "support" },
      });
      const all = await listed();
      expect(all.find((account) => account.id === id)).toMatchObject({
        email: `${id}@unverified.invalid`,
        oidcSubject: "mallory",
      });
      expect(all.find((account) => account.id !== id)).toMatchObject({
        ...{ email: ann.email, emailVerified: true, oidcSubject: "ann-1" },
      });
      expect(await deskPeople(opened.db).liveSessions()).not.toContain(session);
      expect(await admit({ ...mallory, emailIsVerified: false })).toEqual(refused("emailTaken"));
    });

    test("lose it also to a person who has an account under another address", async () => {
      const before = await admit({ email: "ann.old@example.com" });
      const after = await admit();
      expect(after).toMatchObject({ value: { email: ann.email } });
      expect(before.ok && after.ok && before.value.id === after.value.id).toBe(true);
    });

    test("keep it from a person whose address is not verified either", async () => {
      expect(await admit({ emailIsVerified: false })).toEqual(refused("emailUnverified"));
      expect(await listed()).toMatchObject([{ id, email: ann.email }]);
    });

    test("keep it from then on once the provider has verified it", async () => {
      await admit(mallory);
      expect(await admit()).toEqual(refused("emailTaken"));
    });
  });

  describe("who link their local account themselves", () => {
    const unverified = { emailIsVerified: false, role: "admin" } as const;
    const localId = async () => (await listed()).find(({ name }) => name === "Local Ann")?.id ?? "";

    test("keep its address where the provider's is not verified, and have no password", async () => {
      await addLocal("admin");
      const id = await localId();
      const session = await deskPeople(opened.db).signIn(id);
      expect(
        await admit({ ...unverified, email: "ann@elsewhere.example" }, true, id),
      ).toMatchObject({
        value: { id, email: ann.email, role: "admin" },
      });
      expect(await listed()).toMatchObject([{ oidcSubject: "ann-1", passwordHash: null }]);
      expect(await deskPeople(opened.db).liveSessions()).not.toContain(session);
      expect(await admit(unverified)).toMatchObject({ value: { id } });
    });

    test("are refused when the provider's account has another account here", async () => {
      await admit({ email: "ann.lee@example.com" });
      await addLocal();
      expect(await admit(unverified, true, await localId())).toEqual(refused("identityTaken"));
    });

    test("are refused when they would be the last administrator and are to be less", async () => {
      await addLocal("admin");
      expect(await admit({ role: "support" }, true, await localId())).toEqual(
        refused("lastAdministrator"),
      );
    });

    test("are refused when the account is gone, or disabled", async () => {
      const gone = "0b5c1b5e-6a39-4f4e-9d5b-0c6f4e7a2d11";
      expect(await admit({}, true, gone)).toEqual(refused("expired"));
      await addLocal();
      await change({ disabledAt: NOW });
      expect(await admit(unverified, true, await localId())).toEqual(refused("disabled"));
    });
  });

  test("take their account along to another provider by a verified address", async () => {
    await admit({ issuer: "https://old.example.com" });
    expect(await admit({ emailIsVerified: false })).toEqual(refused("emailUnverified"));
    expect(await admit()).toMatchObject({ ok: true });
    expect(await listed()).toMatchObject([{ oidcIssuer: ann.issuer }]);
  });

  test("are told apart by the provider, not by the subject alone", async () => {
    await admit();
    await admit({ issuer: "https://other.example.com", email: "other@example.com" });
    expect(await listed()).toHaveLength(2);
  });

  describe("as administrators", () => {
    const bo = { subject: "bo-1", email: "bo@example.com", name: "Bo", role: "admin" } as const;

    test("lose the role with the claim while there is another", async () => {
      await admit({ role: "admin" });
      await admit(bo);
      expect(await admit({ role: "support" })).toMatchObject({ value: { role: "support" } });
    });

    test("are refused, not demoted, when they are the last", async () => {
      await admit({ role: "admin" });
      await admit(bo);
      await change({ disabledAt: new Date() }).where(eq(accounts.email, bo.email));
      expect(await admit({ role: "product" })).toEqual(refused("lastAdministrator"));
      expect(await hasAdministrator(opened.db)).toBe(true);
    });

    test("of a local account are not demoted by linking it, when they are the last", async () => {
      await addLocal("admin");
      expect(await admit()).toEqual(refused("lastAdministrator"));
      expect(await listed()).toMatchObject([{ oidcSubject: null, role: "admin" }]);
    });

    test("do not count on one who was invited and never came", async () => {
      await admit({ role: "admin" });
      const invited = { email: "new@example.com", name: "New", role: "admin" } as const;
      await opened.db.insert(accounts).values(invited);
      expect(await admit()).toEqual(refused("lastAdministrator"));
    });

    test("follow the provider where it alone says who they are", async () => {
      await admit({ role: "admin" });
      expect(await admit({}, false)).toMatchObject({ value: { role: "support" } });
    });

    test("are not all demoted by sign-ins at once", async () => {
      await admit({ role: "admin" });
      await admit(bo);
      const results = await Promise.all([admit(), admit({ ...bo, role: "support" })]);
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      expect(await hasAdministrator(opened.db)).toBe(true);
    });
  });
});
