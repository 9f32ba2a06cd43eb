"use client";

import { createContext, useContext } from "react";
import type { LinkMemory } from "./link-memory";

export const LinkContext = createContext<LinkMemory | null>(null);

/** The links of this tab where addresses may not hold ids; null where they may. */
export function useLinks(): LinkMemory | null {
  return useContext(LinkContext);
}

/** A state as a query for whoever has the desk read it at once: as it is, or behind a link. */
export async function addressQuery(
  links: LinkMemory | null,
  state: URLSearchParams,
): Promise<URLSearchParams> {
  return links ? links.storedAddressOf(state) : state;
}
