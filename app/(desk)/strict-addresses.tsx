import { headers } from "next/headers";
import type { ReactNode } from "react";
import { LazyLinkedAddress } from "@/components/nav/lazy-linked-address";
import { env } from "@/lib/env";
import { openedLink } from "@/lib/link-access";
import { LINK_PARAM } from "@/lib/link-address";
import { openLink, storeLink } from "./link-actions";

/** Where addresses may not hold ids, keeps them out of those of all that is inside. */
export async function StrictAddresses({ children }: { children: ReactNode }) {
  if (!env().strictAddresses) return children;
  const path = (await headers()).get("x-path") ?? "/";
  const id = new URLSearchParams(path.split("?", 2)[1]).get(LINK_PARAM);
  const opened = id === null ? null : { id, query: await openedLink(id) };
  return (
    <LazyLinkedAddress store={storeLink} open={openLink} opened={opened}>
      {children}
    </LazyLinkedAddress>
  );
}
