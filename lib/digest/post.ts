import { createHmac } from "node:crypto";
import type { Digest } from "@/lib/env-services";
import type { AttemptProblem } from "./attempt-problem";

/** How long the receiver may take to answer, in milliseconds. */
export const TIMEOUT_MS = 10_000;

/** What an attempt came to; without a problem it was taken. */
export type Attempt = {
  readonly status: number | null;
  readonly problem: AttemptProblem | null;
  /** Before when the webhook wants no other attempt. */
  readonly notBefore?: Date | null;
};

/**
 * Posts a delivery. The signature is an HMAC-SHA-256 of the time, the id and the body with full stops between
 * them. The id is the same at each attempt, so that a receiver can tell a repetition. Of the answer only the
 * status and Retry-After are read.
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
      // It goes where the configuration says, and nowhere else.
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

/** Reads a Retry-After header: seconds, or a moment. */
function retryTime(header: string | null, now: Date): Date | null {
  if (header === null) return null;
  const isSeconds = /^\d{1,9}$/.test(header.trim());
  const time = isSeconds ? now.getTime() + Number(header) * 1000 : Date.parse(header);
  return Number.isNaN(time) ? null : new Date(time);
}

/** Without the message of the cause: that may hold the address, which is a secret. */
function problemOf(error: unknown): AttemptProblem {
  if (!(error instanceof Error)) return "unreachable";
  if (error.name === "TimeoutError") return "timeout";
  const { cause } = error;
  const hasCode = cause instanceof Error && "code" in cause;
  return hasCode ? `unreachable ${String(cause.code)}` : "unreachable";
}
