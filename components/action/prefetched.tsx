import { dehydrate, HydrationBoundary, QueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { FirstFlush } from "@/components/shell/first-flush";
import type { Deferred } from "@/lib/call-action";

type PrefetchedProps = {
  queryKey: readonly unknown[];
  /** The server action that the query calls in the browser. */
  read: () => Promise<Deferred<unknown>>;
  /** Shown if reading takes longer. */
  fallback: ReactNode;
  children: ReactNode;
};

/** Reads the answer of a query on the server, so that the browser does not request it. */
export function Prefetched({ queryKey, read, fallback, children }: PrefetchedProps) {
  const queries = new QueryClient();
  const ended = queries.prefetchQuery({ queryKey, queryFn: async () => (await read()).answer });
  return (
    <FirstFlush ready={ended} fallback={fallback}>
      <Hydrated {...{ queries, ended }}>{children}</Hydrated>
    </FirstFlush>
  );
}

type HydratedProps = { queries: QueryClient; ended: Promise<void>; children: ReactNode };

async function Hydrated({ queries, ended, children }: HydratedProps) {
  await ended;
  return <HydrationBoundary state={dehydrate(queries)}>{children}</HydrationBoundary>;
}
