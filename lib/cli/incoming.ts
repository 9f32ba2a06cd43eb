import { randomUUID } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { BlockList } from "node:net";
import { isTrusted, senderAddress } from "@/lib/auth/client-address";

/** What the desk itself knows of a request. */
export type Incoming = {
  readonly requestId: string;
  readonly address: string;
  /** Whether the desk sends itself what it has received before. */
  readonly isOwn: boolean;
};

type Connection = {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
};

/** All that people send fits into this; the longest are saved views, and ids that are pasted. */
export const MAX_BODY_BYTES = 64 * 1024;

const METHODS: readonly string[] = ["GET", "HEAD", "POST"];

// The framework hands some requests on to itself, over the network, with the headers they have then.
const PASS_HEADER = "x-desk-pass";

// What only the desk may say to itself, and what only a trusted proxy may say of its client.
const OWN_HEADERS = ["x-nonce", "x-path", "content-security-policy"];
const PROXY_HEADERS = ["x-forwarded-host", "x-forwarded-proto", "x-forwarded-port", "forwarded"];

/**
 * Makes requests' headers say what the desk knows instead of what their senders claim: an id of each
 * alone, and the client's address in x-forwarded-for. What it has said of a request holds when the
 * desk itself sends that on.
 */
export function receiver(trusted: BlockList): (request: Connection) => Incoming {
  const pass = randomUUID();
  return ({ headers, socket: { remoteAddress } }) => {
    const isOwn = headers[PASS_HEADER] === pass;
    const said = text(headers["x-forwarded-for"]);
    const incoming = isOwn
      ? { requestId: text(headers["x-request-id"]) ?? "none", address: said ?? "unknown", isOwn }
      : { requestId: randomUUID(), address: senderAddress(remoteAddress, said, trusted), isOwn };
    for (const name of OWN_HEADERS) delete headers[name];
    const isBelieved = isOwn || isTrusted(remoteAddress, trusted);
    if (!isBelieved) for (const name of PROXY_HEADERS) delete headers[name];
    headers[PASS_HEADER] = pass;
    headers["x-request-id"] = incoming.requestId;
    headers["x-forwarded-for"] = incoming.address;
    return incoming;
  };
}

function text(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join() : header;
}

/** The status with which a request is turned away unread, or null. */
export function refusalStatus(
  { method = "", headers }: Pick<IncomingMessage, "method" | "headers">,
  { isOwn }: Pick<Incoming, "isOwn">,
): 405 | 411 | 413 | null {
  if (!METHODS.includes(method)) return 405;
  // A body in chunks has no length that could be limited; the desk's own was measured when it first came.
  if (headers["transfer-encoding"] !== undefined && !isOwn) return 411;
  return Number(headers["content-length"] ?? 0) > MAX_BODY_BYTES ? 413 : null;
}
