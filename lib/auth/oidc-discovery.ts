import { z } from "zod";
import type { Oidc } from "@/lib/env-oidc";
import { reasonOf } from "@/lib/log";
import { OidcError } from "./oidc-error";

/** How long the desk waits for the provider, in milliseconds. */
export const PROVIDER_TIMEOUT_MS = 5000;

const KNOWN_MS = 10 * 60_000;

/** Where the identity provider answers, and how it signs. */
export type OidcEndpoints = {
  readonly authorization: string;
  readonly token: string;
  readonly keys: string;
  /** Null when people cannot be signed out there. */
  readonly endSession: string | null;
  readonly signingAlgorithm: string;
  readonly clientAuthentication: "client_secret_basic" | "client_secret_post";
};

const known = new Map<string, { readonly found: Promise<OidcEndpoints>; readonly until: number }>();

/**
 * What the provider says of itself, at most ten minutes old. Nothing else tells the desk where to
 * call. Throws an OidcError when it does not answer, or answers for another issuer.
 */
export async function discover({ issuer }: Oidc, now: Date): Promise<OidcEndpoints> {
  const last = known.get(issuer);
  if (last !== undefined && last.until > now.getTime()) return last.found;
  const found = load(issuer).then((document) => read(document, issuer));
  known.set(issuer, { found, until: now.getTime() + KNOWN_MS });
  // The next person asks again.
  found.catch(() => known.delete(issuer));
  return found;
}

async function load(issuer: string): Promise<unknown> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  try {
    const response = await fetch(address, {
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(PROVIDER_TIMEOUT_MS),
    });
    if (!response.ok) throw new Error(`it answered ${response.status}`);
    return await response.json();
  } catch (error) {
    throw new OidcError("unreachable", `${address}: ${reasonOf(error)}`);
  }
}

function read(document: unknown, issuer: string): OidcEndpoints {
  const parsed = discoveryOf(issuer).safeParse(document);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path }) => path.join(".") || "all");
  throw new OidcError("untrusted", `the discovery document of ${issuer} is wrong in ${wrong}`);
}

// A signature that anybody with the client's secret, or nobody, could have made proves nothing.
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA", "RS384", "PS384", "ES384"];

const algorithms = z
  .array(z.string())
  .default(["RS256"])
  .transform((offered, context) => {
    const chosen = ALGORITHMS.find((algorithm) => offered.includes(algorithm));
    if (chosen !== undefined) return chosen;
    context.addIssue("none is asymmetric");
    return z.NEVER;
  });

function discoveryOf(issuer: string) {
  const endpoint = z.string().refine((value) => isEndpoint(value, issuer));
  return z
    .object({
      issuer: z.literal(issuer),
      authorization_endpoint: endpoint,
      token_endpoint: endpoint,
      jwks_uri: endpoint,
      end_session_endpoint: endpoint.optional(),
      id_token_signing_alg_values_supported: algorithms,
      token_endpoint_auth_methods_supported: z.array(z.string()).default(["client_secret_basic"]),
    })
    .transform(
      (document): OidcEndpoints => ({
        authorization: document.authorization_endpoint,
        token: document.token_endpoint,
        keys: document.jwks_uri,
        endSession: document.end_session_endpoint ?? null,
        signingAlgorithm: document.id_token_signing_alg_values_supported,
        clientAuthentication: document.token_endpoint_auth_methods_supported.includes(
          "client_secret_basic",
        )
          ? "client_secret_basic"
          : "client_secret_post",
      }),
    );
}

function isEndpoint(value: string, issuer: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol } = new URL(value);
  return protocol === "https:" || (protocol === "http:" && issuer.startsWith("http:"));
}
