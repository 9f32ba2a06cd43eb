import { ChatApiError } from "./errors";

/** The part of fetch used here, so that another connection pool can be passed. */
export type Fetch = (
  url: URL,
  init: {
    method: "POST";
    headers: Record<string, string>;
    body: string;
    redirect: "manual";
    signal: AbortSignal;
    /** Whether to open a new connection, because a kept-alive one has just failed. */
    isFresh: boolean;
  },
) => Promise<{
  readonly status: number;
  readonly headers?: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
}>;

export type Post = {
  readonly url: URL;
  /** Removes secrets from the text of an answer. */
  readonly clean: (answer: string) => string;
  readonly body: object;
  /** As in Fetch. */
  readonly isFresh: boolean;
  /** Deadline in milliseconds for the whole answer. */
  readonly timeout: number;
  readonly maxBodyBytes: number;
  readonly signal?: AbortSignal | undefined;
};

/** The JSON as received, which keeps every digit of its numbers, and its parsed value. */
type PostAnswer = { readonly text: string; readonly value: unknown };

const TIMED_OUT = Symbol("timed out");

/**
 * Posts JSON and reads JSON. The timeout covers the body and ends the request.
 *
 * @throws ChatApiError of kind network, timeout, http or malformed; the signal's reason when aborted
 */
export async function post(fetch: Fetch, request: Post): Promise<PostAnswer> {
  const { signal } = request;
  signal?.throwIfAborted();
  const controller = new AbortController();
  const abort = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(TIMED_OUT), request.timeout);
  signal?.addEventListener("abort", abort, { once: true });
  try {
    return await exchange(fetch, request, controller.signal);
  } catch (error) {
    if (controller.signal.reason === TIMED_OUT) {
      throw new ChatApiError({ kind: "timeout", info: "No complete response arrived in time." });
    }
    if (controller.signal.aborted) throw controller.signal.reason;
    // Cancels an unread body.
    controller.abort();
    throw networkError(error, false) ?? error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}

async function exchange(fetch: Fetch, request: Post, signal: AbortSignal): Promise<PostAnswer> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request.body),
    // A redirect would carry the signature to another host.
    redirect: "manual",
    signal,
    isFresh: request.isFresh,
  } as const;
  const response = await fetch(request.url, init).catch((error: unknown) => {
    throw networkError(error, true) ?? error;
  });
  if (response.status !== 200) {
    throw new ChatApiError({
      kind: "http",
      status: response.status,
      retryAfter: parseRetryAfter(response.headers?.get("retry-after") ?? null, Date.now()),
      info: `HTTP status ${response.status} instead of 200.`,
    });
  }
  const text = request.clean(await readText(response.body, request.maxBodyBytes));
  return { text, value: parseJson(text) };
}

async function readText(body: AsyncIterable<Uint8Array> | null, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw malformed(`The response is larger than ${maxBytes.toLocaleString("en")} bytes.`);
    }
    chunks.push(chunk);
  }
  // Removes a byte order mark, which JSON must not start with.
  return new TextDecoder().decode(Buffer.concat(chunks));
}

/** Parses a Retry-After header, in seconds or as a date. Returns milliseconds, 0 if absent. */
export function parseRetryAfter(header: string | null, now: number): number {
  if (header === null) return 0;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1000;
  const wait = Date.parse(header) - now;
  return wait > 0 ? wait : 0;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message quotes the text, which is personal data.
    const start = text.trimStart()[0];
    if (start === "<") throw malformed("The response is an HTML page instead of JSON.");
    if (start === "{") throw malformed("The response is truncated or broken JSON.");
    throw malformed("The answer is not JSON.");
  }
}

function malformed(info: string): ChatApiError {
  return new ChatApiError({ kind: "malformed", info });
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "The connection was refused.",
  ECONNRESET: "The connection was reset.",
  EPIPE: "The connection was closed.",
  UND_ERR_SOCKET: "The connection was closed before the complete response arrived.",
  ENOTFOUND: "The host name does not resolve.",
  EAI_AGAIN: "The host name does not resolve.",
  ETIMEDOUT: "The connection timed out.",
  UND_ERR_CONNECT_TIMEOUT: "The connection timed out.",
};

/** How a kept-alive connection fails when the server closes it. */
const DROPPED = ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"];

/**
 * For a broken connection fetch throws a TypeError with a cause. The cause's message is dropped: it
 * may contain the URL and thus the signature.
 */
function networkError(error: unknown, isBeforeAnswer: boolean): ChatApiError | null {
  if (!(error instanceof TypeError && error.cause instanceof Error)) return null;
  const code = "code" in error.cause ? String(error.cause.code) : error.cause.name;
  const info = REASONS[code] ?? "The connection failed.";
  const isDropped = isBeforeAnswer && DROPPED.includes(code);
  return new ChatApiError({ kind: "network", info: `${info} (${code})`, isDropped });
}
