import * as openid from "openid-client";
import { z } from "zod";
import type { Oidc } from "@/lib/env-services";
import { logLine } from "@/lib/log";
import type { AttemptSecrets } from "./attempts";
import { type Claims, mergeClaims, needsUserInfo, readPerson } from "./claims";
import { exchangeError, OidcError } from "./errors";

/** Seconds for one request to the provider, including the body of the answer. */
const PROVIDER_TIMEOUT_SECONDS = 5;

const LONGEST_ANSWER_BYTES = 1024 * 1024;

const DISCOVERY_MS = 10 * 60_000;

const CLOCK_TOLERANCE_SECONDS = 10;

/** Seconds by which the issue time of an ID token may differ from now. */
const LONGEST_TOKEN_AGE_SECONDS = 10 * 60;

// A symmetric signature could come from anyone with the client secret, and "none" proves nothing.
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "RS384", "PS384", "ES384"];

const BASIC = "client_secret_basic";

type Document = openid.ServerMetadata & z.output<ReturnType<typeof checksFor>>;

const known = new Map<string, { readonly found: Promise<Document>; readonly until: number }>();

/**
 * Returns the client of the provider, by a discovery document that is at most ten minutes old. Throws
 * an OidcError if the provider does not answer or answers for another issuer.
 */
export async function discover(oidc: Oidc, now: Date): Promise<openid.Configuration> {
  const { issuer, clientId, clientSecret } = oidc;
  let last = known.get(issuer);
  if (last === undefined || last.until <= now.getTime()) {
    last = { found: load(oidc), until: now.getTime() + DISCOVERY_MS };
    known.set(issuer, last);
    // A failure is not cached: the next sign-in tries again.
    last.found.catch(() => known.delete(issuer));
  }
  const document = await last.found;
  const isBasic = document.token_endpoint_auth_methods_supported.includes(BASIC);
  const authenticate = isBasic ? openid.ClientSecretBasic : openid.ClientSecretPost;
  const client = new openid.Configuration(
    document,
    clientId,
    { [openid.clockTolerance]: CLOCK_TOLERANCE_SECONDS },
    authenticate(clientSecret.reveal()),
  );
  const { timeout, execute, [openid.customFetch]: limited } = optionsFor(issuer);
  client.timeout = timeout;
  client[openid.customFetch] = limited;
  // Checks the signature of ID tokens.
  openid.enableNonRepudiationChecks(client);
  for (const extend of execute) extend(client);
  return client;
}

async function load({ issuer, clientId }: Oidc): Promise<Document> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const options = optionsFor(issuer);
  const document = await openid
    .discovery(new URL(address), clientId, undefined, undefined, options)
    .then((client): openid.ServerMetadata => ({ ...client.serverMetadata() }))
    .catch((error: unknown) => {
      throw new OidcError("unreachable", `${address}: ${exchangeError(error).message}`);
    });
  if (document.issuer !== issuer) {
    throw new OidcError(
      "untrusted",
      `OIDC_ISSUER is "${issuer}", but the provider calls itself "${document.issuer}": set OIDC_ISSUER to exactly that, with or without the slash at the end`,
    );
  }
  const parsed = checksFor(issuer).safeParse(document);
  if (parsed.success) return { ...document, ...parsed.data };
  const wrong = parsed.error.issues.map(({ path }) => path.join("."));
  throw new OidcError("untrusted", `the discovery document of ${issuer} is wrong in ${wrong}`);
}

function checksFor(issuer: string) {
  const endpoint = z.url({ protocol: issuer.startsWith("http:") ? /^https?$/ : /^https$/ });
  return z.object({
    authorization_endpoint: endpoint,
    token_endpoint: endpoint,
    jwks_uri: endpoint,
    userinfo_endpoint: endpoint.exactOptional(),
    end_session_endpoint: endpoint.exactOptional(),
    id_token_signing_alg_values_supported: z
      .array(z.string())
      .default(["RS256"])
      .transform((offered) => ALGORITHMS.filter((algorithm) => offered.includes(algorithm)))
      .pipe(z.array(z.string()).min(1)),
    token_endpoint_auth_methods_supported: z.array(z.string()).default([BASIC]),
  });
}

function optionsFor(issuer: string) {
  return {
    timeout: PROVIDER_TIMEOUT_SECONDS,
    execute: issuer.startsWith("http:") ? [openid.allowInsecureRequests] : [],
    [openid.customFetch]: fetchLimited,
  };
}

async function fetchLimited(url: string, options: openid.CustomFetchOptions): Promise<Response> {
  const init = { ...options, redirect: "manual", cache: "no-store" } as RequestInit;
  const response = await fetch(url, init);
  let received = 0;
  const limit = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      received += chunk.length;
      if (received <= LONGEST_ANSWER_BYTES) return controller.enqueue(chunk);
      const reason = `the provider's answer is longer than ${LONGEST_ANSWER_BYTES} bytes`;
      controller.error(new OidcError("unreachable", reason));
    },
  });
  return new Response(response.body?.pipeThrough(limit), response);
}

/**
 * Exchanges the code in the address of a callback for the claims of a person. Throws an OidcError if
 * the provider refuses or is not to be trusted.
 */
export async function exchangeCode(
  oidc: Oidc,
  address: URL,
  { state, nonce, codeVerifier }: AttemptSecrets,
): Promise<{ readonly claims: Claims; readonly idToken: string | null }> {
  const client = await discover(oidc, new Date());
  try {
    const tokens = await openid.authorizationCodeGrant(client, address, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: codeVerifier,
    });
    const claims = tokens.claims();
    if (claims === undefined) throw new OidcError("untrusted", "there is no ID token");
    requireRecent(claims.iat, new Date());
    const completed = await completeClaims(client, claims, tokens.access_token, oidc);
    return { claims: completed, idToken: tokens.id_token ?? null };
  } catch (error) {
    throw exchangeError(error);
  }
}

function requireRecent(issuedAt: number, now: Date): void {
  const age = Math.round(now.getTime() / 1000 - issuedAt);
  if (Math.abs(age) <= LONGEST_TOKEN_AGE_SECONDS) return;
  throw new OidcError(
    "untrusted",
    `the ID token was issued ${age} seconds ago (iat), and ${LONGEST_TOKEN_AGE_SECONDS} is the limit: compare the clocks`,
  );
}

// UserInfo is requested only for claims that the ID token lacks. Its failure ends the sign-in only
// if a required claim is missing.
async function completeClaims(
  client: openid.Configuration,
  claims: openid.IDToken,
  accessToken: string,
  oidc: Oidc,
): Promise<Claims> {
  const hasUserInfo = client.serverMetadata().userinfo_endpoint !== undefined;
  if (!hasUserInfo || !needsUserInfo(claims, oidc)) return claims;
  try {
    return mergeClaims(claims, await openid.fetchUserInfo(client, accessToken, claims.sub), oidc);
  } catch (error) {
    if (!readPerson(claims, oidc).ok) throw error;
    const { message } = exchangeError(error);
    logLine("sign-in", `UserInfo failed: ${message}`, { level: "warning" });
    return claims;
  }
}

/** Returns the address of the provider's sign-out, which leads back to `returnTo`, or null. */
export async function signOutAddress(
  oidc: Oidc,
  idToken: string | null,
  returnTo: URL,
): Promise<URL | null> {
  const client = await discover(oidc, new Date());
  if (client.serverMetadata().end_session_endpoint === undefined) return null;
  return openid.buildEndSessionUrl(client, {
    ...(idToken !== null && { id_token_hint: idToken }),
    post_logout_redirect_uri: returnTo.href,
  });
}
