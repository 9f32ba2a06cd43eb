import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, sessions } from "@/lib/db/schema";
import { deskEnvironment, TEST_SECRET } from "@/lib/testing/desk-environment";
import { testDatabases } from "@/lib/testing/test-databases";
import { cookieName } from "./cookies";
import { currentUser } from "./current-user";
import { type SessionKind, startSession } from "./sessions";

const APP_URL = "https://desk.example.com";
const COOKIE = cookieName("session", new URL(APP_URL));

const jar = new Map<string, string>();
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: (name: string) => ({ name, value: jar.get(name) }) }),
}));
const variables = { ...deskEnvironment(APP_URL), ONE_TIME_CODES: "required" };
for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);

let opened: OpenedDatabase;
let ann: string;
beforeAll(async () => {
  const embedded = testDatabases[0];
  if (embedded === undefined) throw new Error("There is no database to test on.");
  opened = await embedded.open();
  globalThis.channelDeskDatabase = Promise.resolve(opened);
  const person = { email: "ann@example.com", name: "Ann", role: "support" } as const;
  const [added] = await opened.db.insert(accounts).values(person).returning();
  ann = added?.id ?? "";
});
afterAll(() => opened.close());
beforeEach(async () => {
  jar.clear();
  await opened.db.delete(sessions);
  await opened.db.update(accounts).set({ totpSecret: null, disabledAt: null });
});

async function begin(kind: SessionKind = "password"): Promise<string> {
  const session = { accountId: ann, kind, address: "10.0.0.1", userAgent: "x" };
  return startSession(opened.db, session, 12, new Date());
}

async function bring(claims: object, secret = TEST_SECRET, maxAge = 60): Promise<void> {
  jar.set(COOKIE, await encode({ token: { ...claims }, secret, maxAge }));
}

describe("the current user", () => {
  test("is nobody without a cookie, or with one that is not ours", async () => {
    expect(await currentUser()).toBeNull();
    jar.set(COOKIE, "not.a.token");
    expect(await currentUser()).toBeNull();
    await bring({ sub: ann, sid: await begin() }, "another secret, also long enough now");
    expect(await currentUser()).toBeNull();
  });

  test("is nobody with a token that names no session, or one of somebody else", async () => {
    const sid = await begin();
    for (const claims of [{ sub: ann }, { sub: ann, sid: "x" }, { sub: sid, sid }, { sid }]) {
      await bring(claims);
      expect(await currentUser()).toBeNull();
    }
  });

  test("is the person of the session", async () => {
    const sessionId = await begin();
    await bring({ sub: ann, sid: sessionId });
    expect(await currentUser()).toEqual({
      ...{ id: ann, email: "ann@example.com", name: "Ann", role: "support" },
      ...{ sessionId, kind: "password", mustSwitchCodesOn: true },
    });
  });

  test("need not switch codes on who has, or who signs in elsewhere", async () => {
    await bring({ sub: ann, sid: await begin("oidc") });
    expect(await currentUser()).toMatchObject({ kind: "oidc", mustSwitchCodesOn: false });
    await bring({ sub: ann, sid: await begin() });
    await opened.db.update(accounts).set({ totpSecret: "sealed" });
    expect(await currentUser()).toMatchObject({ kind: "password", mustSwitchCodesOn: false });
  });

  test("is nobody once disabled", async () => {
    await bring({ sub: ann, sid: await begin() });
    await opened.db.update(accounts).set({ disabledAt: new Date() });
    expect(await currentUser()).toBeNull();
  });

  test("is nobody once the token is past, though the session lasts", async () => {
    await bring({ sub: ann, sid: await begin() }, TEST_SECRET, -60);
    expect(await currentUser()).toBeNull();
  });
});
