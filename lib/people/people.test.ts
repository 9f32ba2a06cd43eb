import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { linkOwner } from "@/lib/auth/accounts";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, recoveryCodes } from "@/lib/db/schema";
import { deskPeople, NOW } from "@/lib/testing/desk-people";
import { testDatabases } from "@/lib/testing/test-databases";
import type { WaysIn } from "./list-people";
import {
  changeRole,
  disable,
  enable,
  invite,
  inviteAgain,
  resetCodes,
  resetPassword,
} from "./people";

const BOTH: WaysIn = { localAccounts: true, issuer: "https://login.example" };
const NO_PROVIDER: WaysIn = { localAccounts: true, issuer: null };
const PROVIDER_ONLY: WaysIn = { localAccounts: false, issuer: "https://login.example" };
const ofProvider = { passwordHash: null, oidcIssuer: "https://login.example", oidcSubject: "1" };

const done = { ok: true, value: null };
const refused = (failure: string) => ({ ok: false, failure });

describe.each(testDatabases)("people on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let desk: ReturnType<typeof deskPeople>;
  beforeAll(async () => {
    opened = await open();
    desk = deskPeople(opened.db);
  });
  afterAll(() => opened.close());
  beforeEach(() => opened.db.delete(accounts));

  const demote = (id: string, ways = BOTH) =>
    changeRole(opened.db, { id, from: "admin", to: "support" }, ways);
  const linkIsGood = async (token: string) => (await linkOwner(opened.db, token, NOW)).ok;

  describe("inviting", () => {
    const ann = { email: " Ann@Example.com ", name: "Ann", role: "product" } as const;

    test("adds an account without a password, and a link", async () => {
      const link = await invite(opened.db, ann, BOTH, NOW);
      if (!link.ok) throw new Error(link.failure);
      const found = await linkOwner(opened.db, link.value.token, NOW);
      if (!found.ok) throw new Error(found.failure);
      expect(found.value.purpose).toBe("invite");
      expect(await desk.find(found.value.id)).toMatchObject({
        ...{ email: "ann@example.com", name: "Ann", role: "product" },
        ...{ passwordHash: null, disabledAt: null },
      });
    });

    test("refuses an address that somebody has, also when two ask at once", async () => {
      const answers = await Promise.all([1, 2].map(() => invite(opened.db, ann, BOTH, NOW)));
      expect(answers.filter(({ ok }) => !ok)).toEqual([refused("emailTaken")]);
      const { id } = await desk.add("Ben", { disabledAt: NOW });
      const again = { ...ann, email: "BEN@example.com", role: "admin" } as const;
      expect(await invite(opened.db, again, BOTH, NOW)).toEqual(refused("emailTaken"));
      expect(await desk.find(id)).toMatchObject({ role: "support", passwordHash: "a hash" });
    });

    test("makes no sense where nobody has a password", async () => {
      expect(await invite(opened.db, ann, PROVIDER_ONLY, NOW)).toEqual(refused("noPasswords"));
      expect(await opened.db.$count(accounts)).toBe(0);
    });

    test("again replaces the link of who has no password yet", async () => {
      const first = await invite(opened.db, ann, BOTH, NOW);
      if (!first.ok) throw new Error(first.failure);
      const found = await linkOwner(opened.db, first.value.token, NOW);
      if (!found.ok) throw new Error(found.failure);
      const second = await inviteAgain(opened.db, { id: found.value.id }, BOTH, NOW);
      if (!second.ok) throw new Error(second.failure);
      expect(await linkIsGood(first.value.token)).toBe(false);
      expect(await linkIsGood(second.value.token)).toBe(true);
    });

    test.each([
      ["has a password", {}, BOTH, "changedMeanwhile"],
      ["is disabled", { passwordHash: null, disabledAt: NOW }, BOTH, "changedMeanwhile"],
      ["comes by the provider", ofProvider, BOTH, "heldByProvider"],
      ["cannot have one here", { passwordHash: null }, PROVIDER_ONLY, "noPasswords"],
    ] as const)("again is refused for who %s", async (_, values, ways, failure) => {
      const { id } = await desk.add("Ann", values);
      expect(await inviteAgain(opened.db, { id }, ways, NOW)).toEqual(refused(failure));
    });
  });

  describe("changing a role", () => {
    test("holds at once, and asking twice is asking once", async () => {
      const { id } = await desk.add("Ann");
      const change = { id, from: "support", to: "product" } as const;
      expect(await changeRole(opened.db, change, BOTH)).toEqual(done);
      expect((await desk.find(id)).role).toBe("product");
      expect(await changeRole(opened.db, change, BOTH)).toEqual(done);
    });

    test("is refused when the role is not the one that was seen", async () => {
      const { id } = await desk.add("Ann", { role: "product" });
      const change = { id, from: "support", to: "admin" } as const;
      expect(await changeRole(opened.db, change, BOTH)).toEqual(refused("changedMeanwhile"));
      expect((await desk.find(id)).role).toBe("product");
    });

    test("is the provider's for who comes by it, as long as this desk has the provider", async () => {
      const { id } = await desk.add("Ann", ofProvider);
      const change = { id, from: "support", to: "product" } as const;
      expect(await changeRole(opened.db, change, BOTH)).toEqual(refused("heldByProvider"));
      const other = { localAccounts: true, issuer: "https://other.example" };
      expect(await changeRole(opened.db, change, other)).toEqual(done);
      const back = { id, from: "product", to: "support" } as const;
      expect(await changeRole(opened.db, back, NO_PROVIDER)).toEqual(done);
    });
  });

  describe("the last administrator who can sign in", () => {
    test.each([
      ["nobody else", []],
      ["an invited one", [{ passwordHash: null }]],
      ["a disabled one", [{ disabledAt: NOW }]],
      ["one of a former provider", [{ ...ofProvider, oidcIssuer: "https://former.example" }]],
    ])("is neither demoted, disabled nor without a password beside %s", async (_, others) => {
      const { id } = await desk.add("Ann", { role: "admin" });
      for (const values of others) await desk.add("Ben", { role: "admin", ...values });
      const session = await desk.signIn(id);
      expect(await demote(id)).toEqual(refused("lastAdministrator"));
      expect(await disable(opened.db, { id }, BOTH, NOW)).toEqual(refused("lastAdministrator"));
      expect(await resetPassword(opened.db, { id }, BOTH, NOW)).toEqual(
        refused("lastAdministrator"),
      );
      expect(await desk.find(id)).toMatchObject({
        ...{ role: "admin", disabledAt: null, passwordHash: "a hash" },
      });
      expect(await desk.liveSessions()).toEqual([session]);
    });

    test.each([
      ["a second one", {}, BOTH],
      ["one of the provider", ofProvider, BOTH],
    ])("may go when there is %s", async (_, values, ways) => {
      const { id } = await desk.add("Ann", { role: "admin" });
      await desk.add("Ben", { role: "admin", ...values });
      expect(await demote(id, ways)).toEqual(done);
    });

    test("an administrator who cannot sign in may go", async () => {
      await desk.add("Ann", { role: "admin" });
      const { id } = await desk.add("Ben", { role: "admin", passwordHash: null });
      expect(await demote(id)).toEqual(done);
    });

    test("where only the provider lets in, a password does not count", async () => {
      await desk.add("Ann", { role: "admin" });
      const { id } = await desk.add("Ben", { role: "admin", ...ofProvider });
      expect(await disable(opened.db, { id }, PROVIDER_ONLY, NOW)).toEqual(
        refused("lastAdministrator"),
      );
    });

    test.each([
      ["demoted", demote, ({ role }: { role: string }) => role === "admin"],
      [
        "disabled",
        (id: string) => disable(opened.db, { id }, BOTH, NOW),
        ({ disabledAt }: { disabledAt: Date | null }) => disabledAt === null,
      ],
      [
        "without a password",
        (id: string) => resetPassword(opened.db, { id }, BOTH, NOW),
        ({ passwordHash }: { passwordHash: string | null }) => passwordHash !== null,
      ],
    ])("of many who are %s at once, one stays", async (_, act, stays) => {
      for (let round = 0; round < 5; round++) {
        await opened.db.delete(accounts);
        const names = ["Ann", "Ben", "Cat", "Dan"];
        const all = await Promise.all(names.map((name) => desk.add(name, { role: "admin" })));
        const answers = await Promise.all(all.map(({ id }) => act(id)));
        expect(answers.filter(({ ok }) => !ok)).toEqual([refused("lastAdministrator")]);
        const now = await Promise.all(all.map(({ id }) => desk.find(id)));
        expect(now.filter(stays)).toHaveLength(1);
      }
    });

    test("of two who each do another thing to the other, one succeeds", async () => {
      for (let round = 0; round < 5; round++) {
        await opened.db.delete(accounts);
        const ann = await desk.add("Ann", { role: "admin" });
        const ben = await desk.add("Ben", { role: "admin" });
        const answers = await Promise.all([
          demote(ann.id),
          disable(opened.db, { id: ben.id }, BOTH, NOW),
        ]);
        expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      }
    });
  });

  test("disabling ends sessions and links, twice as well as once; enabling brings the rest back", async () => {
    await desk.add("Boss", { role: "admin" });
    const { id } = await desk.add("Ann", { role: "product", passwordHash: null });
    const link = await inviteAgain(opened.db, { id }, BOTH, NOW);
    if (!link.ok) throw new Error(link.failure);
    const other = await desk.signIn((await desk.add("Ben")).id);
    await desk.signIn(id);

    for (let times = 0; times < 2; times++) {
      expect(await disable(opened.db, { id }, BOTH, new Date(NOW.getTime() + times))).toEqual(done);
      expect((await desk.find(id)).disabledAt).toEqual(NOW);
    }
    expect(await desk.liveSessions()).toEqual([other]);
    expect(await linkIsGood(link.value.token)).toBe(false);

    for (let times = 0; times < 2; times++) expect(await enable(opened.db, { id })).toEqual(done);
    expect(await desk.find(id)).toMatchObject({ disabledAt: null, role: "product" });
    expect(await desk.liveSessions()).toEqual([other]);
  });

  test("resetting a password removes it, ends the sessions, and leaves one-time codes on", async () => {
    const { id } = await desk.add("Ann", { totpSecret: "sealed" });
    const other = await desk.signIn((await desk.add("Ben")).id);
    await desk.signIn(id);
    const [first, second] = [
      await resetPassword(opened.db, { id }, BOTH, NOW),
      await resetPassword(opened.db, { id }, BOTH, NOW),
    ];
    if (!first.ok || !second.ok) throw new Error("It was refused.");
    expect(await desk.find(id)).toMatchObject({ passwordHash: null, totpSecret: "sealed" });
    expect(await desk.liveSessions()).toEqual([other]);
    expect(await linkIsGood(first.value.token)).toBe(false);
    expect(await linkIsGood(second.value.token)).toBe(true);
  });

  test.each([
    ["comes by the provider", ofProvider, BOTH, "heldByProvider"],
    ["is disabled", { disabledAt: NOW }, BOTH, "changedMeanwhile"],
    ["needs none here", {}, PROVIDER_ONLY, "noPasswords"],
  ] as const)("the password of who %s is not reset", async (_, values, ways, failure) => {
    const { id } = await desk.add("Ann", values);
    await desk.signIn(id);
    expect(await resetPassword(opened.db, { id }, ways, NOW)).toEqual(refused(failure));
    expect(await desk.liveSessions()).toHaveLength(1);
  });

  test("resetting codes removes them and the recovery codes, and ends the sessions", async () => {
    const [ann, ben] = [await desk.add("Ann", { totpSecret: "sealed" }), await desk.add("Ben")];
    for (const { id } of [ann, ben]) {
      await opened.db.insert(recoveryCodes).values({ accountId: id, digest: "one" });
      await desk.signIn(id);
    }
    expect(await resetCodes(opened.db, { id: ann.id }, BOTH, NOW)).toEqual(done);
    expect(await desk.find(ann.id)).toMatchObject({ totpSecret: null, passwordHash: "a hash" });
    const left = await opened.db.select().from(recoveryCodes);
    expect(left.map(({ accountId }) => accountId)).toEqual([ben.id]);
    expect(await desk.liveSessions()).toHaveLength(1);
  });

  test("nothing is done to nobody", async () => {
    const id = randomUUID();
    for (const answer of [
      await demote(id),
      await disable(opened.db, { id }, BOTH, NOW),
      await enable(opened.db, { id }),
      await inviteAgain(opened.db, { id }, BOTH, NOW),
      await resetPassword(opened.db, { id }, BOTH, NOW),
      await resetCodes(opened.db, { id }, BOTH, NOW),
    ]) {
      expect(answer).toEqual(refused("unknownPerson"));
    }
  });
});
