import { generateKeyPairSync } from "node:crypto";
import { decode } from "next-auth/jwt";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, auditEvents, rateCounts, sessions } from "@/lib/db/schema";
import { type Env, EnvError, env, parseEnv } from "@/lib/env";
import { browser } from "@/lib/testing/browser-headers";
import { IdentityProvider, type Tampering } from "@/lib/testing/identity-provider";
import { begin, bringBack, visit } from "@/lib/testing/sign-in-browser";
import { testDatabases } from "@/lib/testing/test-databases";
import { refusedAccount } from "./admission";

const DESK = "https://desk.example.com";
const SECRET = "a secret of these tests, long enough";
const CLIENT_SECRET = "the client secret of these tests";
const SESSION = "__Host-channel-desk.session";

vi.mock("next/headers", () => import("@/lib/testing/browser-headers"));

let opened: OpenedDatabase;
let provider: IdentityProvider;
let desk: Env;
beforeAll(async () => {
  const [embedded] = testDatabases;
  if (embedded === undefined) throw new Error("There is no database to test on.");
  opened = await embedded.open();
  globalThis.channelDeskDatabase = Promise.resolve(opened);
  provider = await IdentityProvider.start();
  Object.assign(process.env, variables(provider.issuer));
  desk = env();
});
afterAll(async () => {
  provider.close();
  await opened.close();
});
beforeEach(async () => {
  browser.jar = new Map();
  await opened.db.delete(accounts);
  await opened.db.delete(rateCounts);
  provider.claims = {
    sub: "ann-1",
    email: "ann@example.com",
    email_verified: true,
    name: "Ann",
    roles: ["desk-admins"],
  };
  provider.tampering = {};
  provider.refusal = null;
  provider.oversized = [];
  provider.moved = [];
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

const LINK = "/lookup?subscriber=1";

async function beginAtProvider(callbackUrl = LINK): Promise<string> {
  const { url } = await (await begin(desk, callbackUrl)).json();
  return url;
}

async function signIn(callbackUrl?: string) {
  return bringBack(desk, provider.authorize(await beginAtProvider(callbackUrl)));
}

const rows = () => opened.db.select().from(auditEvents).orderBy(auditEvents.sequence);
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
    expect([...browser.jar.keys()].every((name) => name.startsWith("__Host-channel-desk."))).toBe(
      true,
    );
  });

  test("opens a session whose cookie holds two ids", async () => {
    expect(await signIn()).toEqual({
      origin: DESK,
      path: "/lookup?subscriber=1",
      problem: null,
    });
    const token = await decode({ token: browser.jar.get(SESSION), secret: SECRET });
    expect(Object.keys(token ?? {}).toSorted()).toEqual(["exp", "iat", "jti", "sid", "sub"]);
    expect(await opened.db.select().from(accounts)).toMatchObject([
      { id: token?.sub, email: "ann@example.com", role: "admin", oidcSubject: "ann-1" },
    ]);
    expect(await opened.db.select().from(sessions)).toMatchObject([
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
    expect([...browser.jar.keys()].toSorted()).toEqual(
      ["callback-url", "csrf", "session", "sign-in"].map((name) => `__Host-channel-desk.${name}`),
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
    const csrf = await visit(desk, "GET", "csrf");
    const { csrfToken } = await csrf.json();
    const form = { csrfToken, json: "true" };
    expect((await visit(desk, "POST", "signin/oidc?prompt=none&redirect_uri=x", form)).status).toBe(
      400,
    );
  });

  test("is begun by the sign-in page only", async () => {
    expect(await (await visit(desk, "POST", "signin/oidc", { json: "true" })).json()).toEqual({
      problem: "failed",
    });
    expect((await visit(desk, "GET", "signin/oidc")).status).toBe(404);
    expect((await visit(desk, "POST", "callback/oidc")).status).toBe(404);
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
    ["issued an hour ahead", { claims: { iat: expired + 60 + 3600 } }],
    ["issued ten days ago", { claims: { iat: expired - 10 * 24 * 3600 } }],
    ["issued at no time", { claims: { iat: undefined } }],
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
    expect(browser.jar.has(SESSION)).toBe(false);
    expect(await opened.db.select().from(accounts)).toEqual([]);
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
    expect(log).toContain('\\"nonce\\" claim value');
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
    browser.jar.delete("__Host-channel-desk.sign-in");
    expect(await bringBack(desk, query)).toMatchObject({ problem: "expired" });
    await beginAtProvider();
    expect(await bringBack(desk, query)).toMatchObject({ problem: "expired" });
    await beginAtProvider();
    expect(await bringBack(desk, new URLSearchParams({ error: "access_denied" }))).toMatchObject({
      problem: "expired",
    });
    expect(provider.calls).toEqual([]);
    expect(await rows()).toEqual(before);
  });

  test("serves once", async () => {
    const query = provider.authorize(await beginAtProvider());
    await bringBack(desk, query);
    expect(await bringBack(desk, query)).toMatchObject({ problem: "expired" });
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
    const { path } = await bringBack(desk, new URLSearchParams(query));
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

describe("an answer of the provider", () => {
  test.each(["/token", "/keys"])(
    "of more than 1 MiB at %s is not read to its end",
    async (path) => {
      provider.oversized = [path];
      expect(await signIn()).toMatchObject({ problem: "unreachable" });
      expect(log).toContain("the provider's answer is longer than 1048576 bytes");
    },
  );

  test.each(["/token", "/keys"])("that redirects %s is not followed", async (path) => {
    provider.moved = [path];
    provider.calls.length = 0;
    expect(await signIn()).toMatchObject({ problem: expect.stringMatching(/failed|untrusted/) });
    expect(provider.calls.filter((call) => call.startsWith(path))).toHaveLength(1);
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
    expect(await opened.db.select().from(accounts)).toEqual([]);
  });

  test("because the account is disabled has no session", async () => {
    await signIn();
    browser.jar = new Map();
    await opened.db.update(accounts).set({ disabledAt: new Date() });
    expect(await signIn()).toMatchObject({ problem: "disabled" });
    expect(browser.jar.has(SESSION)).toBe(false);
    expect(await lastRow()).toMatchObject({ code: "disabled", target: "ann@example.com" });
  });

  test("is nobody by a cookie that is not ours", async () => {
    browser.jar.set("__Host-channel-desk.refused-account", "ann@example.com");
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
    const answer = await begin(parsed(second.issuer), "/");
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({ problem: "untrusted" });
    expect(second.calls).toEqual(["/.well-known/openid-configuration"]);
  });

  test("whose document is longer than 1 MiB is not read to its end", async () => {
    second.oversized = ["/.well-known/openid-configuration"];
    const answer = await begin(parsed(second.issuer), "/");
    expect(await answer.json()).toEqual({ problem: "unreachable" });
    expect(log).toContain("the provider's answer is longer than 1048576 bytes");
  });

  test("whose document is elsewhere is not followed there", async () => {
    second.moved = ["/.well-known/openid-configuration"];
    const answer = await begin(parsed(second.issuer), "/");
    expect(await answer.json()).toEqual({ problem: "unreachable" });
    expect(second.calls).toEqual(["/.well-known/openid-configuration"]);
  });

  test("that does not answer is asked again by the next person", async () => {
    const { issuer } = second;
    second.close();
    expect(await (await begin(parsed(issuer), "/")).json()).toEqual({ problem: "unreachable" });
    expect(await (await begin(parsed(issuer), "/")).json()).toEqual({ problem: "unreachable" });
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
