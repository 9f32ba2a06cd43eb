import { AuthorizationResponseError, ClientError, ResponseBodyError } from "openid-client";
import { reasonOf } from "@/lib/log";
import type { SsoProblem } from "./sso";

/** A sign-in that cannot continue. The message is for the log and holds no token. */
export class OidcError extends Error {
  override readonly name = "OidcError";

  /** @param account the person's address or name, if the provider sent one */
  constructor(
    readonly problem: SsoProblem,
    message: string,
    readonly account: string | null = null,
  ) {
    super(message);
  }
}

/** Returns why a request to the provider failed. Its answer and the library's details hold tokens. */
export function exchangeError(error: unknown): OidcError {
  const cause = innermost(error);
  if (cause instanceof OidcError) return cause;
  return new OidcError(problemOf(error, cause), reasonWithoutTokens(cause));
}

function problemOf(error: unknown, cause: unknown): SsoProblem {
  if (cause instanceof ResponseBodyError || cause instanceof AuthorizationResponseError) {
    return problemOfCode(cause.error);
  }
  if (cause instanceof ClientError && cause.cause instanceof Response) {
    return cause.cause.status >= 500 ? "unreachable" : "failed";
  }
  if (error instanceof ClientError && error.code === "OAUTH_TIMEOUT") return "unreachable";
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  return /^(E[A-Z]+|UND_ERR)/.test(code) ? "unreachable" : "untrusted";
}

/** Maps an error code of OAuth 2.0 to a problem. */
function problemOfCode(code: string): SsoProblem {
  if (code === "access_denied") return "declined";
  if (code === "invalid_grant") return "expired";
  return code === "temporarily_unavailable" || code === "server_error" ? "unreachable" : "failed";
}

function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? innermost(error.cause) : error;
}

function reasonWithoutTokens(error: unknown): string {
  // A provider's description may repeat what it received.
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError) {
    return withoutTokens(error.error);
  }
  // Messages of the library name claims. Their causes hold the values.
  const isOfLibrary = error instanceof Error && "code" in error && /^OAUTH_/.test(`${error.code}`);
  return isOfLibrary
    ? withoutTokens(error.message) + issuersOf(error)
    : withoutTokens(reasonOf(error));
}

/** Returns the issuers of a wrong claim. They may differ by a slash only. */
function issuersOf({ cause }: Error): string {
  const { claim, expected, claims } = Object(cause);
  const isNamed = claim === "iss" && [expected, claims?.iss].every((name) => ISSUER.test(name));
  return isNamed ? `, expected ${expected}, got ${claims.iss}` : "";
}

const ISSUER = /^https?:\S{1,200}$/;

function withoutTokens(text: string): string {
  return text.replace(/[\w~+=-]{24,}/g, "…");
}
