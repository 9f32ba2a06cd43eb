import { createHmac } from "node:crypto";
import type { Digest } from "@/lib/env-digest";
import type { AttemptProblem } from "./attempt-problem";

/** How long the receiver may take to answer, in milliseconds. */
export const TIMEOUT_MS = 10_000;

/** What an attempt came to; without a problem it was taken. */
export type Attempt = {
  readonly status: number | null;
  readonly problem: AttemptProblem | null;
};

/**
 * Posts a delivery. The signature is an HMAC-SHA-256 of the time, a full stop and the body; the id is the
 * same at each attempt, so that a receiver can tell a repetition. Of the answer only the status is read.
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
  const mac = createHmac("sha256", secret.reveal()).update(`${seconds}.${body}`).digest("hex");
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
    return { status, problem: ok ? null : "refused" };
  } catch (error) {
    signal.throwIfAborted();
    return { status: null, problem: problemOf(error) };
  }
}

/** Without the message of the cause: that may hold the address, which is a secret. */
function problemOf(error: unknown): AttemptProblem {
  if (!(error instanceof Error)) return "unreachable";
  if (error.name === "TimeoutError") return "timeout";
  const { cause } = error;
  const hasCode = cause instanceof Error && "code" in cause;
  return hasCode ? `unreachable ${String(cause.code)}` : "unreachable";
}
