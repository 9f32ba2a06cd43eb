import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LazyLinkedAddress } from "@/components/shell/lazy-linked-address";
import { env } from "@/lib/env";
import { LINK_PARAM, LINKED_PATH } from "@/lib/links/link-address";
import { openedLink } from "@/lib/links/links";
import { openLink, storeLink } from "./link-actions";

/** Where addresses may not hold ids, keeps them out of those of all that is inside. */
export async function StrictAddresses({ children }: { children: ReactNode }) {
  if (!env().strictAddresses) return children;
  const [path, search] = ((await headers()).get("x-path") ?? "/").split("?", 2);
  const id = path === LINKED_PATH ? new URLSearchParams(search).get(LINK_PARAM) : null;
  const opened = id === null ? null : { id, query: await openedLink("lookup", id) };
  return (
    <LazyLinkedAddress store={storeLink} open={openLink} opened={opened}>
      {children}
    </LazyLinkedAddress>
  );
}
