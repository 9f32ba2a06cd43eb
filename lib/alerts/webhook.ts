import { createHmac } from "node:crypto";
import type { Digest } from "@/lib/env-services";

/** How long the webhook may take to answer, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** The result of an attempt; without a problem, the webhook accepted the delivery. */
export type Attempt = {
  readonly status: number | null;
  readonly problem: AttemptProblem | null;
  /** The webhook asks for no attempt before this time. */
  readonly notBefore?: Date | null;
};

/**
 * Posts a delivery. The signature is an HMAC-SHA-256 of the time, the id and the body, joined by full stops.
 * The id stays the same in each attempt, so that a receiver recognizes a repetition. Only the status and
 * Retry-After of the response are read.
 *
 * @throws the signal's reason when that aborts
 */
export async function postDelivery(
  { url, secret }: Pick<Digest, "url" | "secret">,
  { id, body }: { readonly id: string; readonly body: string },
  now: Date,
  { fetch, signal }: { readonly fetch: typeof globalThis.fetch; readonly signal: AbortSignal },
): Promise<Attempt> {
  const address = url.reveal();
  const seconds = Math.floor(now.getTime() / 1000);
  const mac = createHmac("sha256", secret.reveal())
    .update(`${seconds}.${id}.${body}`)
    .digest("hex");
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-channel-desk-delivery": id,
        "x-channel-desk-signature": `t=${seconds},v1=${mac}`,
      },
      body,
      // Alerts go to the configured address only.
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    const { status, ok } = response;
    await response.body?.cancel().catch(() => {});
    if (ok) return { status, problem: null };
    const notBefore = retryTime(response.headers.get("retry-after"), now);
    return { status, problem: "refused", notBefore };
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, problem: problemOf(error) };
  }
}

/** Parses a Retry-After header: seconds, or a date. */
function retryTime(header: string | null, now: Date): Date | null {
  if (header === null) return null;
  const isSeconds = /^\d{1,9}$/.test(header.trim());
  const time = isSeconds ? now.getTime() + Number(header) * 1000 : Date.parse(header);
  return Number.isNaN(time) ? null : new Date(time);
}

/** Leaves out the message of the cause: it may contain the address, which is a secret. */
function problemOf(error: unknown): AttemptProblem {
  if (!(error instanceof Error)) return "unreachable";
  if (error.name === "TimeoutError") return "timeout";
  const { cause } = error;
  const hasCode = cause instanceof Error && "code" in cause;
  return hasCode ? `unreachable ${String(cause.code)}` : "unreachable";
}

const KINDS = ["refused", "timeout", "unreachable"] as const;

/** Why an attempt failed, as the database stores it: a kind, and the system's error code if there is one. */
export type AttemptProblem = (typeof KINDS)[number] | `unreachable ${string}`;

type ReadProblem = { readonly kind: (typeof KINDS)[number]; readonly code: string | null };

/** Splits a stored problem into its parts. Returns null for an English sentence, which earlier versions stored. */
export function readProblem(problem: string): ReadProblem | null {
  const [word, code = null] = problem.split(" ");
  const kind = KINDS.find((each) => each === word);
  return kind ? { kind, code } : null;
}

/** Returns a problem as a sentence for the log. */
export function problemSentence(problem: AttemptProblem, status: number | null): string {
  if (problem === "refused") return `The webhook answered ${status}.`;
  if (problem === "timeout") return "The webhook did not answer within 10 seconds.";
  const code = readProblem(problem)?.code;
  return `The webhook could not be reached${code ? ` (${code})` : ""}.`;
}
