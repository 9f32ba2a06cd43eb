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
  /** What the link stands for with which the desk was opened. */
  opened: OpenedLink | null;
  children: ReactNode;
};

/**
 * Makes the state that nuqs keeps in the address stand there as a short link. To be rendered within
 * the adapter of nuqs for Next, which goes on watching the history.
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

/** By which nuqs tells its own changes of the history from those of others, which empty its queue. */
const NUQS_MARK = "__nuqs__";

/** The adapter of nuqs for Next but for what stands in the address. It knows no `scroll` and only `shallow`. */
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
    // As in the adapter for Next: it writes the history more than once a change.
    rateLimitFactor: 3,
    autoResetQueueOnUpdate: false,
  };
}

function stateOf(links: LinkMemory, pathname: string, address: URLSearchParams): string {
  return pathname === LINKED_PATH ? links.queryOf(address) : address.toString();
}
