import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { isNull, sql } from "drizzle-orm";
import NextAuth from "next-auth";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, auditEvents, rateCounts, sessions, signInThrottle } from "@/lib/db/schema";
import { type Env, EnvError, parseEnv } from "@/lib/env";
import { CHEAP_PASSWORD, CHEAP_PASSWORD_HASH } from "@/lib/testing/cheap-password";
import { deskEnvironment, TEST_SECRET } from "@/lib/testing/desk-environment";
import { catchLog } from "@/lib/testing/desk-log";
import { testDatabases } from "@/lib/testing/test-databases";
import { authOptions, authorize } from "./auth-options";
import { cookieName } from "./cookies";
import { admitAttempt } from "./throttle";

type Written = { readonly name: string; readonly value: string; readonly options: object };

/** What the framework would know of the request, and what happens outside of it. */
const given = vi.hoisted(() => ({
  env: null as Env | null,
  cookies: {} as Readonly<Record<string, string>>,
  written: [] as Written[],
}));
vi.mock("@/lib/env", async (original) => ({
  ...(await original<typeof import("@/lib/env")>()),
  env: () => given.env,
}));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "x-request-id": "one", "user-agent": "Firefox" }),
  cookies: async () => ({
    get: (name: string) => ({ name, value: given.cookies[name] }),
    set: (name: string, value: string, options: object) =>
      given.written.push({ name, value, options }),
  }),
}));

const PERSON = { email: "ann@example.com", name: "Ann", role: "support" } as const;

let opened: OpenedDatabase;
let ann: string;
beforeAll(async () => {
  const embedded = testDatabases[0];
  if (embedded === undefined) throw new Error("There is no database to test on.");
  opened = await embedded.open();
  globalThis.channelDeskDatabase = Promise.resolve(opened);
  const [added] = await opened.db
    .insert(accounts)
    .values({ ...PERSON, passwordHash: CHEAP_PASSWORD_HASH })
    .returning();
  ann = added?.id ?? "";
});
afterAll(() => opened.close());
beforeEach(async () => {
  given.written = [];
  await opened.db.delete(signInThrottle);
  await opened.db.delete(rateCounts);
  await opened.db.delete(sessions);
});

/** What the audit has been told since it had so many rows. */
async function audited(since: number) {
  const rows = await opened.db.select().from(auditEvents).orderBy(auditEvents.sequence);
  return rows
    .slice(since)
    .map(({ action, outcome, code, target, actorEmail }) => [
      ...[action, outcome, code, target, actorEmail],
    ]);
}
const auditLength = () => opened.db.$count(auditEvents);

describe.each([
  ["http://127.0.0.1:3000", "channel-desk.", false],
  ["https://desk.example.com", "__Host-channel-desk.", true],
])("the sign-in of %s", (appUrl, prefix, isSecure) => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    given.env = parsed(appUrl);
    server = await listen(given.env);
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  /** Posts a form as the page does, with the library's own cookies and those given. */
  async function post(path: string, form: Record<string, string>, cookie: string) {
    const csrf = await fetch(`${base}/csrf`);
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const response = await fetch(`${base}/${path}`, {
      method: "POST",
      body: new URLSearchParams({ ...form, csrfToken, json: "true" }),
      headers: { cookie: [cookie, ...csrf.headers.getSetCookie().map(pair)].join("; ") },
    });
    const setCookies = [...csrf.headers.getSetCookie(), ...response.headers.getSetCookie()];
    return { response, setCookies };
  }
  async function submit(email: string, password: string, cookie = "") {
    const { response, setCookies } = await post(
      "callback/credentials",
      { email, password },
      cookie,
    );
    const { url } = (await response.json()) as { url: string };
    return { error: new URL(url).searchParams.get("error"), setCookies };
  }
  /** What the library shows of the session of a cookie. */
  async function shown(setCookie: string): Promise<string> {
    return (await fetch(`${base}/session`, { headers: { cookie: pair(setCookie) } })).text();
  }
  const sessionCookie = (setCookies: string[]) =>
    setCookies.find((cookie) => cookie.startsWith(`${prefix}session=`)) ?? "";

  test("sets every cookie with care", async () => {
    const { error, setCookies } = await submit(PERSON.email, CHEAP_PASSWORD);
    expect(error).toBeNull();
    const names = setCookies.map((cookie) => cookie.split("=", 1)[0]);
    expect(new Set(names)).toEqual(
      new Set([`${prefix}session`, `${prefix}csrf`, `${prefix}callback-url`]),
    );
    expect(cookieName("session", new URL(appUrl))).toBe(`${prefix}session`);
    for (const cookie of setCookies) {
      const flags = cookie.split("; ").slice(1);
      expect(flags).toEqual(expect.arrayContaining(["Path=/", "HttpOnly", "SameSite=Lax"]));
      expect(flags.includes("Secure")).toBe(isSecure);
      expect(cookie).not.toContain("Domain");
    }
    const care = { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure };
    expect(given.written).toEqual([
      {
        name: `${prefix}device`,
        value: expect.stringMatching(new RegExp(`^${ann}\\.`)),
        options: { ...care, maxAge: 180 * 86_400 },
      },
    ]);
    const expires = Date.parse(/Expires=([^;]+)/.exec(sessionCookie(setCookies))?.[1] ?? "");
    expect(Math.abs(expires - Date.now() - 12 * 3_600_000)).toBeLessThan(60_000);
  });

  test("opens a session that shows the person, and no secret", async () => {
    const { setCookies } = await submit(PERSON.email, CHEAP_PASSWORD);
    const session = await shown(sessionCookie(setCookies));
    expect(JSON.parse(session)).toEqual({
      user: { ...PERSON, id: ann },
      expires: expect.any(String),
    });
    expect(session + setCookies.join()).not.toMatch(
      new RegExp(`scrypt|${CHEAP_PASSWORD}|${TEST_SECRET}`),
    );
  });

  test("tells a wrong password in one word", async () => {
    const { error, setCookies } = await submit(PERSON.email, "wrong");
    expect(error).toBe("credentials");
    expect(sessionCookie(setCookies)).toBe("");
  });

  test("tells how many seconds to wait, even with the right password", async () => {
    const guess = { email: PERSON.email, address: "10.0.0.1", deviceId: null };
    const soon = new Date(Date.now() + 30_000);
    for (let n = 1; n <= 6; n++) await admitAttempt(opened.db, guess, soon);
    const { error, setCookies } = await submit(PERSON.email, CHEAP_PASSWORD);
    expect(error).toMatch(/^wait:\d+$/);
    expect(sessionCookie(setCookies)).toBe("");
  });

  test("each sign-in begins a session of its own, and ends the one the browser had", async () => {
    const first = sessionCookie((await submit(PERSON.email, CHEAP_PASSWORD)).setCookies);
    const again = await submit(PERSON.email, CHEAP_PASSWORD, pair(first));
    expect(await shown(first)).not.toContain("Ann");
    expect(await shown(sessionCookie(again.setCookies))).toContain("Ann");
    const alive = await opened.db.select().from(sessions).where(isNull(sessions.endedAt));
    expect(alive).toEqual([
      expect.objectContaining({ accountId: ann, kind: "password", userAgent: "Firefox" }),
    ]);
  });

  test("a browser in which somebody has signed in waits for nobody else", async () => {
    await submit(PERSON.email, CHEAP_PASSWORD);
    const [device] = given.written;
    const guess = { email: PERSON.email, address: "10.0.0.1", deviceId: null };
    const soon = new Date(Date.now() + 30_000);
    for (let n = 1; n <= 6; n++) await admitAttempt(opened.db, guess, soon);
    expect((await submit(PERSON.email, CHEAP_PASSWORD)).error).toMatch(/^wait:/);
    const cookie = `${device?.name}=${device?.value}`;
    expect((await submit(PERSON.email, CHEAP_PASSWORD, cookie)).error).toBeNull();
    const id = (each: Written | undefined) => each?.value.split(".")[1];
    expect(id(given.written.at(-1))).toBe(id(device));
  });

  test("signing out ends the session for every copy of its cookie", async () => {
    const cookie = sessionCookie((await submit(PERSON.email, CHEAP_PASSWORD)).setCookies);
    expect(await shown(cookie)).toContain("Ann");
    const before = await auditLength();
    await post("signout", {}, pair(cookie));
    expect(await shown(cookie)).not.toContain("Ann");
    await post("signout", {}, pair(cookie));
    expect(await audited(before)).toEqual([["signOut", "done", null, null, PERSON.email]]);
  });

  test("is written down, and so is what is refused", async () => {
    const before = await auditLength();
    await submit(PERSON.email, CHEAP_PASSWORD);
    await submit(" Ann@example.com", "wrong");
    await submit("my own password", "wrong");
    await opened.db.update(accounts).set({ disabledAt: new Date() });
    expect((await submit(PERSON.email, CHEAP_PASSWORD)).error).toBe("credentials");
    await opened.db.update(accounts).set({ disabledAt: null });
    expect(await audited(before)).toEqual([
      ["signIn", "done", null, "password", PERSON.email],
      ["signIn", "refused", "credentials", PERSON.email, null],
      ["signIn", "refused", "credentials", null, null],
      ["signIn", "refused", "disabled", PERSON.email, null],
    ]);
  });

  test("that somebody has to wait is written down once a minute", async () => {
    const guess = { email: PERSON.email, address: "10.0.0.1", deviceId: null };
    const soon = new Date(Date.now() + 30_000);
    for (let n = 1; n <= 6; n++) await admitAttempt(opened.db, guess, soon);
    const before = await auditLength();
    for (let n = 1; n <= 5; n++) await submit(PERSON.email, "wrong");
    expect(await audited(before)).toEqual([["signIn", "refused", "wait", PERSON.email, null]]);
  });

  test("what cannot be written down does not happen", async () => {
    catchLog();
    await opened.db.execute(sql`alter table audit_events rename to elsewhere`);
    const form = { email: PERSON.email, password: CHEAP_PASSWORD };
    const { response, setCookies } = await post("callback/credentials", form, "");
    const refused = await submit(PERSON.email, "wrong");
    await opened.db.execute(sql`alter table elsewhere rename to audit_events`);
    vi.restoreAllMocks();
    expect(response.status).toBe(500);
    expect(sessionCookie(setCookies)).toBe("");
    expect(await opened.db.$count(sessions, isNull(sessions.endedAt))).toBe(0);
    expect(refused.error).toBe("failed");
  });

  test("is not led away to another site", async () => {
    const response = await fetch(`${base}/signin?callbackUrl=https://evil.example`, {
      redirect: "manual",
    });
    expect(response.headers.get("location")).not.toContain("evil");
  });
});

test("where people sign in elsewhere only, no password opens a session", async () => {
  given.env = { ...parsed("http://127.0.0.1:3000"), localAccounts: false };
  expect(authOptions(given.env).providers).toEqual([]);
  await expect(authorize({ email: PERSON.email, password: CHEAP_PASSWORD })).rejects.toThrow(
    "credentials",
  );
});

test("the session lasts as long as is configured", () => {
  const { session, jwt } = authOptions({ ...parsed("http://127.0.0.1:3000"), sessionHours: 2 });
  expect([session?.maxAge, jwt?.maxAge]).toEqual([7200, 7200]);
});

function parsed(appUrl: string): Env {
  const result = parseEnv(deskEnvironment(appUrl));
  if (!result.ok) throw new EnvError(result.failure);
  return result.value;
}

function pair(setCookie: string): string {
  return setCookie.split(";", 1)[0] ?? "";
}

// The library's handler on a plain server, given what Next would give it.
async function listen(env: Env): Promise<Server> {
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const [, ...nextauth] = url.pathname.split("/");
    const cookies = (request.headers.cookie ?? "").split("; ").map((each) => each.split("=", 2));
    const asked = Object.assign(request, {
      query: { ...Object.fromEntries(url.searchParams), nextauth },
      body: Object.fromEntries(new URLSearchParams(await text(request))),
      cookies: Object.fromEntries(
        cookies.map(([key, value = ""]) => [key, decodeURIComponent(value)]),
      ),
    });
    const answer = Object.assign(response, {
      status: (code: number) => Object.assign(answer, { statusCode: code }),
      json: (body: unknown) => answer.end(JSON.stringify(body)),
      send: (body: unknown) => answer.end(typeof body === "string" ? body : JSON.stringify(body)),
    });
    given.cookies = asked.cookies;
    try {
      await NextAuth(asked as never, answer as never, authOptions(env));
    } catch {
      answer.status(500).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
