import "server-only";
import { headers } from "next/headers";
import { env } from "@/lib/env";
import { LineLimit, logLine } from "@/lib/log";
import { clientAddress } from "./client-address";
import { isFromDesk, opensPage, ownOrigins } from "./request-origin";

/** What the server knows about a request, independent of the sender's claims. */
export type RequestFacts = {
  /** The ID of the request in the log, the audit log and error messages. */
  readonly requestId: string;
  /** The client's network address, in the form used for counting. */
  readonly address: string;
  readonly userAgent: string;
};

/** Returns the facts of the current request. The server itself writes the headers. */
export async function requestFacts(): Promise<RequestFacts> {
  const requestHeaders = await headers();
  return {
    requestId: requestHeaders.get("x-request-id") ?? "none",
    address: clientAddress({
      "x-forwarded-for": requestHeaders.get("x-forwarded-for") ?? undefined,
    }),
    userAgent: (requestHeaders.get("user-agent") ?? "").slice(0, 200),
  };
}

/** The expected origin of a request and the received one, or `none`. */
export type WrongOrigin = { readonly expected: string; readonly received: string };

/** Returns null if a page of the desk or the person makes the current request. */
export async function wrongOrigin(): Promise<WrongOrigin | null> {
  const requestHeaders = await headers();
  const header = (name: string) => requestHeaders.get(name);
  const { appUrl } = env();
  if (isFromDesk(header, appUrl)) return null;
  const origin = header("origin") ?? "";
  const isNamed = URL.canParse(origin) && !ownOrigins(header, appUrl).includes(origin);
  const received = isNamed ? new URL(origin).origin : "none";
  return { expected: appUrl.origin, received };
}

/** The same for an action that a page calls while it opens: a link may be anywhere. */
export async function wrongOriginOfPage(): Promise<WrongOrigin | null> {
  const requestHeaders = await headers();
  return opensPage((name) => requestHeaders.get(name)) ? null : wrongOrigin();
}

const limit = new LineLimit();

/** Logs a wrong origin. Behind a proxy it means that APP_URL or the proxy is misconfigured. */
export function logWrongOrigin(
  { expected, received }: WrongOrigin,
  { requestId, address }: { readonly requestId: string; readonly address: string },
): void {
  if (!limit.admits(address)) return;
  logLine("guard", "wrong origin", { level: "warning", requestId, address, expected, received });
}
