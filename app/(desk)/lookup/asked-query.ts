import "server-only";
import { env } from "@/lib/env";
import { joinedQuery, LINK_PARAM } from "@/lib/links/link-address";
import { openedLink } from "@/lib/links/links";

/** What is asked of a page or a route of this room: in its address, or behind the link there. */
export async function askedQuery(address: URLSearchParams): Promise<URLSearchParams> {
  if (!env().strictAddresses) return address;
  const id = address.get(LINK_PARAM);
  const hidden = id === null ? null : await openedLink("lookup", id);
  return joinedQuery("lookup", address, hidden ?? "");
}
