import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import type { AuthOptions } from "next-auth";
import { encode } from "next-auth/jwt";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { AuditTrail } from "@/lib/audit/record";
import { database } from "@/lib/db/database";
import type { Env } from "@/lib/env";
import type { Oidc } from "@/lib/env-services";
import { isWorthARow, waitPerMinute } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request";
import { logLine, reasonOf } from "@/lib/log";
import { cookieName, cookieOptions } from "../cookies";
import { currentUser } from "../current-user";
import { beginSession } from "../session-lifecycle";
import type { SessionToken } from "../sessions";
import { admit, refusedAccountCookie } from "./admission";
import {
  type AttemptSecrets,
  addAttempt,
  BROWSER_SECONDS,
  randomToken,
  readLinkTicket,
  secretsOf,
  takeAttempt,
} from "./attempts";
import { OidcError } from "./errors";
import { discover, exchangeCode, signOutAddress } from "./provider";
import { callbackPath, isRefusal, type SsoProblem } from "./sso";

/** next-auth, which answers the request with these options. */
type Library = (options: AuthOptions) => Promise<Response>;

type Desk = { readonly env: Env; readonly oidc: Oidc; readonly options: AuthOptions };

// Many people may work behind one address.
const SIGN_INS_PER_MINUTE = 60;

const BROWSER = /^[\w-]{43}$/;

/** Answers a request of `signin/oidc` or `callback/oidc`. */
export async function answerOidc(
  action: string | undefined,
  request: NextRequest,
  desk: Desk,
  library: Library,
): Promise<Response> {
  if (action === "signin" && request.method === "POST") return begin(request, desk, library);
  if (action === "callback" && request.method === "GET") return end(request, desk);
  return new Response(null, { status: 404 });
}

/**
 * Starts a sign-in: answers `{url}` of the provider's page or `{problem}`. A state works once, so
 * this limit also covers the requests to the token endpoint.
 */
async function begin(request: NextRequest, desk: Desk, library: Library): Promise<Response> {
  // next-auth would pass parameters on to the provider.
  if (request.nextUrl.search !== "") return new Response(null, { status: 400 });
  const { env, oidc } = desk;
  const now = new Date();
  try {
    const subject = `oidc:address:${(await requestFacts()).address}`;
    if ((await waitPerMinute(subject, SIGN_INS_PER_MINUTE, now)) !== null) {
      return Response.json({ problem: "tooMany" }, { status: 429 });
    }
    const form = await request.clone().formData();
    const ticket = form.get("link");
    const accountId = ticket === null ? null : await linkedBy(ticket, env, now);
    if (ticket !== null && accountId === null) throw new Error("The link ticket is not valid.");

    const page = (await discover(oidc, now)).serverMetadata().authorization_endpoint ?? "";
    const attempt = secretsOf(randomToken(), env.authSecret);
    const answer = await library(leadingTo(page, attempt, desk));
    const { url } = await answer.clone().json();
    if (!String(url).startsWith(page)) throw new Error("next-auth did not lead to the provider");
    const browser = browserOf(request, env) ?? randomToken();
    const returnTo = callbackPath(form.get("callbackUrl")?.toString());
    await addAttempt(await database(), attempt.state, { browser, returnTo, accountId }, now);
    const response = NextResponse.json({ url }, { headers: answer.headers });
    response.cookies.set(cookieName("sign-in", env.appUrl), browser, {
      ...cookieOptions(env.appUrl),
      maxAge: BROWSER_SECONDS,
    });
    return response;
  } catch (error) {
    log(error);
    return Response.json({ problem: problemOf(error) }, { status: 503 });
  }
}

async function linkedBy(ticket: unknown, { authSecret }: Env, now: Date): Promise<string | null> {
  const user = await currentUser();
  return user && readLinkTicket(String(ticket), user, authSecret, now) ? user.id : null;
}

/** The options with which next-auth checks the form's token and leads to the provider's page. */
function leadingTo(
  page: string,
  { state, nonce, codeChallenge }: AttemptSecrets,
  { oidc, options }: Desk,
): AuthOptions {
  const { clientId, name, scopes } = oidc;
  const params = {
    scope: ["openid", "email", "profile", ...scopes].join(" "),
    ...{ state, nonce, code_challenge: codeChallenge, code_challenge_method: "S256" },
  };
  const provider: OAuthConfig<unknown> = {
    ...{ id: "oidc", type: "oauth", name, clientId },
    authorization: { url: page, params },
    // The server stores the state: cookies would tie all tabs to one attempt.
    checks: ["none"],
    profile: () => ({ id: "unknown" }),
  };
  // The server stores the path too: a cookie holds 4,096 bytes.
  const callbacks = {
    ...options.callbacks,
    redirect: ({ baseUrl }: { baseUrl: string }) => baseUrl,
  };
  return { ...options, providers: [provider], callbacks };
}

/**
 * Ends a sign-in that the provider sends back: with a session, at the path where it started, or on
 * the sign-in page with a problem code. The audit row is written before the response is sent.
 */
async function end(request: NextRequest, { env, oidc }: Desk): Promise<Response> {
  const browser = browserOf(request, env);
  const state = request.nextUrl.searchParams.get("state");
  // A state from another browser, a used state or no state starts no session.
  const taken =
    browser !== null && state !== null
      ? await takeAttempt(await database(), state, browser, new Date())
      : null;
  if (taken === null || state === null) return refuse(env, "expired", null);
  const { returnTo, accountId, isExpired } = taken;
  const back = accountId === null ? returnTo : null;
  if (isExpired) return refuse(env, "expired", null, back);
  try {
    if (accountId !== null && (await currentUser())?.id !== accountId) {
      throw new OidcError("expired", "the session that linked its account has ended");
    }
    // With the address that the provider knows.
    const address = new URL(`/api/auth/callback/oidc${request.nextUrl.search}`, env.appUrl);
    const { claims, idToken } = await exchangeCode(oidc, address, secretsOf(state, env.authSecret));
    const user = await admit(claims, { env, oidc }, accountId);
    const session = await beginSession(user.id, { way: "oidc", idToken });
    const response = NextResponse.redirect(new URL(returnTo, env.appUrl), 303);
    response.cookies.set(await sessionCookie(session, env));
    return response;
  } catch (error) {
    log(error);
    const problem = problemOf(error);
    const account = error instanceof OidcError ? error.account : null;
    await record(problem, account).catch(log);
    return refuse(env, problem, account, back);
  }
}

function browserOf(request: NextRequest, { appUrl }: Env): string | null {
  const value = request.cookies.get(cookieName("sign-in", appUrl))?.value ?? "";
  return BROWSER.test(value) ? value : null;
}

/** The session cookie, as next-auth sets it after a sign-in with a password. */
async function sessionCookie(
  { accountId, sessionId }: SessionToken,
  { appUrl, authSecret, sessionHours }: Env,
) {
  const maxAge = sessionHours * 60 * 60;
  const token = { sub: accountId, sid: sessionId };
  const value = await encode({ token, secret: authSecret.reveal(), maxAge });
  return { name: cookieName("session", appUrl), value, ...cookieOptions(appUrl), maxAge };
}

/** Writes a failed sign-in to the audit log. */
async function record(problem: SsoProblem, account: string | null): Promise<void> {
  const facts = await requestFacts();
  if (!(await isWorthARow(facts.address, new Date()))) return;
  const outcome = isRefusal(problem) ? "refused" : "failed";
  await new AuditTrail("signIn", facts, null).end({ outcome, code: problem, target: account });
}

/** Redirects to the page where the sign-in started, with the problem. */
function refuse(
  env: Env,
  problem: SsoProblem,
  account: string | null,
  /** The path to open after the next attempt. Null if a session linked its account. */
  returnTo: string | null = "/",
): Response {
  const address = new URL(returnTo === null ? "/account" : "/sign-in", env.appUrl);
  address.searchParams.set("sso", problem);
  if (returnTo !== null && returnTo !== "/") address.searchParams.set("callbackUrl", returnTo);
  const response = NextResponse.redirect(address, 303);
  if (account !== null) response.cookies.set(refusedAccountCookie(account, env));
  return response;
}

function problemOf(error: unknown): SsoProblem {
  return error instanceof OidcError ? error.problem : "failed";
}

function log(error: unknown): void {
  const isKnown = error instanceof OidcError;
  const level = isKnown && isRefusal(error.problem) ? "warning" : "error";
  // Our own messages hold no secrets and name addresses in full.
  const reason = isKnown ? `${error.problem}: ${error.message}` : reasonOf(error);
  logLine("sign-in", reason, { level });
}

/**
 * Makes a sign-out continue to the provider's sign-out, and from there to the sign-in page.
 * Otherwise the next person at this computer could sign in with a click.
 */
export async function alsoAtProvider(
  response: Response,
  idToken: string | null,
  { oidc, appUrl }: Env,
): Promise<Response> {
  if (oidc === null || !response.ok) return response;
  try {
    const address = await signOutAddress(oidc, idToken, new URL("/sign-in", appUrl));
    if (address === null) return response;
    return Response.json({ url: address.href }, { headers: response.headers });
  } catch (error) {
    // The session here has ended anyway.
    log(error);
    return response;
  }
}
