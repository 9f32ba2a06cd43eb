import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { BlockList } from "node:net";
import { senderAddress } from "./client-address";
import { isEmbedded, isForeign, isSpeculative, SENT_HOST } from "./provenance";

/** What the desk itself knows of a request. */
export type Incoming = {
  readonly requestId: string;
  readonly address: string;
  /** Whether the desk sends itself a request that it received before. */
  readonly isOwn: boolean;
};

type Connection = {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/** All that people send fits into this; the longest are saved views, and ids that are pasted. */
export const MAX_BODY_BYTES = 64 * 1024;

const METHODS: readonly string[] = ["GET", "HEAD", "POST"];

// The framework sends some requests to itself, over the network, with the headers they have then.
const PASS_HEADER = "x-desk-pass";

// Only the desk may say these to itself.
const OWN_HEADERS = ["x-nonce", "x-path", "content-security-policy", SENT_HOST];

// APP_URL says which address the desk has, and TRUSTED_PROXIES whose x-forwarded-for counts.
const PROXY_HEADERS = ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"];

/**
 * Makes a request's headers say what the desk knows instead of what the sender claims: a new id, and
 * the client's address in x-forwarded-for. A request that the desk sends itself keeps its own.
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

/** Why a request is refused before anything of it is read, or null. */
export function refusalOf(
  { method = "", headers, url = "" }: UnreadRequest,
  { isOwn }: Pick<Incoming, "isOwn">,
  appUrl: URL,
): Refusal | null {
  const header = (name: string) => text(headers[name]);
  const path = pathOf(url);
  if (!METHODS.includes(method)) return { status: 405, reason: "method" };
  if (!isNormal(path)) return { status: 400, reason: "path" };
  // A body in chunks has no length that could be limited; the desk's own was measured when it first came.
  if (header("transfer-encoding") !== undefined && !isOwn) return { status: 411, reason: "length" };
  if (Number(header("content-length") ?? 0) > MAX_BODY_BYTES) {
    return { status: 413, reason: "length" };
  }
  if (isFile(path)) return null;
  if (isEmbedded(header)) return { status: 403, reason: "embedded" };
  // Browsers drop a page that was refused so, and ask again when the person opens it.
  if (isSpeculative(header)) return { status: 503, reason: "loaded ahead" };
  // Browsers send this header to other origins only after asking, which is refused; so the guard tells
  // the person what is wrong.
  const isAction = header("next-action") !== undefined;
  // The sign-in library asks for a token of its own pages.
  const isSignIn = path.startsWith("/api/auth/");
  if (method === "POST" && !isAction && !isSignIn && isForeign(header, appUrl)) {
    return { status: 403, reason: "origin" };
  }
  return null;
}

/**
 * Prepares the headers of a request for the framework. It compares the origin of an action with the
 * host, which a proxy may have changed; the guard compares it with APP_URL. A HEAD request is
 * answered as to a visitor, so that nobody is recorded for an answer that was not sent.
 */
export function prepare({ method, headers }: Pick<IncomingMessage, "method" | "headers">): void {
  const { origin } = headers;
  const isAction = headers["next-action"] !== undefined;
  if (isAction && origin !== undefined && URL.canParse(origin)) headers.host = new URL(origin).host;
  if (method === "HEAD") delete headers.cookie;
}

/** The path of a request's target. */
export function pathOf(target: string): string {
  return target.replace(/[?#].*$/s, "");
}

/** Whether each reader of a path takes it for the same: "/a/../b" is "/b" for some only. */
function isNormal(path: string): boolean {
  return URL.canParse(path, BASE) && new URL(path, BASE).href === BASE + path;
}

const BASE = "http://desk.invalid";

/** Files of the build and the icon: the same for everybody. */
export function isFile(path: string): boolean {
  return /^\/(_next|__nextjs[^/]*)\/./.test(path) || path === "/favicon.svg";
}
