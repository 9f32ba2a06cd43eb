"use client";

import { usePathname, useSearchParams } from "next/navigation";
import {
  type unstable_AdapterInterface as AdapterInterface,
  unstable_createAdapterProvider as createAdapterProvider,
  renderQueryString,
  type unstable_UpdateUrlFunction as UpdateUrl,
} from "nuqs/adapters/custom";
import {
  type ReactNode,
  startTransition,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { LINKED_PATH } from "@/lib/links/link-address";
import { LinkContext, useLinks } from "./link-context";
import { LinkMemory, type LinkStore, type OpenedLink } from "./link-memory";

type LinkedAddressProps = LinkStore & {
  /** The query of the link with which the page was opened. */
  opened: OpenedLink | null;
  children: ReactNode;
};

/**
 * Writes the state of nuqs into the URL as a short link. Render it inside the nuqs adapter for
 * Next, which continues to watch the history.
 */
export function LinkedAddress({ store, open, opened, children }: LinkedAddressProps) {
  const [links] = useState(() => new LinkMemory({ store, open }, opened));
  const address = useSearchParams();
  const isLinked = usePathname() === LINKED_PATH;
  useEffect(() => {
    if (isLinked) links.arrive(address);
  }, [links, isLinked, address]);
  return (
    <LinkContext value={links}>
      <Adapter>{children}</Adapter>
    </LinkContext>
  );
}

const Adapter = createAdapterProvider(useLinkedAddress);

/** The marker by which nuqs recognises its own history changes. Other changes empty its queue. */
const NUQS_MARK = "__nuqs__";

/**
 * Replaces the nuqs adapter for Next, except for the content of the URL. Has no `scroll`, and
 * `shallow` is always on.
 */
function useLinkedAddress(): AdapterInterface {
  const links = useLinks();
  if (!links) throw new Error("There is no memory of links around this.");
  const pathname = usePathname();
  const address = useSearchParams();
  const snapshot = () => stateOf(links, pathname, address);
  const state = useSyncExternalStore(links.subscribe, snapshot, snapshot);
  const searchParams = useMemo(() => new URLSearchParams(state), [state]);

  const updateUrl = useCallback<UpdateUrl>(
    (search, { history: way }) => {
      const query = location.pathname === LINKED_PATH ? links.addressOf(search) : search;
      const url = location.origin + location.pathname + renderQueryString(query) + location.hash;
      const change = way === "push" ? history.pushState : history.replaceState;
      startTransition(() => change.call(history, null, NUQS_MARK, url));
    },
    [links],
  );
  const getSearchParamsSnapshot = useCallback(
    () =>
      new URLSearchParams(stateOf(links, location.pathname, new URLSearchParams(location.search))),
    [links],
  );
  return {
    searchParams,
    pathname,
    updateUrl,
    getSearchParamsSnapshot,
    // As in the adapter for Next, which writes the history several times per change.
    rateLimitFactor: 3,
    autoResetQueueOnUpdate: false,
  };
}

function stateOf(links: LinkMemory, pathname: string, address: URLSearchParams): string {
  return pathname === LINKED_PATH ? links.queryOf(address) : address.toString();
}
