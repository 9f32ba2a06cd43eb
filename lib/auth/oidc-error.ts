import { reasonOf } from "@/lib/log";
import type { SsoProblem } from "./oidc-problem";

/** A sign-in that cannot go on; the message is for the log. */
export class OidcError extends Error {
  override readonly name = "OidcError";

  constructor(
    readonly problem: SsoProblem,
    message: string,
  ) {
    super(message);
  }
}

/** What a person is told who meets this error. */
export function problemOf(error: unknown): SsoProblem {
  return error instanceof OidcError ? error.problem : "failed";
}

/** The same for what the client of the provider threw while it made a code into a token. */
export function problemOfExchange(error: unknown): SsoProblem {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  if (name === "OPError") return problemOfAnswer(error);
  if (has(error, "code") || message.startsWith("outgoing request timed out")) return "unreachable";
  return message.startsWith("state ") ? "expired" : "untrusted";
}

/** The reason for the log: what a token, code or one-time value could be is left out. */
export function reasonWithoutTokens(error: unknown): string {
  // A provider's own description may repeat what it was sent.
  const said = has(error, "error") ? String(error.error) : reasonOf(error);
  return said.replace(/[\w~+=-]{24,}/g, "…");
}

/** What the provider says instead of a code or a token, by the names of OAuth 2.0. */
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
