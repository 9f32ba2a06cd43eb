import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { BlockList } from "node:net";
import { logLine } from "@/lib/log";
import { senderAddress } from "./client-address";
import { isEmbedded, isForeign, isSpeculative, SENT_HOST } from "./request-origin";

/** Facts about a request that do not depend on the sender's claims. */
type Incoming = {
  readonly requestId: string;
  readonly address: string;
  /** Whether the desk forwards a request to itself. */
  readonly isOwn: boolean;
};

type Connection = {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/** Large enough for everything people send: saved views and pasted IDs are the longest. */
export const MAX_BODY_BYTES = 64 * 1024;

const METHODS: readonly string[] = ["GET", "HEAD", "POST"];

// Next sends some requests to itself over the network, with the current headers.
const PASS_HEADER = "x-desk-pass";

// Headers that only the desk may set.
const OWN_HEADERS = ["x-nonce", "x-path", "content-security-policy", SENT_HOST];

// APP_URL defines the desk's address, and TRUSTED_PROXIES whose x-forwarded-for counts.
const PROXY_HEADERS = ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"];

/**
 * Returns a function that replaces the sender's claims in the headers by what the desk knows: a new
 * request ID, and the client's address in x-forwarded-for. Requests of the desk to itself keep
 * theirs.
 */
export function receiver(trusted: BlockList): (request: Connection) => Incoming {
  const pass = randomUUID();
  return ({ headers, socket: { remoteAddress } }) => {
    const isOwn = headers[PASS_HEADER] === pass;
    const said = text(headers["x-forwarded-for"]);
    const sentHost = isOwn ? text(headers[SENT_HOST]) : headers.host;
    const incoming = isOwn
      ? { requestId: text(headers["x-request-id"]) ?? "none", address: said ?? "unknown", isOwn }
      : { requestId: randomUUID(), address: senderAddress(remoteAddress, said, trusted), isOwn };
    for (const name of OWN_HEADERS) delete headers[name];
    if (!isOwn) for (const name of PROXY_HEADERS) delete headers[name];
    headers[PASS_HEADER] = pass;
    headers["x-request-id"] = incoming.requestId;
    headers["x-forwarded-for"] = incoming.address;
    if (sentHost !== undefined) headers[SENT_HOST] = sentHost;
    return incoming;
  };
}

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join() : header;
}

type UnreadRequest = Pick<IncomingMessage, "method" | "headers" | "url">;

/** A request that is refused unread: the status, and the reason for the log. */
export type Refusal = { readonly status: number; readonly reason: string };

/** Returns why a request is refused before anything of it is read, or null. */
export function refusalOf(
  { method = "", headers, url = "" }: UnreadRequest,
  { isOwn }: Pick<Incoming, "isOwn">,
  appUrl: URL,
): Refusal | null {
  const header = (name: string) => text(headers[name]);
  const path = pathOf(url);
  if (!METHODS.includes(method)) return { status: 405, reason: "method" };
  if (!isNormal(path)) return { status: 400, reason: "path" };
  // A chunked body has no length to limit. The desk's own requests were measured when they arrived.
  if (header("transfer-encoding") !== undefined && !isOwn) return { status: 411, reason: "length" };
  if (Number(header("content-length") ?? 0) > MAX_BODY_BYTES) {
    return { status: 413, reason: "length" };
  }
  if (isFile(path)) return null;
  if (isEmbedded(header)) return { status: 403, reason: "embedded" };
  // Browsers drop a prefetched page that was refused like this and request it again when it is
  // opened.
  if (isSpeculative(header)) return { status: 503, reason: "loaded ahead" };
  // Browsers send this header to other origins only after a preflight, which is refused. So the
  // guard reports the problem to the person.
  const isAction = header("next-action") !== undefined;
  // next-auth checks a token of its own pages.
  const isSignIn = path.startsWith("/api/auth/");
  if (method === "POST" && !isAction && !isSignIn && isForeign(header, appUrl)) {
    return { status: 403, reason: "origin" };
  }
  return null;
}

/**
 * Prepares the headers of a request for Next, which compares the origin of an action with the host.
 * A proxy may have changed the host, and the guard compares the origin with APP_URL. A HEAD request
 * is answered as to a visitor, because its answer is never sent and must not be recorded.
 */
export function prepare({ method, headers }: Pick<IncomingMessage, "method" | "headers">): void {
  const { origin } = headers;
  const isAction = headers["next-action"] !== undefined;
  if (isAction && origin !== undefined && URL.canParse(origin)) headers.host = new URL(origin).host;
  if (method === "HEAD") delete headers.cookie;
}

/** Returns the path of a request target. */
export function pathOf(target: string): string {
  return target.replace(/[?#].*$/s, "");
}

/** Returns whether all programs read a path in the same way: some read "/a/../b" as "/b". */
function isNormal(path: string): boolean {
  return URL.canParse(path, BASE) && new URL(path, BASE).href === BASE + path;
}

const BASE = "http://desk.invalid";

/** Build files and the icon, the same for everybody. */
function isFile(path: string): boolean {
  return /^\/(_next|__nextjs[^/]*)\/./.test(path) || path === "/favicon.svg";
}

/** Returns the headers of every answer. Each page sets its own script policy. */
export function answerHeaders(path: string, appUrl: URL): Readonly<Record<string, string>> {
  return {
    ...(isTheSameForAll(path) ? {} : { "Cache-Control": "no-store" }),
    ...(appUrl.protocol === "https:" ? { "Strict-Transport-Security": TWO_YEARS } : {}),
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // URLs hold subscriber IDs, and avatars come from any host.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NOTHING_PERMITTED,
  };
}

const TWO_YEARS = "max-age=63072000; includeSubDomains";

const NOTHING_PERMITTED = [
  ...["accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope"],
  ...["magnetometer", "microphone", "midi", "payment", "usb"],
]
  .map((feature) => `${feature}=()`)
  .join(", ");

function isTheSameForAll(path: string): boolean {
  return path.startsWith("/_next/static/") || path === "/favicon.svg";
}

type Answered = {
  readonly method?: string | undefined;
  readonly path: string;
  readonly refusal?: Refusal | null;
};

/** Logs an answer after it was sent or the client left. Build files are not logged. */
export function logAnswer(
  response: ServerResponse,
  { requestId, address }: Pick<Incoming, "requestId" | "address">,
  { method = "", path, refusal }: Answered,
): void {
  if (path.startsWith("/_next/static/")) return;
  const started = performance.now();
  response.on("close", () => {
    logLine("access", `${method} ${shownPath(path)} ${response.statusCode}`, {
      level: "info",
      requestId,
      address,
      durationMs: Math.round(performance.now() - started),
      isWhole: response.writableFinished,
      refused: refusal?.reason,
    });
  });
}

// Page paths are words. Anything else may be a subscriber ID that somebody typed.
function shownPath(path: string): string {
  return /^(\/[a-z_]+([-.][a-z]+)*)*\/?$/.test(path) ? path : "(other)";
}
