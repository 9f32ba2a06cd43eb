import { asc } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { accounts, auditEvents } from "@/lib/db/schema";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import { deskPeople } from "@/lib/testing/desk-people";
import { sessionUser } from "@/lib/testing/session-user";
import { openTestDatabase, testRequest } from "@/lib/testing/test-request";
import {
  changeRole,
  disablePerson,
  enablePerson,
  endAllSessions,
  endSessions,
  inviteAgain,
  invitePerson,
  resetCodes,
  resetPassword,
} from "./actions";
import { readPeople } from "./read-people";

vi.mock("next/headers", () => import("@/lib/testing/test-request"));
vi.mock("next-intl/server", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/auth/current-user", () => import("@/lib/testing/test-request"));
vi.mock("@/lib/db/database", () => import("@/lib/testing/test-request"));

const URL = "http://desk.test";
let opened: Awaited<ReturnType<typeof openTestDatabase>>;
let desk: ReturnType<typeof deskPeople>;
let id: string;
beforeAll(async () => {
  for (const [name, value] of Object.entries(deskEnvironment(URL))) vi.stubEnv(name, value);
  opened = await openTestDatabase();
  desk = deskPeople(opened.db);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await opened.close();
});
beforeEach(async () => {
  await opened.db.delete(accounts);
  await desk.add("Boss", { role: "admin" });
  id = (await desk.add("Ann", { totpSecret: "sealed" })).id;
  testRequest.user = sessionUser("admin");
  testRequest.headers = new Headers();
});

const INVITATION = { email: " New@Example.com ", name: " Nan ", role: "support" } as const;
const change = () => changeRole({ id, from: "support", to: "product" });

/** Each with an input that it takes. */
const ACTIONS: Readonly<Record<string, () => Promise<{ answer: Promise<unknown> }>>> = {
  invitePerson: () => invitePerson(INVITATION),
  inviteAgain: () => inviteAgain({ id }),
  changeRole: change,
  resetPassword: () => resetPassword({ id }),
  resetCodes: () => resetCodes({ id }),
  endSessions: () => endSessions({ id }),
  disablePerson: () => disablePerson({ id }),
  enablePerson: () => enablePerson({ id }),
  endAllSessions: () => endAllSessions(null),
};

const answerOf = async (action: () => Promise<{ answer: Promise<unknown> }>) =>
  (await action()).answer;

async function lastEvent() {
  const rows = await opened.db.select().from(auditEvents).orderBy(asc(auditEvents.sequence));
  return rows.at(-1);
}

describe.each(Object.keys(ACTIONS))("%s", (name) => {
  const act = () => answerOf(ACTIONS[name] ?? change);

  it.each(["support", "product"] as const)(
    "is not for %s, and that is written down",
    async (role) => {
      const before = await opened.db.select().from(accounts);
      testRequest.user = sessionUser(role);
      expect(await act()).toMatchObject({ ok: false, failure: { code: "notAllowed" } });
      expect(await opened.db.select().from(accounts)).toEqual(before);
      expect(await lastEvent()).toMatchObject({ outcome: "refused", code: "notAllowed" });
    },
  );

  it("is not for nobody, nor for another site’s page", async () => {
    const before = await opened.db.select().from(accounts);
    testRequest.headers = new Headers({ origin: "https://evil.example", host: "desk.test" });
    expect(await act()).toMatchObject({ ok: false, failure: { code: "wrongOrigin" } });
    testRequest.headers = new Headers();
    testRequest.user = null;
    expect(await act()).toMatchObject({ ok: false, failure: { code: "signedOut" } });
    expect(await opened.db.select().from(accounts)).toEqual(before);
  });
});

describe("what is written down", () => {
  it.each([
    ["invitePerson", "people.invite", "new@example.com"],
    ["changeRole", "people.changeRole", "ann@example.com"],
    ["resetPassword", "people.resetPassword", "ann@example.com"],
    ["resetCodes", "people.resetCodes", "ann@example.com"],
    ["endSessions", "people.endSessions", "ann@example.com"],
    ["disablePerson", "people.disable", "ann@example.com"],
    ["enablePerson", "people.enable", "ann@example.com"],
    ["endAllSessions", "people.endSessions", "*"],
  ])("%s is %s of %s", async (name, action, target) => {
    expect(await answerOf(ACTIONS[name] ?? change)).toMatchObject({ ok: true });
    expect(await lastEvent()).toMatchObject({
      ...{ action, target, outcome: "done", actorEmail: "admin@desk.test" },
      reason: name === "changeRole" ? "support → product" : null,
    });
  });

  it("a refusal names the person too, and nobody where there is none", async () => {
    expect(await answerOf(() => inviteAgain({ id }))).toMatchObject({
      ...{ ok: false, failure: { code: "changedMeanwhile" } },
    });
    expect(await lastEvent()).toMatchObject({
      ...{ outcome: "refused", code: "changedMeanwhile", target: "ann@example.com" },
    });
    const noOne = "00000000-0000-4000-8000-00000000ffff";
    expect(await answerOf(() => disablePerson({ id: noOne }))).toMatchObject({
      ...{ ok: false, failure: { code: "unknownPerson" } },
    });
    expect(await lastEvent()).toMatchObject({ code: "unknownPerson", target: noOne });
  });

  it("no link", async () => {
    const { answer } = await invitePerson(INVITATION);
    const invited = await answer;
    if (!invited.ok) throw new Error(invited.failure.code);
    const { url } = invited.value;
    expect(url).toMatch(/^http:\/\/desk\.test\/choose-password#[\w-]{43}$/);
    const written = JSON.stringify(await opened.db.select().from(auditEvents));
    expect(written).not.toContain(url.slice(-43));
  });

  it("that somebody read the list, and how much of it", async () => {
    const query = { search: "ann", offset: 0, size: 50 };
    expect(await readPeople(query)).toMatchObject({ ok: true, value: { total: 1 } });
    expect(await lastEvent()).toMatchObject({ action: "people.read", target: "ann", rows: 1 });
    testRequest.user = sessionUser("product");
    expect(await readPeople(query)).toMatchObject({ ok: false, failure: { code: "notAllowed" } });
  });
});

it.each([
  ["an address that is none", { ...INVITATION, email: "new" }],
  ["a blank name", { ...INVITATION, name: " " }],
  ["a name too long", { ...INVITATION, name: "x".repeat(101) }],
  ["an unknown role", { ...INVITATION, role: "owner" }],
  ["more than is asked", { ...INVITATION, passwordHash: "x" }],
])("nobody is invited with %s", async (_, input) => {
  const { answer } = await invitePerson(input as typeof INVITATION);
  expect(await answer).toMatchObject({ ok: false, failure: { code: "invalid" } });
  expect(await opened.db.$count(accounts)).toBe(2);
});
