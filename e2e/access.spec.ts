import { request as requests } from "@playwright/test";
import { decode, encode } from "next-auth/jwt";
import {
  ACTIONS,
  type ActionAccess,
  type AddressAccess,
  ASK,
  builtActions,
  builtAddresses,
  callByHand,
  FRAMEWORK,
  PAGES,
  ROUTES,
  SIGN_IN_ROUTE,
  WEBHOOK_ROUTE,
} from "./access";
import type { Desk } from "./desk";
import { expect, test } from "./fixtures";
import { type Role, type Session, signIn } from "./sign-in";

// It needs no browser: what is asked is asked by hand.
test.use({ role: null });

const ROLES = ["support", "product", "admin"] as const;

/** Somebody who knocks, and with which headers. */
type Visitor = {
  readonly name: string;
  /** Null for who has no session, or none any more. */
  readonly role: Role | null;
  readonly heads: Readonly<Record<string, string>>;
  /** Whether another site's page makes the request. */
  readonly isForeign: boolean;
};

const cookieOf = ({ cookies }: Session) =>
  cookies.map(({ name, value }) => `${name}=${value}`).join("; ");

/** Nobody, who once was somebody, each role, and each role with a page of another site. */
async function visitors(desk: Desk): Promise<Visitor[]> {
  const person = async (role: Role) => cookieOf(await signIn(requests, desk.url, role));
  const cookies = { support: "", product: "", admin: "" };
  for (const role of ROLES) cookies[role] = await person(role);

  const revoked = await person("admin");
  await signOut(desk, revoked);
  const nobody = (name: string, cookie: string): Visitor => ({
    ...{ name, role: null, isForeign: false },
    heads: { cookie },
  });
  const expired = await withTimeOver(cookies.admin, desk.authSecret);
  return [
    nobody("nobody", ""),
    nobody("a forged session", "channel-desk.session=e30.e30.e30"),
    nobody("a tampered session", tampered(cookies.admin)),
    nobody("an expired session", expired),
    nobody("a revoked session", revoked),
    ...ROLES.map((role) => ({
      ...{ name: role, role, isForeign: false },
      heads: { cookie: cookies[role], origin: desk.url, "sec-fetch-site": "same-origin" },
    })),
    ...foreignHeads(desk).map((heads) => ({
      name: `an administrator's browser, led by another site (${JSON.stringify(heads)})`,
      ...{ role: "admin" as const, isForeign: true },
      heads: { cookie: cookies.admin, ...heads },
    })),
  ];
}

function foreignHeads({ url }: Desk): Record<string, string>[] {
  return [
    { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    { origin: "null", "sec-fetch-site": "cross-site" },
    { origin: url.replace(/\d+$/, "1"), "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "cross-site" },
  ];
}

/** A session's cookie as it will be when its time is over. */
async function withTimeOver(cookie: string, secret: string): Promise<string> {
  const session = /channel-desk\.session=([^;]+)/.exec(cookie)?.[1];
  const token = await decode({ token: session, secret });
  if (!token?.sub) throw new Error("The cookie holds no session.");
  const { exp: _, ...rest } = token;
  return `channel-desk.session=${await encode({ token: rest, secret, maxAge: -60 })}`;
}

async function signOut(desk: Desk, cookie: string): Promise<void> {
  const csrf = await fetch(`${desk.url}/api/auth/csrf`, { headers: { cookie } });
  const { csrfToken } = await csrf.json();
  const answer = await fetch(`${desk.url}/api/auth/signout`, {
    method: "POST",
    headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ csrfToken, json: "true" }),
  });
  expect(answer.status).toBe(200);
}

/** The same cookie with one letter of its session changed. */
function tampered(cookie: string): string {
  return cookie.replace(
    /(channel-desk\.session=[^;]*?)(.)(.{20})(;|$)/,
    (_, head, letter, tail, end) => [head, letter === "A" ? "B" : "A", tail, end].join(""),
  );
}

const mayOpen = ({ opens }: Pick<AddressAccess, "opens">, { role }: Visitor) =>
  opens === "anybody" || (role !== null && opens.includes(role));

type PageRequest = { readonly accept: string; readonly redirect: RequestRedirect };

async function fetchPage(
  desk: Desk,
  { address, body }: Pick<AddressAccess, "address" | "body">,
  { heads }: Visitor,
  { accept, redirect }: PageRequest,
) {
  const answer = await fetch(desk.url + address, {
    ...{ headers: { ...heads, accept }, redirect },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  });
  return { answer, text: await answer.text() };
}

test("the table has every page, route and action of the build, and no other", () => {
  const addresses = [...PAGES, ...ROUTES, ...ASK].map(({ name }) => name);
  const others = [...FRAMEWORK, SIGN_IN_ROUTE, WEBHOOK_ROUTE];
  expect([...addresses, ...others].sort()).toEqual(builtAddresses().sort());
  expect(ACTIONS.map(({ name }) => name).sort()).toEqual([...builtActions().keys()].sort());
});

test("a callback is accepted by its signature alone, and no session replaces it", async ({
  desk,
}) => {
  const query = "SdkAppid=1400000001&CallbackCommand=OfficialAccount.CallbackAfterSendMsg";
  for (const { name, heads } of await visitors(desk)) {
    const address = `${desk.url}/api/webhooks/demo?${query}`;
    const answer = await fetch(address, { method: "POST", headers: heads, body: "{}" });
    expect([answer.status, await answer.text()], name).toEqual([403, ""]);
  }
});

test("only the routes of the sign-in library that signing in needs are served", async ({
  desk,
}) => {
  for (const name of ["verify-request", "error", "_log", "new-user", "", "no-such-thing"]) {
    for (const method of ["GET", "POST"]) {
      const answer = await fetch(`${desk.url}/api/auth/${name}`, {
        method,
        ...(method === "POST" && { body: new URLSearchParams() }),
        redirect: "manual",
      });
      expect(answer.status, `${method} ${name}`).toBe(name === "" ? 308 : 404);
    }
  }
});

test("every page, route and action answers the roles of the policy, and nobody else", async ({
  openDesk,
  apps,
  gateway,
  emulator,
}) => {
  test.slow();
  const desk = await openDesk(apps, gateway.url);
  for (const visitor of await visitors(desk)) {
    const calls = emulator.calls.length;
    let opened = 0;
    for (const page of PAGES) opened += Number(await tryPage(desk, page, visitor));
    for (const route of ROUTES) opened += Number(await tryRoute(desk, route, visitor));
    for (const ask of ASK) opened += Number(await tryAsking(desk, ask, visitor));
    for (const action of ACTIONS) opened += Number(await tryAction(desk, action, visitor));
    const expected = [...PAGES, ...ROUTES, ...ASK, ...ACTIONS].filter((entry) =>
      mayOpen(entry, visitor),
    );
    if (!visitor.isForeign) expect(opened, visitor.name).toBe(expected.length);
    if (visitor.role === null) expect(emulator.calls.length, visitor.name).toBe(calls);
  }
});

const HTML: PageRequest = { accept: "text/html", redirect: "follow" };
const DATA: PageRequest = { accept: "*/*", redirect: "manual" };

/** A page leads nobody to the sign-in page, and is not there for a role that may not see it. */
async function tryPage(desk: Desk, page: AddressAccess, visitor: Visitor): Promise<boolean> {
  const words = `${visitor.name} at ${page.address}`;
  // A link may come from anywhere, so where it stands makes no difference to a page.
  const heads = { ...visitor.heads, "sec-fetch-mode": "navigate" };
  const { answer, text } = await fetchPage(desk, page, { ...visitor, heads }, HTML);
  if (mayOpen(page, visitor)) {
    expect(answer.status, words).toBeLessThan(400);
    return true;
  }
  if (visitor.role === null) {
    expect(text, words).not.toContain("test_mill_subscriber_OA");
    expect(leadsToSignIn(answer, text), words).toBe(true);
  } else {
    expect(answer.status, words).toBe(404);
  }
  return false;
}

/** A page that has begun to stream can redirect only by what it says. */
function leadsToSignIn(answer: Response, text: string): boolean {
  return new URL(answer.url).pathname === "/sign-in" || text.includes("/sign-in?callbackUrl=");
}

async function tryRoute(desk: Desk, route: AddressAccess, visitor: Visitor): Promise<boolean> {
  const words = `${visitor.name} at ${route.address}`;
  const { answer, text } = await fetchPage(desk, route, visitor, DATA);
  const isRefused = visitor.isForeign && route.opens !== "anybody";
  if (mayOpen(route, visitor) && !isRefused) {
    expect(answer.status, `${words}: ${text}`).toBe(200);
    return true;
  }
  expect(text, words).not.toContain("test_mill_subscriber_OA");
  // Without any cookie of a session the way to the sign-in page is shown to who reads pages.
  if (answer.status === 307) expect(answer.headers.get("location"), words).toContain("/sign-in");
  else expect([401, 403], words).toContain(answer.status);
  return false;
}

/** It leads to the link that it has made, or without one to the page, which then shows nothing. */
async function tryAsking(desk: Desk, entry: AddressAccess, visitor: Visitor): Promise<boolean> {
  const words = `${visitor.name} at ${entry.address}`;
  const answer = await fetch(desk.url + entry.address, {
    method: "POST",
    headers: { ...visitor.heads, "sec-fetch-mode": "navigate" },
    body: new URLSearchParams({ subscriber: "107867" }),
    redirect: "manual",
  });
  expect(answer.status, words).toBe(visitor.isForeign ? 403 : 303);
  const hasLink = (answer.headers.get("location") ?? "").includes("link=");
  expect(hasLink, words).toBe(mayOpen(entry, visitor) && !visitor.isForeign);
  return hasLink;
}

async function tryAction(desk: Desk, entry: ActionAccess, visitor: Visitor): Promise<boolean> {
  const words = `${visitor.name} with ${entry.name}`;
  const answer = await callByHand(desk, entry, visitor.heads);
  const text = await answer.text();
  const refusal = /"code":"(signedOut|notAllowed|wrongOrigin)"/.exec(text)?.[1];
  if (mayOpen(entry, visitor) && !visitor.isForeign) {
    expect(answer.status, words).toBe(200);
    expect(refusal, `${words}: ${text}`).toBeUndefined();
    return true;
  }
  expect(text, words).not.toContain("test_mill_subscriber_OA");
  expect(text, words).not.toContain('"ok":true');
  // The framework itself refuses an origin that is none.
  if (answer.status >= 400 || isNo(text)) return false;
  const mayBut = visitor.isForeign ? "wrongOrigin" : "notAllowed";
  expect(refusal, `${words}: ${text}`).toBe(visitor.role === null ? "signedOut" : mayBut);
  return false;
}

/** The answer of an action that gives a mere yes or no. */
function isNo(text: string): boolean {
  return /^1:false$/m.test(text);
}
