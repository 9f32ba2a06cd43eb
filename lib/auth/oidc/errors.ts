import { reasonOf } from "@/lib/log";
import type { SsoProblem } from "./sso";

/** A sign-in that cannot continue. The message is for the log and holds no token. */
export class OidcError extends Error {
  override readonly name = "OidcError";

  constructor(
    readonly problem: SsoProblem,
    message: string,
  ) {
    super(message);
  }
}

/** Returns the problem to show to the person. */
export function problemOf(error: unknown): SsoProblem {
  return error instanceof OidcError ? error.problem : "failed";
}

/** Returns the problem to show after a failed code exchange or UserInfo request. */
export function problemOfExchange(error: unknown): SsoProblem {
  if (error instanceof OidcError) return error.problem;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === "OPError") return problemOfAnswer(error);
  if (has(error, "code") || message.startsWith("outgoing request timed out")) return "unreachable";
  return message.startsWith("state ") ? "expired" : "untrusted";
}

const ISSUERS = /^unexpected iss value, expected \S{1,200}, got: https?:\S{1,200}$/;

/** Returns the reason for the log, without tokens, codes and nonces. */
export function reasonWithoutTokens(error: unknown): string {
  // Our own messages hold no secrets and name addresses in full.
  if (error instanceof OidcError) return error.message;
  // Both issuers are named: they may differ by a slash only.
  if (error instanceof Error && ISSUERS.test(error.message)) return error.message;
  // A provider's description may repeat what it received.
  const said = has(error, "error") ? String(error.error) : reasonOf(error);
  return said.replace(/[\w~+=-]{24,}/g, "…");
}

/** Maps an error code of OAuth 2.0 to a problem. */
export function problemOfCode(code: string): SsoProblem {
  if (code === "access_denied") return "declined";
  if (code === "invalid_grant") return "expired";
  return code === "temporarily_unavailable" || code === "server_error" ? "unreachable" : "failed";
}

function problemOfAnswer(error: unknown): SsoProblem {
  const status =
    has(error, "response") && has(error.response, "statusCode") ? error.response.statusCode : 0;
  if (Number(status) >= 500) return "unreachable";
  return problemOfCode(has(error, "error") ? String(error.error) : "");
}

function has<Name extends string>(value: unknown, name: Name): value is Record<Name, unknown> {
  return typeof value === "object" && value !== null && name in value;
}
