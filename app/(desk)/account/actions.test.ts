import { asc, eq } from "drizzle-orm";
import { TOTP } from "otpauth";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { hashPassword } from "@/lib/auth/password";
import { startSession } from "@/lib/auth/sessions";
import { accounts, auditEvents, sessions, signInThrottle } from "@/lib/db/schema";
import "@/lib/testing/cheap-password";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { deskPeople } from "@/lib/testing/desk-people";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import { beginCodes, changePassword, endSessions, switchCodesOff, switchCodesOn } from "./actions";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const PASSWORD = "the present one";
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let desk: ReturnType<typeof deskPeople>;
let passwordHash: string;
let id: string;
let own: string;
beforeAll(async () => {
  for (const [name, value] of Object.entries(deskEnvironment("http://desk.test"))) {
    vi.stubEnv(name, value);
  }
  opened = await openTestDatabase();
  desk = deskPeople(opened.db);
  passwordHash = await hashPassword(PASSWORD);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
beforeEach(async () => {
  testRequest.cookies = new Map();
  await opened.db.delete(accounts);
  await opened.db.delete(signInThrottle);
  id = (await desk.add("Ann", { passwordHash })).id;
  own = await session();
  await signInBy("password");
});

async function session(accountId = id, minutesAgo = 0): Promise<string> {
  const at = new Date(Date.now() - minutesAgo * 60_000);
  const started = { accountId, kind: "password", address: "192.0.2.1", userAgent: "" } as const;
  return startSession(opened.db, started, 12, at);
}

async function signInBy(kind: "password" | "oidc", sessionId = own): Promise<void> {
  const { email, name } = await desk.find(id);
  testRequest.user = { ...sessionUser("support"), id, email, name, sessionId, kind };
}

async function lastEvent() {
  const rows = await opened.db.select().from(auditEvents).orderBy(asc(auditEvents.sequence));
  return rows.at(-1);
}

const answerOf = async (action: Promise<{ answer: Promise<unknown> }>) => (await action).answer;
const done = { ok: true, value: null };
const refused = (code: string) => ({ ok: false, failure: { code } });

async function setUp() {
  const begun = await (await beginCodes(null)).answer;
  if (!begun.ok) throw new Error(begun.failure.code);
  const { secret, ticket } = begun.value;
  const totp = new TOTP({ secret: secret.replaceAll(" ", "") });
  const code = (steps = 0) => totp.generate({ timestamp: Date.now() + steps * 30_000 });
  return { ticket, code };
}

describe("one-time codes", () => {
  it("are on after a code and the password, when the other sessions end", async () => {
    await session();
    const { ticket, code } = await setUp();
    expect((await desk.find(id)).totpSecret).toBeNull();
    const answer = await answerOf(switchCodesOn({ ticket, newCode: code(), password: PASSWORD }));
    expect(answer).toMatchObject({ ok: true, value: { recoveryCodes: expect.any(Array) } });
    expect((await desk.find(id)).totpSecret).not.toBeNull();
    expect(await desk.liveSessions()).toEqual([own]);
    expect(await lastEvent()).toMatchObject({ action: "account.switchCodesOn", outcome: "done" });

    const again = switchCodesOn({ ticket, newCode: code(), password: PASSWORD });
    expect(await answerOf(again)).toMatchObject(refused("codesAreOn"));
  });

  it("stay off with a wrong code, a wrong password, or another’s ticket", async () => {
    const { ticket, code } = await setUp();
    const right = { ticket, newCode: code(), password: PASSWORD };
    for (const [input, failure] of [
      [{ ...right, newCode: code(-20) }, "wrongCode"],
      [{ ...right, password: "wrong" }, "wrongPassword"],
      [{ ...right, ticket: ticket.slice(0, -4) }, "invalid"],
    ] as const) {
      expect(await answerOf(switchCodesOn(input))).toMatchObject(refused(failure));
    }
    id = (await desk.add("Ben", { passwordHash })).id;
    await signInBy("password", await session());
    expect(await answerOf(switchCodesOn(right))).toMatchObject(refused("invalid"));
    const all = await opened.db.select().from(accounts);
    expect(all.filter(({ totpSecret }) => totpSecret !== null)).toEqual([]);
    expect(await lastEvent()).toMatchObject({ action: "account.switchCodesOn", code: "invalid" });
  });

  it("are off after the password and a code, not after one of them", async () => {
    const { ticket, code } = await setUp();
    await answerOf(switchCodesOn({ ticket, newCode: code(), password: PASSWORD }));
    for (const [input, failure] of [
      [{ code: code(1), password: "wrong" }, "wrongPassword"],
      [{ code: code(-20), password: PASSWORD }, "wrongCode"],
      [{ code: "", password: PASSWORD }, "invalid"],
    ] as const) {
      expect(await answerOf(switchCodesOff(input))).toMatchObject(refused(failure));
    }
    expect((await desk.find(id)).totpSecret).not.toBeNull();
    const off = switchCodesOff({ code: code(1), password: PASSWORD });
    expect(await answerOf(off)).toEqual(done);
    expect((await desk.find(id)).totpSecret).toBeNull();
  });
});

describe("sessions", () => {
  it("end one by one, and only the own ones", async () => {
    const second = await session();
    const other = await session((await desk.add("Ben")).id);
    const end = (sessionId: string, password = PASSWORD) =>
      answerOf(endSessions({ target: sessionId, password }));
    expect(await end(second, "wrong")).toMatchObject(refused("wrongPassword"));
    expect(await desk.liveSessions()).toContain(second);
    for (const sessionId of [second, second, other]) expect(await end(sessionId)).toEqual(done);
    expect((await desk.liveSessions()).toSorted()).toEqual([own, other].toSorted());
    expect(await lastEvent()).toMatchObject({ action: "account.endSessions", target: other });
  });

  it("all end but this one", async () => {
    await session();
    const other = await session((await desk.add("Ben")).id);
    expect(await answerOf(endSessions({ target: "*", password: "wrong" }))).toMatchObject(
      refused("wrongPassword"),
    );
    expect(await desk.liveSessions()).toHaveLength(3);
    expect(await answerOf(endSessions({ target: "*", password: PASSWORD }))).toEqual(done);
    expect((await desk.liveSessions()).toSorted()).toEqual([own, other].toSorted());
  });
});

describe("who came by the provider", () => {
  it("changes neither password nor codes here", async () => {
    await signInBy("oidc");
    const ticket = "none";
    for (const answer of [
      await answerOf(changePassword({ password: PASSWORD, next: "seven green ferries" })),
      await answerOf(beginCodes(null)),
      await answerOf(switchCodesOn({ ticket, newCode: "123456", password: PASSWORD })),
      await answerOf(switchCodesOff({ code: "123456", password: PASSWORD })),
    ]) {
      expect(answer).toMatchObject(refused("heldByProvider"));
    }
    expect((await desk.find(id)).passwordHash).toBe(passwordHash);
  });

  it("ends sessions within a quarter of an hour after signing in", async () => {
    const old = await session(id, 16);
    await signInBy("oidc", old);
    expect(await answerOf(endSessions({ target: "*", password: "" }))).toMatchObject(
      refused("signInAgain"),
    );
    await opened.db.update(sessions).set({ kind: "oidc" }).where(eq(sessions.id, own));
    await signInBy("oidc", own);
    expect(await answerOf(endSessions({ target: "*", password: "" }))).toEqual(done);
    expect(await desk.liveSessions()).toEqual([own]);
  });
});

it("a wrong password changes none, and counts until one has to wait", async () => {
  // The first wait is over in two seconds, which a busy machine takes for one attempt.
  vi.useFakeTimers({ toFake: ["Date"] });
  const attempt = () =>
    answerOf(changePassword({ password: "wrong", next: "seven green ferries" }));
  for (let times = 0; times < 6; times++) {
    expect(await attempt()).toMatchObject(refused("wrongPassword"));
  }
  expect(await attempt()).toMatchObject(refused("tooManyAttempts"));
  expect(await lastEvent()).toMatchObject({
    ...{ action: "account.setPassword", outcome: "refused", code: "tooManyAttempts" },
  });
  expect((await desk.find(id)).passwordHash).toBe(passwordHash);
});
