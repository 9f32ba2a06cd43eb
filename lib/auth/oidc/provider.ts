import { Agent, type AgentOptions } from "node:http";
import { Agent as SecureAgent } from "node:https";
import type { Duplex } from "node:stream";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { type BaseClient, custom, Issuer, type TokenSet } from "openid-client";
import { z } from "zod";
import type { Oidc } from "@/lib/env-services";
import { logLine, reasonOf } from "@/lib/log";
import type { AttemptSecrets } from "./attempts";
import { type Claims, mergeClaims, needsUserInfo, readPerson } from "./claims";
import { OidcError, reasonWithoutTokens } from "./errors";

/** Milliseconds for one request to the provider, including the body. */
const PROVIDER_TIMEOUT_MS = 5000;
/** Bytes of one answer of the provider, including the headers. */
const LONGEST_ANSWER_BYTES = 1024 * 1024;

const DISCOVERY_MS = 10 * 60_000;

// A symmetric signature could come from anyone with the client secret, and "none" proves nothing.
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "RS384", "PS384", "ES384"];

/** The provider's endpoints and signatures, from its discovery document. */
export type OidcEndpoints = z.output<ReturnType<typeof documentOf>>;

const known = new Map<string, { readonly found: Promise<OidcEndpoints>; readonly until: number }>();

/**
 * Returns the provider's discovery document, at most ten minutes old. Throws an OidcError if the
 * provider does not answer or answers for another issuer.
 */
export async function discover({ issuer }: Oidc, now: Date): Promise<OidcEndpoints> {
  const last = known.get(issuer);
  if (last !== undefined && last.until > now.getTime()) return last.found;
  const found = load(issuer).then((document) => readDocument(document, issuer));
  known.set(issuer, { found, until: now.getTime() + DISCOVERY_MS });
  // A failure is not cached: the next sign-in tries again.
  found.catch(() => known.delete(issuer));
  return found;
}

async function load(issuer: string): Promise<unknown> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  try {
    return (await Issuer.discover(address)).metadata;
  } catch (error) {
    throw new OidcError("unreachable", `${address}: ${reasonOf(error)}`);
  }
}

const BASIC = "client_secret_basic" as const;

const algorithms = z
  .array(z.string())
  .default(["RS256"])
  .transform((offered, context) => {
    const accepted = ALGORITHMS.filter((algorithm) => offered.includes(algorithm));
    if (accepted.length > 0) return accepted;
    context.addIssue("none is asymmetric");
    return z.NEVER;
  });

function readDocument(document: unknown, issuer: string): OidcEndpoints {
  const named = z.object({ issuer: z.string() }).safeParse(document);
  if (named.success && named.data.issuer !== issuer) {
    throw new OidcError(
      "untrusted",
      `OIDC_ISSUER is "${issuer}", but the provider calls itself "${named.data.issuer}": set OIDC_ISSUER to exactly that, with or without the slash at the end`,
    );
  }
  const parsed = documentOf(issuer).safeParse(document);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path }) => path.join(".") || "all");
  throw new OidcError("untrusted", `the discovery document of ${issuer} is wrong in ${wrong}`);
}

function documentOf(issuer: string) {
  const endpoint = z.string().refine((value) => isEndpoint(value, issuer));
  return z
    .object({
      issuer: z.literal(issuer),
      authorization_endpoint: endpoint,
      token_endpoint: endpoint,
      jwks_uri: endpoint,
      userinfo_endpoint: endpoint.optional(),
      end_session_endpoint: endpoint.optional(),
      id_token_signing_alg_values_supported: algorithms,
      token_endpoint_auth_methods_supported: z.array(z.string()),
    })
    .transform((document) => ({
      authorization: document.authorization_endpoint,
      token: document.token_endpoint,
      keys: document.jwks_uri,
      userInfo: document.userinfo_endpoint ?? null,
      /** Null if the provider has no sign-out. */
      endSession: document.end_session_endpoint ?? null,
      /** The asymmetric ones that the provider announces for ID tokens. */
      signingAlgorithms: document.id_token_signing_alg_values_supported,
      clientAuthentication: document.token_endpoint_auth_methods_supported.includes(BASIC)
        ? BASIC
        : ("client_secret_post" as const),
    }));
}

function isEndpoint(value: string, issuer: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol } = new URL(value);
  return protocol === "https:" || (protocol === "http:" && issuer.startsWith("http:"));
}

const plainAgent = limited(new Agent());
const secureAgent = limited(new SecureAgent());

/** Returns the options of every request to the provider, for openid-client. */
function httpOptions(url: URL) {
  const agent = url.protocol === "https:" ? secureAgent : plainAgent;
  return { agent, timeout: PROVIDER_TIMEOUT_MS };
}

Issuer[custom.http_options] = httpOptions;

// openid-client limits neither the size of an answer nor the time for its body. Each connection
// carries one request, so the limit of the connection is the limit of the answer.
function limited<Kind extends Agent>(agent: Kind): Kind {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (
    options: AgentOptions,
    done?: (error: Error | null, socket: Duplex) => void,
  ) => {
    const socket = connect(options, done);
    if (!socket) throw new Error("A connection is returned.");
    const end = (reason: string) => {
      logLine("sign-in", `the provider's answer ${reason}`);
      socket.destroy(new Error(`the provider's answer ${reason}`));
    };
    let received = 0;
    socket.on("data", (chunk: Buffer) => {
      received += chunk.length;
      if (received > LONGEST_ANSWER_BYTES) end(`is longer than ${LONGEST_ANSWER_BYTES} bytes`);
    });
    const timer = setTimeout(
      end,
      PROVIDER_TIMEOUT_MS,
      `took longer than ${PROVIDER_TIMEOUT_MS} ms`,
    );
    socket.once("close", () => clearTimeout(timer));
    return socket;
  };
  return agent;
}

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
