import { reasonOf } from "@/lib/log";
import type { SsoProblem } from "./sso";

/** A sign-in that cannot go on. The message is for the log and holds no token. */
export class OidcError extends Error {
  override readonly name = "OidcError";

  constructor(
    readonly problem: SsoProblem,
    message: string,
  ) {
    super(message);
  }
}

/** The problem that the person is told. */
export function problemOf(error: unknown): SsoProblem {
  return error instanceof OidcError ? error.problem : "failed";
}

/** The problem that the person is told after a failed exchange of a code, or a failed UserInfo. */
export function problemOfExchange(error: unknown): SsoProblem {
  if (error instanceof OidcError) return error.problem;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === "OPError") return problemOfAnswer(error);
  if (has(error, "code") || message.startsWith("outgoing request timed out")) return "unreachable";
  return message.startsWith("state ") ? "expired" : "untrusted";
}

const ISSUERS = /^unexpected iss value, expected \S{1,200}, got: https?:\S{1,200}$/;

/** The reason for the log, without anything that could be a token, a code or a nonce. */
export function reasonWithoutTokens(error: unknown): string {
  // Our own messages hold none, and have to name addresses in full.
  if (error instanceof OidcError) return error.message;
  // Both issuers, which may differ by a slash alone.
  if (error instanceof Error && ISSUERS.test(error.message)) return error.message;
  // A provider's own description may repeat what it was sent.
  const said = has(error, "error") ? String(error.error) : reasonOf(error);
  return said.replace(/[\w~+=-]{24,}/g, "…");
}

/** The problem of an error code of OAuth 2.0. */
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
