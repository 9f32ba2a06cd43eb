import type { OAuthConfig } from "next-auth/providers/oauth";
import { type BaseClient, custom, type TokenSet } from "openid-client";
import type { Oidc } from "@/lib/env-services";
import { logLine } from "@/lib/log";
import type { AttemptSecrets } from "./attempts";
import { type Claims, mergeClaims, needsUserInfo, readPerson } from "./claims";
import { httpOptions, type OidcEndpoints } from "./discovery";
import { OidcError, reasonWithoutTokens } from "./errors";

/** Seconds by which the issue time of an ID token may differ from now. */
const LONGEST_TOKEN_AGE_SECONDS = 10 * 60;

/**
 * Returns the provider's configuration for next-auth. State, nonce and code verifier come from the
 * stored attempt. `onFailure` receives the reason if the code exchange or UserInfo fails.
 */
export function oidcProvider(
  oidc: Oidc,
  endpoints: OidcEndpoints,
  attempt: AttemptSecrets,
  onFailure: (error: unknown) => void,
): OAuthConfig<Claims> {
  const report = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work();
    } catch (error) {
      onFailure(error);
      throw error;
    }
  };
  return {
    id: "oidc",
    name: oidc.name,
    type: "oauth",
    issuer: oidc.issuer,
    clientId: oidc.clientId,
    clientSecret: oidc.clientSecret.reveal(),
    client: { token_endpoint_auth_method: endpoints.clientAuthentication },
    authorization: {
      url: endpoints.authorization,
      params: {
        scope: ["openid", "email", "profile", ...oidc.scopes].join(" "),
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: attempt.codeChallenge,
        code_challenge_method: "S256",
      },
    },
    jwks_endpoint: endpoints.keys,
    token: {
      url: endpoints.token,
      request: ({ client, provider, params }) =>
        report(async () => {
          prepare(client, endpoints.signingAlgorithms);
          const { state, nonce, codeVerifier } = attempt;
          const checks = { state, nonce, code_verifier: codeVerifier, response_type: "code" };
          const tokens = await client.callback(provider.callbackUrl, params, checks);
          requireRecent(tokens.claims().iat, new Date());
          return { tokens };
        }),
    },
    userinfo: {
      url: endpoints.userInfo ?? "",
      request: ({ client, tokens }) =>
        report(() => claimsOf(client, tokens as TokenSet, oidc, endpoints)),
    },
    idToken: true,
    // The server stores state, nonce and verifier: cookies would tie all tabs to one attempt.
    checks: ["none"],
    // The account is looked up in the signIn callback.
    profile: () => ({ id: "unknown" }),
  };
}

// UserInfo is requested only for claims that the ID token lacks. Its failure ends the sign-in only
// if a required claim is missing.
async function claimsOf(
  client: BaseClient,
  tokens: TokenSet,
  oidc: Oidc,
  { userInfo }: OidcEndpoints,
): Promise<Claims> {
  const claims: Claims = tokens.claims();
  if (userInfo === null || !needsUserInfo(claims, oidc)) return claims;
  try {
    return mergeClaims(claims, await client.userinfo(tokens), oidc);
  } catch (error) {
    if (!readPerson(claims, oidc).ok) throw error;
    logLine("sign-in", `UserInfo failed: ${reasonWithoutTokens(error)}`, { level: "warning" });
    return claims;
  }
}

type Verifier = BaseClient & {
  validateIdToken(tokens: TokenSet, ...rest: unknown[]): Promise<TokenSet>;
};

// openid-client accepts one algorithm per client, but a provider may use any that it announces.
function prepare(client: BaseClient, algorithms: readonly string[]): void {
  client[custom.http_options] = httpOptions;
  client.issuer[custom.http_options] = httpOptions;
  (client as Verifier).validateIdToken = async (tokens, ...rest) => {
    const used = algorithms.find((algorithm) => algorithm === algorithmOf(tokens.id_token));
    const verifier = new client.issuer.Client({
      ...client.metadata,
      client_id: String(client.metadata.client_id),
      id_token_signed_response_alg: used ?? algorithms[0] ?? "RS256",
    }) as Verifier;
    verifier[custom.clock_tolerance] = client[custom.clock_tolerance];
    return verifier.validateIdToken(tokens, ...rest);
  };
}

function algorithmOf(token: string | undefined): unknown {
  try {
    const [header = ""] = (token ?? "").split(".");
    return JSON.parse(Buffer.from(header, "base64url").toString()).alg;
  } catch {
    // The verifier reports what is wrong with the token.
    return undefined;
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
