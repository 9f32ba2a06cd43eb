import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { OpenedDatabase } from "@/lib/db/database";
import { accounts, auditEvents, rateCounts, sessions } from "@/lib/db/schema";
import { type Env, EnvError, parseEnv } from "@/lib/env";
import { consume } from "@/lib/http/rate-limit";
import { browser } from "@/lib/testing/browser-headers";
import "@/lib/testing/cheap-password";
import { deskEnvironment } from "@/lib/testing/desk-environment";
import {
  type OidcProvider,
  type OidcProviderOptions,
  type Person,
  ProviderVisitor,
  startOidcProvider,
} from "@/lib/testing/oidc-provider";
import { begin, bringBack, visit } from "@/lib/testing/sign-in-browser";
import { testDatabases } from "@/lib/testing/test-databases";
import { addAccount } from "../accounts";
import { currentUser, readClaims } from "../current-user";
import { idTokenOf } from "../session-lifecycle";
import { newLinkTicket } from "./attempts";
import { alsoAtProvider } from "./sign-in";

vi.mock("next/headers", () => import("@/lib/testing/browser-headers"));

const DESK = "https://desk.example.com";
Object.assign(process.env, deskEnvironment(DESK));

const PEOPLE: Readonly<Record<string, Person>> = {
  ann: { ...person("Ann"), roles: ["helpers"], groups: ["desk-admins"] },
  nested: { ...person("Nested"), realm_access: { roles: ["staff", "helpers"] } },
  keys: { ...person("Keys"), roles: { helpers: { "1": "example.com" }, "desk-admins": false } },
  text: { ...person("Text"), roles: "staff helpers" },
  none: { ...person("None"), roles: ["staff"] },
  many: {
    ...person("Many"),
    _claim_names: { roles: "src1" },
    _claim_sources: { src1: { endpoint: "https://graph.example.com/groups" } },
  },
  entra: { name: "Entra", email: "entra@example.com", roles: ["helpers"] },
};

function person(name: string) {
  return { name, email: `${name.toLowerCase()}@example.com`, email_verified: true };
}

let opened: OpenedDatabase;
beforeAll(async () => {
  const [embedded] = testDatabases;
  if (embedded === undefined) throw new Error("There is no database to test on.");
  opened = await embedded.open();
  globalThis.channelDeskDatabase = Promise.resolve(opened);
});
afterAll(() => opened.close());

let log = "";
beforeEach(async () => {
  browser.jar = new Map();
  log = "";
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    log += text;
    return true;
  });
  await opened.db.delete(accounts);
  await opened.db.delete(rateCounts);
});
afterEach(() => {
  vi.restoreAllMocks();
});

let provider: OidcProvider | undefined;
afterEach(() => provider?.close());

async function deskAt(options: OidcProviderOptions, more: Record<string, string> = {}) {
  provider = await startOidcProvider(PEOPLE, options);
  provider.serve(DESK);
  return parsed({
    ...deskEnvironment(DESK),
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_ROLES: JSON.stringify({ "desk-admins": "admin", helpers: "support" }),
    ...more,
  });
}

function parsed(variables: Record<string, string>): Env {
  const result = parseEnv(variables);
  if (!result.ok) throw new EnvError(result.failure);
  return result.value;
}

async function signIn(desk: Env, subject: string, callbackUrl = "/lookup") {
  const { url } = await (await begin(desk, callbackUrl)).json();
  return bringBack(desk, await new ProviderVisitor().signIn(url, subject));
}

const listed = () => opened.db.select().from(accounts);

describe.each<OidcProviderOptions>([
  { conformIdTokenClaims: true },
  { conformIdTokenClaims: false },
  { algorithm: "ES256" },
  { algorithm: "ES384" },
  { algorithm: "PS256" },
  { algorithm: "EdDSA" },
])("a provider with %j", (options) => {
  test("signs a person in with the address, name and role of its claims", async () => {
    const desk = await deskAt(options);
    expect(await signIn(desk, "ann")).toMatchObject({ path: "/lookup", problem: null });
    expect(await listed()).toMatchObject([
      { email: "ann@example.com", name: "Ann", role: "support", emailVerified: true },
    ]);
  });
});

describe("roles", () => {
  test.each([
    ["nested", { OIDC_ROLE_CLAIM: "realm_access.roles" }, "support"],
    ["keys", {}, "support"],
    ["text", {}, "support"],
    ["ann", { OIDC_ROLE_CLAIM: "groups", OIDC_SCOPES: "groups" }, "admin"],
  ])("of %s with %j are %s", async (subject, more, role) => {
    const desk = await deskAt({}, more);
    expect(await signIn(desk, subject)).toMatchObject({ problem: null });
    expect(await listed()).toMatchObject([{ role }]);
  });

  test("of a scope that is not asked for are not there, and the log names the claim", async () => {
    const desk = await deskAt({}, { OIDC_ROLE_CLAIM: "groups" });
    expect(await signIn(desk, "ann")).toMatchObject({ problem: "noRole" });
    expect(log).toContain('neither the ID token nor UserInfo has the claim \\"groups\\"');
  });

  test("that the provider left out for their number are told apart from none", async () => {
    const desk = await deskAt({});
    expect(await signIn(desk, "many")).toMatchObject({ problem: "tooManyGroups" });
    expect(log).toContain('left out the claim \\"roles\\"');
    expect(await signIn(desk, "none")).toMatchObject({ problem: "noRole" });
    expect(log).toContain('the claim \\"roles\\" holds no group of OIDC_ROLES');
  });
});

describe("an address without email_verified", () => {
  test("is refused, and the log names the claim", async () => {
    const desk = await deskAt({});
    expect(await signIn(desk, "entra")).toMatchObject({ problem: "emailUnverified" });
    expect(log).toContain('the claim \\"email_verified\\" is missing');
    expect(await listed()).toEqual([]);
  });

  test("counts as verified where the configuration says so", async () => {
    const desk = await deskAt({}, { OIDC_TRUST_EMAIL: "on" });
    expect(await signIn(desk, "entra")).toMatchObject({ problem: null });
    expect(await listed()).toMatchObject([{ email: "entra@example.com" }]);
  });
});

test("the path to return to may be longer than a cookie", async () => {
  const path = `/lookup?subscriber=1&q=${"%E7%BE%A4".repeat(500)}`;
  const desk = await deskAt({});
  expect(path.length).toBeGreaterThan(4500);
  expect(await signIn(desk, "ann", path)).toEqual({ origin: DESK, path, problem: null });
});

test("a refused path of that length is on the sign-in page again", async () => {
  const path = `/lookup?subscriber=1&q=${"a".repeat(4500)}`;
  const { path: shown } = await signIn(await deskAt({}), "none", path);
  expect(new URL(shown, DESK).searchParams.get("callbackUrl")).toBe(path);
});

describe("two tabs of one browser", () => {
  test("both sign in, and the refusal of one does not end the other", async () => {
    const desk = await deskAt({});
    const [first, second] = [
      await (await begin(desk, "/lookup?subscriber=1")).json(),
      await (await begin(desk, "/lookup?subscriber=2")).json(),
    ];
    const back = async (url: string, subject: string) =>
      bringBack(desk, await new ProviderVisitor().signIn(url, subject));
    expect(await back(first.url, "none")).toMatchObject({ problem: "noRole" });
    expect(await back(second.url, "ann")).toMatchObject({
      path: "/lookup?subscriber=2",
      problem: null,
    });
  });

  test("a state is good once, and in its own browser", async () => {
    const desk = await deskAt({});
    const { url } = await (await begin(desk, "/lookup")).json();
    const query = await new ProviderVisitor().signIn(url, "ann");
    const own = browser.jar;
    browser.jar = new Map();
    await begin(desk, "/lookup");
    expect(await bringBack(desk, query)).toMatchObject({ problem: "expired" });
    browser.jar = own;
    expect(await bringBack(desk, query)).toMatchObject({ problem: null });
    expect(await bringBack(desk, query)).toMatchObject({ problem: "expired" });
    expect(provider?.tokens).toHaveLength(1);
  });
});

test("the desk begins 60 sign-ins a minute for one network address", async () => {
  const desk = await deskAt({});
  const limit = { subject: "oidc:address:192.0.2.7", limit: 60, windowSeconds: 60 };
  for (let n = 0; n < 59; n++) await consume(opened.db, [limit], new Date());
  expect((await begin(desk, "/lookup")).status).toBe(200);
  const refused = await begin(desk, "/lookup");
  expect([refused.status, await refused.json()]).toEqual([429, { problem: "tooMany" }]);
});

test("the ID token is kept sealed, and goes back to the provider at sign-out", async () => {
  const desk = await deskAt({});
  await signIn(desk, "ann");
  const [session] = await opened.db.select().from(sessions);
  const { id_token: idToken } = JSON.parse(provider?.tokens[0] ?? "{}");
  expect(session?.idToken).not.toContain(idToken);
  const token = readClaims({ sub: session?.accountId, sid: session?.id });
  if (token === null) throw new Error("There is no session.");
  const hint = await idTokenOf(token);
  expect(hint).toBe(idToken);
  const answer = await alsoAtProvider(Response.json({ url: "/sign-in" }), hint, desk);
  const { url } = await answer.json();
  expect(new URL(url).searchParams.get("id_token_hint")).toBe(idToken);
  // The provider checks the hint.
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(url.replace(idToken, `${idToken}x`))).status).toBe(400);
});

test("an issuer with another slash at the end is named in the log as both write it", async () => {
  const desk = await deskAt({});
  if (provider === undefined) throw new Error("There is no provider.");
  const { issuer } = provider;
  const other = parsed({
    ...deskEnvironment(DESK),
    OIDC_ISSUER: `${issuer}/`,
    OIDC_CLIENT_ID: "desk",
    OIDC_CLIENT_SECRET: "secret",
    OIDC_ROLES: JSON.stringify({ helpers: "support" }),
  });
  expect(await (await begin(other, "/")).json()).toEqual({ problem: "untrusted" });
  expect(log).toContain(
    `OIDC_ISSUER is \\"${issuer}/\\", but the provider calls itself \\"${issuer}\\"`,
  );
  expect(await signIn(desk, "ann")).toMatchObject({ problem: null });
});

describe("a person who is signed in with a password", () => {
  const local = { email: "local@example.com", name: "Local", role: "support" } as const;

  async function signInLocally(desk: Env) {
    const password = "a password of these tests";
    await addAccount(opened.db, { ...local, password });
    const { csrfToken } = await (await visit(desk, "GET", "csrf")).json();
    const form = { csrfToken, email: local.email, password, json: "true" };
    await visit(desk, "POST", "callback/credentials", form);
    const user = await currentUser();
    if (user === null) throw new Error("Nobody is signed in.");
    return user;
  }

  test("links the account to one of the provider, also without email_verified", async () => {
    const desk = await deskAt({});
    const user = await signInLocally(desk);
    const ticket = newLinkTicket(user, desk.authSecret, new Date());
    const { url } = await (await begin(desk, "/account", { link: ticket })).json();
    const query = await new ProviderVisitor().signIn(url, "entra");
    expect(await bringBack(desk, query)).toMatchObject({ path: "/account", problem: null });
    expect(await listed()).toMatchObject([
      { id: user.id, email: local.email, name: "Entra", oidcSubject: "entra", passwordHash: null },
    ]);
    expect(await currentUser()).toMatchObject({ id: user.id, kind: "oidc" });
    browser.jar = new Map();
    expect(await signIn(desk, "entra")).toMatchObject({ problem: null });
  });

  test("is told of a refusal on the page Account, and keeps session and password", async () => {
    const desk = await deskAt({});
    const user = await signInLocally(desk);
    const ticket = newLinkTicket(user, desk.authSecret, new Date());
    const { url } = await (await begin(desk, "/account", { link: ticket })).json();
    const query = await new ProviderVisitor().signIn(url, "none");
    expect(await bringBack(desk, query)).toMatchObject({ path: "/account?sso=noRole" });
    expect(await currentUser()).toEqual(user);
  });

  test("links nothing by a ticket that is old, or of another session, or without the session", async () => {
    const desk = await deskAt({});
    const user = await signInLocally(desk);
    const old = newLinkTicket(user, desk.authSecret, new Date(Date.now() - 301_000));
    const other = newLinkTicket({ sessionId: user.id }, desk.authSecret, new Date());
    for (const link of [old, other, "x", ""]) {
      expect(await (await begin(desk, "/account", { link })).json()).toEqual({ problem: "failed" });
    }
    const link = newLinkTicket(user, desk.authSecret, new Date());
    const { url } = await (await begin(desk, "/account", { link })).json();
    browser.jar.delete("__Host-channel-desk.session");
    const query = await new ProviderVisitor().signIn(url, "entra");
    expect(await bringBack(desk, query)).toMatchObject({ problem: "expired" });
    expect(await listed()).toMatchObject([{ oidcSubject: null }]);
  });
});

test("every sign-in is in the audit", async () => {
  const desk = await deskAt({});
  await signIn(desk, "many");
  await signIn(desk, "ann");
  const rows = await opened.db.select().from(auditEvents).orderBy(auditEvents.sequence);
  expect(rows.slice(-2)).toMatchObject([
    { action: "signIn", outcome: "refused", code: "tooManyGroups", target: "many@example.com" },
    { action: "signIn", outcome: "done", actorEmail: "ann@example.com", target: "oidc" },
  ]);
});
