import "server-only";
import { env } from "@/lib/env";
import {
  joinedQuery,
  LINK_PARAM,
  REFUSED_PARAM,
  saysTooMuch,
  splitQuery,
  WITHOUT_PARAM,
} from "@/lib/links/link-address";
import { openedLink } from "@/lib/links/links";
import type { AuditLink } from "./search-params";

/** Why a URL shows nothing. */
export type LinkProblem =
  /** The desk does not know its link, or not any more. */
  | "unknown"
  /** It openly contained what it must not. */
  | "refused";

type RequestedAddress = {
  readonly query: URLSearchParams;
  readonly link: AuditLink | null;
  /** Then the query is incomplete and would show other rows. */
  readonly problem: LinkProblem | null;
};

/** Returns the query of an address of this page or of its export, with the part behind its link. */
export async function requestedQuery(address: URLSearchParams): Promise<RequestedAddress> {
  if (!env().strictAddresses) return { query: address, link: null, problem: null };
  const query = splitQuery("audit", address).open;
  if (address.has(REFUSED_PARAM) || saysTooMuch("audit", address)) {
    return { query, link: null, problem: "refused" };
  }
  const id = address.get(LINK_PARAM);
  if (id === null) return { query, link: null, problem: null };
  const hidden = await openedLink("audit", id);
  if (hidden === null) return { query, link: null, problem: "unknown" };
  const whole = joinedQuery("audit", address, hidden);
  for (const name of address.getAll(WITHOUT_PARAM)) whole.delete(name);
  return { query: whole, link: { id, hidden }, problem: null };
}
