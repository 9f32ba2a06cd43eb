import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { eq } from "drizzle-orm";
import NextAuth from "next-auth";
import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { accounts, signInThrottle } from "@/lib/db/schema";
import type { OpenedStore } from "@/lib/db/store";
import { type Env, EnvError, parseEnv } from "@/lib/env";
import { testStores } from "@/lib/testing/stores";
import { addAccount } from "./accounts";
import { sessionCookieName } from "./cookies";
import { authOptions, currentUser } from "./session";
import { admitAttempt } from "./throttle";

const SECRET = "a secret of these tests, long enough";
const jar = new Map<string, string>();
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: (name: string) => ({ name, value: jar.get(name) }) }),
}));

let opened: OpenedStore;
beforeAll(async () => {
  const embedded = testStores[0];
  if (embedded === undefined) throw new Error("There is no store to test on.");
  opened = await embedded.open();
  globalThis.channelDeskStore = Promise.resolve(opened);
  Object.assign(process.env, variables("https://desk.example.com"));
  await addAccount(opened.store, {
    email: "ann@example.com",
    name: "Ann",
    role: "support",
    password: "correct horse",
  });
});
afterAll(() => opened.close());

describe.each([
  ["http://127.0.0.1:3000", "channel-desk.", false],
  ["https://desk.example.com", "__Host-channel-desk.", true],
])("the sign-in of %s", (appUrl, prefix, isSecure) => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = await listen(parsed(appUrl));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    jar.clear();
    await opened.store.delete(signInThrottle);
  });

  async function submit(email: string, password: string) {
    const csrf = await fetch(`${base}/csrf`);
    const { csrfToken } = (await csrf.json()) as { csrfToken: string };
    const response = await fetch(`${base}/callback/credentials`, {
      method: "POST",
      body: new URLSearchParams({ email, password, csrfToken, json: "true" }),
      headers: { cookie: csrf.headers.getSetCookie().map(pair).join("; ") },
    });
    const { url } = (await response.json()) as { url: string };
    const setCookies = [...csrf.headers.getSetCookie(), ...response.headers.getSetCookie()];
    return { error: new URL(url).searchParams.get("error"), setCookies };
  }
  const sessionCookie = (setCookies: string[]) =>
    setCookies.find((cookie) => cookie.startsWith(`${prefix}session=`)) ?? "";

  test("sets every cookie with care", async () => {
    const { error, setCookies } = await submit("ann@example.com", "correct horse");
    expect(error).toBeNull();
    const names = setCookies.map((cookie) => cookie.split("=", 1)[0]);
    expect(new Set(names)).toEqual(
      new Set([`${prefix}session`, `${prefix}csrf`, `${prefix}callback-url`]),
    );
    expect(sessionCookieName(new URL(appUrl))).toBe(`${prefix}session`);
    for (const cookie of setCookies) {
      const flags = cookie.split("; ").slice(1);
      expect(flags).toEqual(expect.arrayContaining(["Path=/", "HttpOnly", "SameSite=Lax"]));
      expect(flags.includes("Secure")).toBe(isSecure);
      expect(cookie).not.toContain("Domain");
    }
    const expires = Date.parse(/Expires=([^;]+)/.exec(sessionCookie(setCookies))?.[1] ?? "");
    expect(Math.abs(expires - Date.now() - 12 * 3_600_000)).toBeLessThan(60_000);
  });

  test("opens a session that shows the person, and no secret", async () => {
    const { setCookies } = await submit("ann@example.com", "correct horse");
    const response = await fetch(`${base}/session`, {
      headers: { cookie: pair(sessionCookie(setCookies)) },
    });
    const session = await response.text();
    expect(JSON.parse(session)).toMatchObject({
      user: { email: "ann@example.com", name: "Ann", role: "support" },
    });
    expect(session + setCookies.join()).not.toMatch(new RegExp(`scrypt|correct|${SECRET}`));
  });

  test("tells a wrong password in one word", async () => {
    const { error, setCookies } = await submit("ann@example.com", "wrong");
    expect(error).toBe("credentials");
    expect(sessionCookie(setCookies)).toBe("");
  });

  test("tells how many seconds to wait, even with the right password", async () => {
    const inAMinute = new Date(Date.now() + 60_000);
    const guess = { email: "ann@example.com", address: "10.0.0.1" };
    for (let n = 1; n <= 6; n++) await admitAttempt(opened.store, guess, inAMinute);
    const { error, setCookies } = await submit("ann@example.com", "correct horse");
    expect(error).toMatch(/^wait:\d+$/);
    expect(sessionCookie(setCookies)).toBe("");
  });

  test("is not led away to another site", async () => {
    const response = await fetch(`${base}/signin?callbackUrl=https://evil.example`, {
      redirect: "manual",
    });
    expect(response.headers.get("location")).not.toContain("evil");
  });
});

describe("the current user", () => {
  const appUrl = "https://desk.example.com";
  const name = sessionCookieName(new URL(appUrl));

  test("is nobody without a cookie, or with one that is not ours", async () => {
    jar.clear();
    expect(await currentUser()).toBeNull();
    jar.set(name, "not.a.token");
    expect(await currentUser()).toBeNull();
    jar.set(name, await token("another secret, also long enough now"));
    expect(await currentUser()).toBeNull();
  });

  test("has the role of this moment, and is nobody once disabled", async () => {
    jar.set(name, await token(SECRET));
    expect(await currentUser()).toMatchObject({ email: "ann@example.com", role: "support" });
    await opened.store.update(accounts).set({ role: "product" });
    expect(await currentUser()).toMatchObject({ role: "product" });
    await opened.store.update(accounts).set({ disabledAt: new Date() });
    expect(await currentUser()).toBeNull();
    await opened.store.update(accounts).set({ disabledAt: null });
  });

  test("is nobody after twelve hours", async () => {
    const [ann] = await opened.store.select().from(accounts).where(eq(accounts.name, "Ann"));
    jar.set(name, await encode({ token: { sub: ann?.id }, secret: SECRET, maxAge: -60 }));
    expect(await currentUser()).toBeNull();
  });

  async function token(secret: string): Promise<string> {
    const [ann] = await opened.store.select().from(accounts).where(eq(accounts.name, "Ann"));
    return encode({ token: { sub: ann?.id }, secret, maxAge: 60 });
  }
});

function variables(appUrl: string) {
  const app = { slug: "a", name: "A", sdkAppId: 1, adminId: "a", secretKey: "k", region: "china" };
  return { APP_URL: appUrl, AUTH_SECRET: SECRET, CHAT_APPS: JSON.stringify([app]) };
}

function parsed(appUrl: string): Env {
  const result = parseEnv(variables(appUrl));
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
    const given = Object.assign(request, {
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
    await NextAuth(given as never, answer as never, authOptions(env));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
