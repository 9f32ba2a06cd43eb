import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import type { AuthOptions } from "next-auth";
import { decode } from "next-auth/jwt";
import { AuditTrail } from "@/lib/audit/trail";
import { store } from "@/lib/db/store";
import type { Env } from "@/lib/env";
import type { Oidc } from "@/lib/env-oidc";
import { isWorthARow } from "@/lib/limits";
import { logLine } from "@/lib/log";
import { type WaysIn, waysInOf } from "@/lib/people/ways-in";
import { requestFacts } from "@/lib/request-facts";
import type { User } from "./accounts";
import { sessionCookieName, signInCookies } from "./cookies";
import { type OidcClaims, oidcProvider } from "./oidc";
import { admitOidcPerson } from "./oidc-account";
import { discover, type OidcEndpoints } from "./oidc-discovery";
import { problemOf, problemOfCode, problemOfExchange, reasonWithoutTokens } from "./oidc-error";
import { readPerson } from "./oidc-person";
import { isRefusal, type SsoProblem } from "./oidc-problem";
import { refusedAccountCookie } from "./oidc-refused-account";

/** The sign-in library, which answers the request it was given under these options. */
type Library = (options: AuthOptions) => Promise<Response>;

type Desk = { readonly env: Env; readonly oidc: Oidc; readonly options: AuthOptions };

/** Where a sign-in has got to. */
type Attempt = {
  user: User | null;
  problem: SsoProblem | null;
  /** What the person is called who was refused. */
  account: string | null;
};

/** The answer to a request about the identity provider, by what the address says is to be done. */
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
 * Begins a sign-in with the identity provider: the answer is `{url}` of the provider's page, or
 * `{problem}` when there is none to go to.
 */
async function begin(request: NextRequest, desk: Desk, library: Library): Promise<Response> {
  // The library would pass it on to the provider, and let it change what is asked there.
  if (request.nextUrl.search !== "") return new Response(null, { status: 400 });
  try {
    const endpoints = await discover(desk.oidc, new Date());
    const response = await library(withProvider(desk, endpoints, noAttempt()));
    const { url } = await response.clone().json();
    if (String(url).startsWith(endpoints.authorization)) return response;
    throw new Error("the sign-in library did not lead to the provider");
  } catch (error) {
    log(error);
    return Response.json({ problem: problemOf(error) }, { status: 503 });
  }
}

/**
 * Ends a sign-in that the provider sends back: with a session, at the address it was begun from, or on
 * the sign-in page with the name of the problem. Either is in the audit before the answer leaves.
 */
async function end(request: NextRequest, desk: Desk, library: Library): Promise<Response> {
  const attempt = noAttempt();
  // Who did not begin here, or long ago, has nothing to do with anybody's sign-in.
  if (!(await isOurs(request, desk))) return backToSignIn(request, desk, "expired", attempt);
  try {
    const response = await exchange(request, desk, library, attempt);
    if (response !== null && opensSession(response, desk)) return response;
  } catch (error) {
    log(error);
    attempt.problem ??= problemOf(error);
  }
  const problem = attempt.problem ?? "failed";
  await record(problem, attempt).catch(log);
  return backToSignIn(request, desk, problem, attempt);
}

async function exchange(
  request: NextRequest,
  desk: Desk,
  library: Library,
  attempt: Attempt,
): Promise<Response | null> {
  const refused = request.nextUrl.searchParams.get("error");
  if (refused !== null) {
    attempt.problem = problemOfCode(refused);
    return null;
  }
  const endpoints = await discover(desk.oidc, new Date());
  return library(withProvider(desk, endpoints, attempt));
}

function withProvider(
  { env, oidc, options }: Desk,
  endpoints: OidcEndpoints,
  attempt: Attempt,
): AuthOptions {
  const onFailure = (error: unknown) => {
    log(error);
    attempt.problem = problemOfExchange(error);
  };
  return {
    ...options,
    providers: [oidcProvider(oidc, endpoints, onFailure)],
    callbacks: {
      ...options.callbacks,
      signIn: async ({ user, profile = {} }) => {
        await admit(profile as OidcClaims, oidc, waysInOf(env), attempt).catch(log);
        // From here on the person is the account, whatever the provider calls it.
        Object.assign(user, attempt.user);
        return attempt.user !== null;
      },
    },
  };
}

async function admit(
  claims: OidcClaims,
  oidc: Oidc,
  ways: WaysIn,
  attempt: Attempt,
): Promise<void> {
  const person = readPerson(claims, oidc);
  if (!person.ok) {
    attempt.problem = person.failure.problem;
    attempt.account = person.failure.account;
    return;
  }
  attempt.account = person.value.email;
  const admitted = await admitOidcPerson(await store(), person.value, ways);
  if (admitted.ok) attempt.user = admitted.value;
  else attempt.problem = admitted.failure;
}

// A link from elsewhere could otherwise bring somebody into a session that is not theirs.
async function isOurs(request: NextRequest, { env }: Desk): Promise<boolean> {
  const { name } = signInCookies(env.appUrl).state;
  try {
    const token = request.cookies.get(name)?.value;
    const state = await decode({ token, secret: env.authSecret.reveal(), salt: name });
    return state !== null && state.value === request.nextUrl.searchParams.get("state");
  } catch {
    return false;
  }
}

function opensSession(response: Response, { env }: Desk): boolean {
  const name = sessionCookieName(env.appUrl);
  return response.headers
    .getSetCookie()
    .some((cookie) => cookie.startsWith(`${name}=`) && !cookie.startsWith(`${name}=;`));
}

async function record(problem: SsoProblem, { account }: Attempt): Promise<void> {
  const facts = await requestFacts();
  if (!(await isWorthARow(facts.address, new Date()))) return;
  const outcome = isRefusal(problem) ? "refused" : "failed";
  await new AuditTrail("signIn", facts, null).end({ outcome, code: problem, target: account });
}

async function backToSignIn(
  request: NextRequest,
  { env }: Desk,
  problem: SsoProblem,
  { account }: Attempt,
): Promise<Response> {
  const { callbackUrl, state, nonce, pkceCodeVerifier } = signInCookies(env.appUrl);
  const address = new URL("/sign-in", env.appUrl);
  address.searchParams.set("sso", problem);
  const asked = request.cookies.get(callbackUrl.name)?.value ?? "";
  if (URL.canParse(asked) && new URL(asked).origin === env.appUrl.origin) {
    const { pathname, search, hash } = new URL(asked);
    address.searchParams.set("callbackUrl", pathname + search + hash);
  }
  const response = NextResponse.redirect(address, 303);
  for (const { name, options } of [state, nonce, pkceCodeVerifier]) {
    response.cookies.set(name, "", { ...options, maxAge: 0 });
  }
  if (account !== null) response.cookies.set(await refusedAccountCookie(account, env));
  return response;
}

function noAttempt(): Attempt {
  return { user: null, problem: null, account: null };
}

function log(error: unknown): void {
  logLine("sign-in", reasonWithoutTokens(error));
}
