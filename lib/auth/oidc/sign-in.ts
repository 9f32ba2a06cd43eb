import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import type { AuthOptions } from "next-auth";
import { database } from "@/lib/db/database";
import type { Env } from "@/lib/env";
import type { Oidc } from "@/lib/env-services";
import { consume } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request";
import { logLine } from "@/lib/log";
import { cookieName, cookieOptions } from "../cookies";
import { currentUser } from "../current-user";
import { admit, noOutcome, type Outcome, record, refusedAccountCookie } from "./admission";
import {
  type AttemptSecrets,
  addAttempt,
  BROWSER_SECONDS,
  randomToken,
  readLinkTicket,
  secretsOf,
  takeAttempt,
} from "./attempts";
import type { Claims } from "./claims";
import { problemOf, problemOfCode, problemOfExchange, reasonWithoutTokens } from "./errors";
import { discover, type OidcEndpoints, oidcProvider } from "./provider";
import { callbackPath, type SsoProblem } from "./sso";

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
  if (action === "callback" && request.method === "GET") return end(request, desk, library);
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
    if (!(await mayBegin(now))) return Response.json({ problem: "tooMany" }, { status: 429 });
    const form = await request.clone().formData();
    const ticket = form.get("link");
    const accountId = ticket === null ? null : await linkedBy(ticket, env, now);
    if (ticket !== null && accountId === null) throw new Error("The link ticket is not valid.");

    const endpoints = await discover(oidc, now);
    const attempt = secretsOf(randomToken(), env.authSecret);
    const answer = await library(withProvider(desk, endpoints, attempt, null, noOutcome()));
    const { url } = await answer.clone().json();
    if (!String(url).startsWith(endpoints.authorization)) {
      throw new Error("next-auth did not lead to the provider");
    }
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

async function mayBegin(now: Date): Promise<boolean> {
  const { address } = await requestFacts();
  const limit = {
    subject: `oidc:address:${address}`,
    limit: SIGN_INS_PER_MINUTE,
    windowSeconds: 60,
  };
  return (await consume(await database(), [limit], now)).allowed;
}

async function linkedBy(ticket: unknown, { authSecret }: Env, now: Date): Promise<string | null> {
  const user = await currentUser();
  return user && readLinkTicket(String(ticket), user, authSecret, now) ? user.id : null;
}

/**
 * Ends a sign-in that the provider sends back: with a session, at the path where it started, or on
 * the sign-in page with a problem code. The audit row is written before the response is sent.
 */
async function end(request: NextRequest, desk: Desk, library: Library): Promise<Response> {
  const outcome = noOutcome();
  const browser = browserOf(request, desk.env);
  const state = request.nextUrl.searchParams.get("state");
  // A state from another browser, a used state or no state starts no session.
  const taken =
    browser !== null && state !== null
      ? await takeAttempt(await database(), state, browser, new Date())
      : null;
  if (taken === null || state === null) return refuse(desk, "expired", outcome, null);
  const { returnTo, accountId, isExpired } = taken;
  const back = { returnTo, isLink: accountId !== null };
  if (isExpired) return refuse(desk, "expired", outcome, back);
  try {
    const attempt = secretsOf(state, desk.env.authSecret);
    const response = await exchange(request, desk, library, attempt, accountId, outcome);
    if (response !== null && opensSession(response, desk)) return leadTo(returnTo, response, desk);
  } catch (error) {
    log(error);
    outcome.problem ??= problemOf(error);
  }
  const problem = outcome.problem ?? "failed";
  await record(problem, outcome).catch(log);
  return refuse(desk, problem, outcome, back);
}

async function exchange(
  request: NextRequest,
  desk: Desk,
  library: Library,
  attempt: AttemptSecrets,
  linkTo: string | null,
  outcome: Outcome,
): Promise<Response | null> {
  const refused = request.nextUrl.searchParams.get("error");
  if (refused !== null) {
    outcome.problem = problemOfCode(refused);
    return null;
  }
  if (linkTo !== null && (await currentUser())?.id !== linkTo) {
    outcome.problem = "expired";
    return null;
  }
  const endpoints = await discover(desk.oidc, new Date());
  return library(withProvider(desk, endpoints, attempt, linkTo, outcome));
}

function withProvider(
  { env, oidc, options }: Desk,
  endpoints: OidcEndpoints,
  attempt: AttemptSecrets,
  linkTo: string | null,
  outcome: Outcome,
): AuthOptions {
  const onFailure = (error: unknown) => {
    log(error);
    outcome.problem = problemOfExchange(error);
  };
  return {
    ...options,
    providers: [oidcProvider(oidc, endpoints, attempt, onFailure)],
    callbacks: {
      ...options.callbacks,
      // The server stores the path: next-auth would use a cookie, which holds 4,096 bytes.
      redirect: ({ baseUrl }) => baseUrl,
      signIn: async ({ user, profile = {} }) => {
        await admit(profile as Claims, { env, oidc }, linkTo, outcome).catch(log);
        // The session belongs to our account, not to the provider's profile.
        Object.assign(user, outcome.user);
        return outcome.user !== null;
      },
    },
  };
}

function browserOf(request: NextRequest, { appUrl }: Env): string | null {
  const value = request.cookies.get(cookieName("sign-in", appUrl))?.value ?? "";
  return BROWSER.test(value) ? value : null;
}

function opensSession(response: Response, { env }: Desk): boolean {
  const name = cookieName("session", env.appUrl);
  return response.headers
    .getSetCookie()
    .some((cookie) => cookie.startsWith(`${name}=`) && !cookie.startsWith(`${name}=;`));
}

function leadTo(path: string, { headers: original }: Response, { env }: Desk): Response {
  const headers = new Headers(original);
  headers.set("location", new URL(path, env.appUrl).href);
  return new Response(null, { status: 303, headers });
}

type Back = { readonly returnTo: string; readonly isLink: boolean };

/** Redirects to the page where the sign-in started, with the problem. */
function refuse(
  { env }: Desk,
  problem: SsoProblem,
  { account }: Outcome,
  back: Back | null,
): Response {
  const address = new URL(back?.isLink ? "/account" : "/sign-in", env.appUrl);
  address.searchParams.set("sso", problem);
  if (back !== null && !back.isLink && back.returnTo !== "/") {
    address.searchParams.set("callbackUrl", back.returnTo);
  }
  const response = NextResponse.redirect(address, 303);
  if (account !== null) response.cookies.set(refusedAccountCookie(account, env));
  return response;
}

function log(error: unknown): void {
  logLine("sign-in", reasonWithoutTokens(error));
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
    const { endSession } = await discover(oidc, new Date());
    if (endSession === null) return response;
    const address = new URL(endSession);
    if (idToken !== null) address.searchParams.set("id_token_hint", idToken);
    address.searchParams.set("client_id", oidc.clientId);
    address.searchParams.set("post_logout_redirect_uri", new URL("/sign-in", appUrl).href);
    return Response.json({ url: address.href }, { headers: response.headers });
  } catch (error) {
    // The session here has ended anyway.
    logLine("sign-in", reasonWithoutTokens(error));
    return response;
  }
}
