import "server-only";
import { headers } from "next/headers";
import { clientAddress } from "./client-address";

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
