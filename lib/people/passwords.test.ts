import { TOTP } from "otpauth";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type AccountLink, linkOwner } from "@/lib/auth/accounts";
import { newTotpSecret, switchCodesOn } from "@/lib/auth/one-time-codes";
import { hashPassword, verifyPassword } from "@/lib/auth/password";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, signInThrottle } from "@/lib/db/schema";
import "@/lib/testing/cheap-password";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { deskPeople, NOW } from "@/lib/testing/desk-people";
import { testDatabases } from "@/lib/testing/test-databases";
import type { WaysIn } from "./list-people";
import { changePassword, choosePassword, confirmPerson } from "./passwords";
import { disable, invite, resetPassword } from "./people";

for (const [name, value] of Object.entries(deskEnvironment("http://127.0.0.1:3000"))) {
  vi.stubEnv(name, value);
}

const WAYS: WaysIn = { localAccounts: true, issuer: "https://login.example" };
const GOOD = "seven green ferries";
const done = { ok: true, value: null };
const chosen = { ok: true, value: { secretsDigest: expect.any(String) } };
const refused = (failure: string) => ({ ok: false, failure });

describe.each(testDatabases)("passwords on $name", ({ open }) => {
  let opened: OpenedDatabase;
  let desk: ReturnType<typeof deskPeople>;
  let presentHash: string;
  beforeAll(async () => {
    opened = await open();
    desk = deskPeople(opened.db);
    presentHash = await hashPassword("the present one");
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    await opened.db.delete(accounts);
    await opened.db.delete(signInThrottle);
  });

  const linkFor = async (given: Promise<{ ok: boolean; value?: AccountLink }>) => {
    const { value } = await given;
    if (!value) throw new Error("There is no link.");
    return value;
  };
  const isPassword = async (id: string, password: string) =>
    verifyPassword(password, (await desk.find(id)).passwordHash);

  describe("by a link", () => {
    const ann = { email: "ann@example.com", name: "Ann Archer", role: "support" } as const;
    const invited = () => linkFor(invite(opened.db, ann, WAYS, NOW));
    const owner = async (token: string) => {
      const found = await linkOwner(opened.db, token, NOW);
      if (!found.ok) throw new Error(found.failure);
      return found.value;
    };
    const choose = (token: string, password = GOOD, ways = WAYS, now = NOW) =>
      choosePassword(opened.db, token, password, ways, now);

    test("its owner is told who it is for, and chooses once", async () => {
      const { token } = await invited();
      const { id, ...named } = await owner(token);
      expect(named).toEqual({ email: ann.email, name: ann.name, purpose: "invite" });
      expect(await choose(token)).toMatchObject(chosen);
      expect(await isPassword(id, GOOD)).toBe(true);
      expect(await choose(token, "another long password")).toEqual(refused("linkGone"));
      expect(await linkOwner(opened.db, token, NOW)).toEqual(refused("linkGone"));
      expect(await isPassword(id, GOOD)).toBe(true);
    });

    test("of many who use it at once, one chooses", async () => {
      const { token } = await invited();
      const { id } = await owner(token);
      const passwords = ["quiet purple harbour", "loud orange mountain", "small wooden lantern"];
      const answers = await Promise.all(passwords.map((password) => choose(token, password)));
      const chosen = passwords.filter((_, index) => answers[index]?.ok);
      expect(chosen).toHaveLength(1);
      expect(await isPassword(id, chosen[0] ?? "")).toBe(true);
    });

    test.each([
      ["short", "passwordShort"],
      ["x".repeat(129), "passwordLong"],
      ["archer archer archer", "passwordCommon"],
      ["leavemealone", "passwordCommon"],
    ])("%s is refused, and the link stays good", async (password, failure) => {
      const { token } = await invited();
      expect(await choose(token, password)).toEqual(refused(failure));
      expect(await choose(token)).toMatchObject(chosen);
    });

    test("ends the sessions", async () => {
      const { id } = await desk.add("Ben");
      const { token } = await linkFor(resetPassword(opened.db, { id }, WAYS, NOW));
      await desk.signIn(id);
      expect(await choose(token)).toMatchObject(chosen);
      expect(await desk.liveSessions()).toEqual([]);
    });

    test("not when it has expired", async () => {
      const { token, expiresAt } = await invited();
      expect(await choose(token, GOOD, WAYS, expiresAt)).toEqual(refused("linkExpired"));
      expect(await linkOwner(opened.db, token, expiresAt)).toEqual(refused("linkExpired"));
    });

    test("not when it was replaced, or its owner disabled", async () => {
      const { token } = await invited();
      const { id } = await owner(token);
      const { token: newer } = await linkFor(resetPassword(opened.db, { id }, WAYS, NOW));
      expect(await choose(token)).toEqual(refused("linkGone"));
      await disable(opened.db, { id }, WAYS, NOW);
      expect(await choose(newer)).toEqual(refused("linkGone"));
      expect((await desk.find(id)).passwordHash).toBeNull();
    });

    test("not for who comes by the provider meanwhile, nor where nobody has a password", async () => {
      const { token } = await invited();
      expect(await choose(token, GOOD, { ...WAYS, localAccounts: false })).toEqual(
        refused("linkGone"),
      );
      const provided = { oidcIssuer: WAYS.issuer, oidcSubject: "1" };
      await opened.db.update(accounts).set(provided);
      expect(await choose(token)).toEqual(refused("linkGone"));
    });

    test("chosen while it is reset once more, either is the last word and nothing is stuck", async () => {
      const { id } = await desk.add("Ben");
      const { token } = await linkFor(resetPassword(opened.db, { id }, WAYS, NOW));
      const [answer] = await Promise.all([
        choose(token),
        resetPassword(opened.db, { id }, WAYS, NOW),
      ]);
      expect(answer).toMatchObject(answer.ok ? chosen : refused("linkGone"));
      expect((await desk.find(id)).passwordHash).toBeNull();
    });
  });

  describe("of one’s own", () => {
    const person = async (values = {}) => {
      const { id, email, name } = await desk.add("Ben", { passwordHash: presentHash, ...values });
      return { id, email, name, sessionId: await desk.signIn(id) };
    };

    test("is changed, and the other sessions end", async () => {
      const ben = await person();
      await desk.signIn(ben.id);
      const other = await desk.signIn((await desk.add("Cat")).id);
      expect(await changePassword(opened.db, ben, GOOD, NOW)).toMatchObject(chosen);
      expect(await isPassword(ben.id, GOOD)).toBe(true);
      expect((await desk.liveSessions()).toSorted()).toEqual([ben.sessionId, other].toSorted());
    });

    test("stays when the new one is not good enough", async () => {
      const ben = await person();
      await desk.signIn(ben.id);
      expect(await changePassword(opened.db, ben, "short", NOW)).toEqual(refused("passwordShort"));
      expect(await isPassword(ben.id, "the present one")).toBe(true);
      expect(await desk.liveSessions()).toHaveLength(2);
    });

    test.each([
      ["reset", { passwordHash: null }],
      ["disabled", { disabledAt: NOW }],
    ])("is not changed by who was %s meanwhile", async (_, values) => {
      const ben = await person(values);
      expect(await changePassword(opened.db, ben, GOOD, NOW)).toEqual(refused("changedMeanwhile"));
    });

    const proof = { password: "the present one", code: null, address: "10.0.0.1" };
    const confirm = (email: string, given: { password?: string; code?: string } = {}, now = NOW) =>
      confirmPerson(opened.db, { email }, { ...proof, device: undefined, ...given }, now);

    test("confirms who is there, and wrong ones count as at sign-in", async () => {
      const { email } = await person();
      expect(await confirm(email)).toEqual(done);
      for (let times = 0; times < 6; times++) {
        expect(await confirm(email, { password: "wrong" })).toEqual(refused("wrongPassword"));
      }
      expect(await confirm(email)).toEqual(refused("tooManyAttempts"));
    });

    test("confirms with a code where one is asked for", async () => {
      const { id, email } = await person();
      const secret = newTotpSecret();
      const codeAt = (now: Date) => new TOTP({ secret }).generate({ timestamp: now.getTime() });
      await switchCodesOn(opened.db, id, secret, codeAt(NOW), NOW);
      expect(await confirm(email)).toEqual(done);
      expect(await confirm(email, { code: codeAt(NOW) })).toEqual(refused("wrongCode"));
      const later = new Date(NOW.getTime() + 30_000);
      const wrong = { password: "wrong", code: codeAt(later) };
      expect(await confirm(email, wrong, later)).toEqual(refused("wrongPassword"));
      expect(await confirm(email, { code: codeAt(later) }, later)).toEqual(done);
    });
  });
});
