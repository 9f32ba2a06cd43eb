"use client";

import { createContext, useContext } from "react";
import type { LinkMemory } from "./link-memory";

export const LinkContext = createContext<LinkMemory | null>(null);

/** Returns the links of this tab, or null if URLs may contain subscriber IDs. */
export function useLinks(): LinkMemory | null {
  return useContext(LinkContext);
}

/**
 * Returns the query of a state for a request to the server: in the open, or behind a stored link.
 */
export async function addressQuery(
  links: LinkMemory | null,
  state: URLSearchParams,
): Promise<URLSearchParams> {
  return links ? links.storedAddressOf(state) : state;
}
