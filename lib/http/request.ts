import "server-only";
import { headers } from "next/headers";
import { env } from "@/lib/env";
import { LineLimit, logLine } from "@/lib/log";
import { clientAddress } from "./client-address";
import { isFromDesk, opensPage, ownOrigins } from "./provenance";

/** What the server knows of a request, whatever its sender says. */
export type RequestFacts = {
  /** By which the log, the audit and the screen name it. */
  readonly requestId: string;
  /** The client's network address, in the form in which clients are counted. */
  readonly address: string;
  readonly userAgent: string;
};

/** The facts of the request that is being answered. The server itself writes the headers it reads. */
export async function requestFacts(): Promise<RequestFacts> {
  const given = await headers();
  return {
    requestId: given.get("x-request-id") ?? "none",
    address: clientAddress({ "x-forwarded-for": given.get("x-forwarded-for") ?? undefined }),
    userAgent: (given.get("user-agent") ?? "").slice(0, 200),
  };
}

/** Which origin a request should have come from, and which it names; `none` where it names none. */
export type WrongOrigin = { readonly expected: string; readonly received: string };

/** Returns null if a page of the desk, or the person, makes the request that is being answered. */
export async function wrongOrigin(): Promise<WrongOrigin | null> {
  const given = await headers();
  const header = (name: string) => given.get(name);
  const { appUrl } = env();
  if (isFromDesk(header, appUrl)) return null;
  const origin = header("origin") ?? "";
  const isNamed = URL.canParse(origin) && !ownOrigins(header, appUrl).includes(origin);
  const received = isNamed ? new URL(origin).origin : "none";
  return { expected: appUrl.origin, received };
}

/** The same for an action that a page may call while it is opened: a link to the page may stand anywhere. */
export async function wrongOriginOfPage(): Promise<WrongOrigin | null> {
  const given = await headers();
  return opensPage((name) => given.get(name)) ? null : wrongOrigin();
}

const limit = new LineLimit();

/** Logs a wrong origin: behind a proxy it means that APP_URL or the proxy is not set right. */
export function logWrongOrigin(
  { expected, received }: WrongOrigin,
  { requestId, address }: { readonly requestId: string; readonly address: string },
): void {
  if (!limit.admits(address)) return;
  logLine("guard", "wrong origin", { level: "warning", requestId, address, expected, received });
}
