import { generateKeyPairSync } from "node:crypto";
import { NextRequest } from "next/server";
import NextAuth, { type AuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { accounts, auditEvents, sessions } from "@/lib/db/schema";
import type { OpenedStore } from "@/lib/db/store";
import { type Env, EnvError, env, parseEnv } from "@/lib/env";
import { IdentityProvider, type Tampering } from "@/lib/testing/identity-provider";
import { testStores } from "@/lib/testing/stores";
import { authOptions } from "./auth-options";
import { refusedAccount } from "./oidc-refused-account";
import { answerOidc } from "./oidc-sign-in";

const DESK = "https://desk.example.com";
const SECRET = "a secret of these tests, long enough";
const CLIENT_SECRET = "the client secret of these tests";
const SESSION = "__Host-channel-desk.session";

const jar = new Map<string, string>();
vi.mock("next/headers", () => ({
  cookies: async () => ({ get: (name: string) => ({ name, value: jar.get(name) }) }),
  headers: async () => new Headers({ "x-request-id": "request-1", "x-forwarded-for": "192.0.2.7" }),
}));

let opened: OpenedStore;
let provider: IdentityProvider;
let desk: Env;
beforeAll(async () => {
  const [embedded] = testStores;
  if (embedded === undefined) throw new Error("There is no store to test on.");
  opened = await embedded.open();
  globalThis.channelDeskStore = Promise.resolve(opened);
  provider = await IdentityProvider.start();
  Object.assign(process.env, variables(provider.issuer));
  desk = env();
});
afterAll(async () => {
  provider.close();
  await opened.close();
});
beforeEach(async () => {
  jar.clear();
  await opened.store.delete(accounts);
  provider.claims = {
    sub: "ann-1",
    email: "ann@example.com",
    email_verified: true,
    name: "Ann",
    roles: ["desk-admins"],
  };
  provider.tampering = {};
  provider.refusal = null;
});

let log = "";
beforeEach(() => {
  log = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    log += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function begin(callbackUrl = "/lookup?subscriber=1", on = desk) {
  const csrf = await visit("GET", "csrf", {}, on);
  const { csrfToken } = await csrf.json();
  return visit("POST", "signin/oidc", { csrfToken, callbackUrl, json: "true" }, on);
}

async function beginAtProvider(callbackUrl?: string): Promise<string> {
  const { url } = await (await begin(callbackUrl)).json();
  return url;
}

async function signIn(callbackUrl?: string) {
  return bringBack(provider.authorize(await beginAtProvider(callbackUrl)));
}

async function bringBack(query: URLSearchParams) {
  const response = await visit("GET", `callback/oidc?${query}`);
  const location = new URL(response.headers.get("location") ?? "", DESK);
  return {
    origin: location.origin,
    path: location.pathname + location.search,
    problem: problem(location),
  };
}

const problem = ({ searchParams }: URL) => searchParams.get("sso");
const rows = () => opened.store.select().from(auditEvents).orderBy(auditEvents.sequence);
const lastRow = async () => (await rows()).at(-1);

describe("a sign-in with the identity provider", () => {
  test("leads there with a proof, a state and a nonce, and asks for no more than is needed", async () => {
    const { origin, pathname, searchParams } = new URL(await beginAtProvider());
    expect(origin + pathname).toBe(`${provider.issuer}/authorize`);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: "desk",
      scope: "openid email profile",
      response_type: "code",
      redirect_uri: `${DESK}/api/auth/callback/oidc`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: "S256",
    });
    expect([...jar.keys()].every((name) => name.startsWith("__Host-channel-desk."))).toBe(true);
  });

  test("opens a session whose cookie holds two ids", async () => {
    expect(await signIn()).toEqual({
      origin: DESK,
      path: "/lookup?subscriber=1",
      problem: null,
    });
    const token = await decode({ token: jar.get(SESSION), secret: SECRET });
    expect(Object.keys(token ?? {}).toSorted()).toEqual(["exp", "iat", "jti", "sid", "sub"]);
    expect(await opened.store.select().from(accounts)).toMatchObject([
      { id: token?.sub, email: "ann@example.com", role: "admin", oidcSubject: "ann-1" },
    ]);
    expect(await opened.store.select().from(sessions)).toMatchObject([
      { id: token?.sid, kind: "oidc" },
    ]);
    expect(await lastRow()).toMatchObject({
      action: "signIn",
      outcome: "done",
      actorEmail: "ann@example.com",
      actorRole: "admin",
      address: "192.0.2.7",
      requestId: "request-1",
    });
    expect([...jar.keys()].toSorted()).toEqual(
      ["callback-url", "csrf", "session"].map((name) => `__Host-channel-desk.${name}`),
    );
  });

  test("asks the provider for its keys and the token, and nobody else for anything", async () => {
    provider.calls.length = 0;
    await signIn();
    expect(provider.calls).toEqual(["/token code code_verifier grant_type redirect_uri", "/keys"]);
  });

  test.each(["https://evil.example/", "//evil.example", "javascript:alert(1)"])(
    "does not lead to %s",
    async (callbackUrl) => {
      expect(await signIn(callbackUrl)).toMatchObject({ origin: DESK, problem: null });
    },
  );

  test("takes no parameters from its own address", async () => {
    const csrf = await visit("GET", "csrf");
    const { csrfToken } = await csrf.json();
    const form = { csrfToken, json: "true" };
    expect((await visit("POST", "signin/oidc?prompt=none&redirect_uri=x", form)).status).toBe(400);
  });

  test("is begun by the sign-in page only", async () => {
    expect(await (await visit("POST", "signin/oidc", { json: "true" })).json()).toEqual({
      problem: "failed",
    });
    expect((await visit("GET", "signin/oidc")).status).toBe(404);
    expect((await visit("POST", "callback/oidc")).status).toBe(404);
  });
});

describe("an ID token", () => {
  const expired = Math.floor(Date.now() / 1000) - 60;
  const other = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" });

  test.each<[string, Tampering]>([
    ["of another sign-in", { claims: { nonce: "another" } }],
    ["without a nonce", { claims: { nonce: undefined } }],
    ["of another issuer", { claims: { iss: "https://evil.example" } }],
    ["for another client", { claims: { aud: "another" } }],
    ["for two clients, the other one authorised", { claims: { aud: ["desk", "b"], azp: "b" } }],
    ["that has expired", { claims: { exp: expired } }],
    ["that is not valid yet", { claims: { nbf: expired + 600 } }],
    ["without an end", { claims: { exp: undefined } }],
    ["of nobody", { claims: { sub: undefined } }],
    ["of a subject without a name", { claims: { sub: "" } }],
    ["that nobody signed", { header: { alg: "none", kid: undefined }, key: null }],
    ["without its signature", { key: null }],
    ["signed with the client's secret", { header: { alg: "HS256" }, key: CLIENT_SECRET }],
    ["signed by another key", { key: other.privateKey }],
    ["signed in another way", { header: { alg: "ES256" }, key: elliptic.privateKey }],
    ["of another key's name", { header: { kid: "two" } }],
    ["with other claims than were signed", { after: (token) => withRole(token, "owners") }],
    ["that is none", { after: () => "not.a.token" }],
  ])("%s opens nothing", async (_, tampering) => {
    provider.tampering = tampering;
    expect(await signIn()).toEqual({
      origin: DESK,
      path: "/sign-in?sso=untrusted&callbackUrl=%2Flookup%3Fsubscriber%3D1",
      problem: "untrusted",
    });
    expect(jar.has(SESSION)).toBe(false);
    expect(await opened.store.select().from(accounts)).toEqual([]);
    expect(await lastRow()).toMatchObject({
      action: "signIn",
      outcome: "failed",
      code: "untrusted",
      actorId: null,
    });
  });

  test("is all that is looked at, and none of it is logged", async () => {
    provider.tampering = { claims: { nonce: "another" } };
    await signIn();
    expect(log).toContain("nonce mismatch");
    provider.refusal = { status: 400, body: { error: "invalid_grant", error_description: "s3" } };
    await signIn();
    for (const secret of [...provider.given, CLIENT_SECRET, "s3"])
      expect(log).not.toContain(secret);
    expect(provider.given.length).toBeGreaterThan(8);
  });
});

describe("what comes back from elsewhere", () => {
  test("is nobody's sign-in: without the cookie, or with the state of another", async () => {
    const before = await rows();
    const query = provider.authorize(await beginAtProvider());
    provider.calls.length = 0;
    jar.delete("__Host-channel-desk.state");
    expect(await bringBack(query)).toMatchObject({ problem: "expired" });
    await beginAtProvider();
    expect(await bringBack(query)).toMatchObject({ problem: "expired" });
    await beginAtProvider();
    expect(await bringBack(new URLSearchParams({ error: "access_denied" }))).toMatchObject({
      problem: "expired",
    });
    expect(provider.calls).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  test("serves once", async () => {
    const query = provider.authorize(await beginAtProvider());
    await bringBack(query);
    expect(await bringBack(query)).toMatchObject({ problem: "expired" });
  });

  test.each([
    ["access_denied", "declined", "refused"],
    ["server_error", "unreachable", "failed"],
    ["temporarily_unavailable", "unreachable", "failed"],
    ["invalid_scope", "failed", "failed"],
    ["<script>alert(1)</script>", "failed", "failed"],
  ])("%s is %s", async (error, expected, outcome) => {
    const { searchParams } = new URL(await beginAtProvider());
    const query = { error, error_description: "Words", state: searchParams.get("state") ?? "" };
    const { path } = await bringBack(new URLSearchParams(query));
    expect(path).toBe(`/sign-in?sso=${expected}&callbackUrl=%2Flookup%3Fsubscriber%3D1`);
    expect(await lastRow()).toMatchObject({ outcome, code: expected });
  });

  test.each([
    [400, { error: "invalid_grant" }, "expired"],
    [401, { error: "invalid_client" }, "failed"],
    [503, {}, "unreachable"],
    [200, {}, "untrusted"],
  ])("with a code that the provider answers by %i %j is %s", async (status, body, expected) => {
    provider.refusal = { status, body };
    expect(await signIn()).toMatchObject({ problem: expected });
    expect(await lastRow()).toMatchObject({ outcome: "failed", code: expected });
  });
});

describe("who is refused", () => {
  test.each([
    ["noRole", { roles: ["visitors"] }, "ann@example.com"],
    ["emailMissing", { email: undefined }, "Ann"],
  ])("with %s is told so by name, in a cookie", async (expected, claims, name) => {
    Object.assign(provider.claims, claims);
    expect(await signIn()).toMatchObject({ problem: expected });
    expect(await refusedAccount()).toBe(name);
    expect(await lastRow()).toMatchObject({ outcome: "refused", code: expected, target: name });
    expect(await opened.store.select().from(accounts)).toEqual([]);
  });

  test("because the account is disabled has no session", async () => {
    await signIn();
    jar.clear();
    await opened.store.update(accounts).set({ disabledAt: new Date() });
    expect(await signIn()).toMatchObject({ problem: "disabled" });
    expect(jar.has(SESSION)).toBe(false);
    expect(await lastRow()).toMatchObject({ code: "disabled", target: "ann@example.com" });
  });

  test("is nobody by a cookie that is not ours", async () => {
    jar.set("__Host-channel-desk.refused-account", "ann@example.com");
    expect(await refusedAccount()).toBeNull();
  });
});

describe("a provider", () => {
  let second: IdentityProvider;
  beforeEach(async () => {
    second = await IdentityProvider.start();
  });
  afterEach(() => second.close());

  test.each([
    ["names another issuer", { issuer: "https://evil.example" }],
    ["has an address that is none", { token_endpoint: "/token" }],
    ["leads to a program", { authorization_endpoint: "javascript:alert(1)" }],
    ["signs with what is no proof only", { id_token_signing_alg_values_supported: ["HS256"] }],
  ])("that %s is not gone to", async (_, discovery) => {
    second.discovery = discovery;
    const answer = await begin("/", parsed(second.issuer));
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ problem: "untrusted" });
    expect(second.calls).toEqual(["/.well-known/openid-configuration"]);
  });

  test("that does not answer is asked again by the next person", async () => {
    const { issuer } = second;
    second.close();
    expect(await (await begin("/", parsed(issuer))).json()).toEqual({ problem: "unreachable" });
    expect(await (await begin("/", parsed(issuer))).json()).toEqual({ problem: "unreachable" });
    expect(log.match(/ECONNREFUSED/g)).toHaveLength(2);
  });
});

function withRole(token: string, role: string): string {
  const [header, payload = "", signature] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString());
  const changed = Buffer.from(JSON.stringify({ ...claims, roles: [role] })).toString("base64url");
  return [header, changed, signature].join(".");
}

function variables(issuer: string) {
  const app = { slug: "a", name: "A", sdkAppId: 1, adminId: "a", secretKey: "k", region: "china" };
  return {
    APP_URL: DESK,
    AUTH_SECRET: SECRET,
    CHAT_APPS: JSON.stringify([app]),
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: "desk",
    OIDC_CLIENT_SECRET: CLIENT_SECRET,
    OIDC_ROLES: JSON.stringify({ "desk-admins": "admin", owners: "admin" }),
  };
}

function parsed(issuer: string): Env {
  const result = parseEnv(variables(issuer));
  if (!result.ok) throw new EnvError(result.failure);
  return result.value;
}

/** One request of a browser that keeps its cookies. */
async function visit(
  method: "GET" | "POST",
  path: string,
  form: Record<string, string> = {},
  on = desk,
): Promise<Response> {
  const cookie = [...jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; ");
  const request = new NextRequest(`${DESK}/api/auth/${path}`, { method, headers: { cookie } });
  const library = (options: AuthOptions) => answerOf(request, form, options);
  const [action, name] = new URL(request.url).pathname.split("/").slice(3);
  if (on.oidc === null) throw new Error("The desk has no provider.");
  const context = { env: on, oidc: on.oidc, options: authOptions(on) };
  const response = await (name === "oidc"
    ? answerOidc(action, request, context, library)
    : library(context.options));
  for (const set of response.headers.getSetCookie()) keep(set);
  return response;
}

function keep(setCookie: string): void {
  const flags = setCookie.toLowerCase().split("; ").slice(1);
  expect(flags).toEqual(expect.arrayContaining(["path=/", "httponly", "secure", "samesite=lax"]));
  expect(setCookie).not.toContain("Domain");
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
  if (value === "") jar.delete(name);
  else jar.set(name, decodeURIComponent(value));
}

// The library outside Next, by the door that takes a plain request.
async function answerOf(
  request: NextRequest,
  body: Record<string, string>,
  options: AuthOptions,
): Promise<Response> {
  const url = new URL(request.url);
  const given = {
    method: request.method,
    headers: Object.fromEntries(request.headers),
    cookies: Object.fromEntries(jar),
    query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split("/").slice(3) },
    body,
  };
  const headers = new Headers();
  let status = 200;
  let text = "";
  const answer = {
    getHeader: (name: string) => headers.getSetCookie().filter(() => name === "Set-Cookie"),
    setHeader: (name: string, value: string | string[]) => {
      headers.delete(name);
      for (const each of [value].flat()) headers.append(name, each);
      return answer;
    },
    status: (code: number) => {
      status = code;
      return answer;
    },
    json: (value: unknown) => {
      text = JSON.stringify(value);
    },
    send: (value: unknown) => {
      text = typeof value === "string" ? value : JSON.stringify(value);
    },
    end: () => {},
  };
  await NextAuth(given as never, answer as never, options);
  return new Response(text, { status, headers });
}
