"use client";

import {
  type QueryClient,
  type QueryState,
  queryOptions,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { answerOrEarlier } from "@/components/action/failure";
import { callAction } from "@/lib/call-action";
import { type LookupInput, type LookupResult, lookup } from "./actions";
import { rowCountOf } from "./list/list-answer";
import type { ReadPage } from "./list/paging";
import { type LookupKey, lookupKey } from "./lookup-query";

/** Milliseconds after which a call that the vendor's rate limit refused is made again, and again. */
const RATE_LIMIT_PAUSES = [2000, 4000, 8000];

/** One page of the list. A failure is an answer too: it stays until somebody retries. */
export function useLookup(input: LookupInput, enabled: boolean) {
  const client = useQueryClient();
  const options = lookupOptions(client, input);
  const { queryKey } = options;
  const query = useQuery<LookupResult, Error, LookupResult, LookupKey>({
    ...options,
    enabled,
    placeholderData: (previous, query) =>
      previous?.ok && isSameSubscriber(query?.queryKey, queryKey) ? previous : undefined,
    refetchInterval: ({ state }) => nextTry(state) ?? false,
  });
  const state = client.getQueryState<LookupResult>(queryKey);
  return { ...query, nextTry: state ? nextTry(state) : null };
}

/** Returns a function that begins to read the page at an offset, before the screen has rendered the wait for it. */
export function useReadAhead(input: LookupInput): (offset: number) => void {
  const client = useQueryClient();
  return (offset) => void client.prefetchQuery(lookupOptions(client, { ...input, offset }));
}

function lookupOptions(client: QueryClient, input: LookupInput) {
  const queryKey = lookupKey(input);
  return queryOptions({
    queryKey,
    queryFn: async () => {
      const result = await callAction(lookup, input);
      return answerOrEarlier(result, client.getQueryData<LookupResult>(queryKey));
    },
  });
}

/** The pages of the same list that were read so far, at this size and with these fields. */
export function useReadPages(input: LookupInput): ReadPage[] {
  const list = lookupKey(input).slice(0, -1);
  return useQueryClient()
    .getQueriesData<LookupResult>({ queryKey: list })
    .flatMap(([key, result]) => {
      if (!result?.ok) return [];
      const { total, nextOffset } = result.value;
      return [
        { offset: Number(key.at(-1)), rowCount: rowCountOf(result.value), total, nextOffset },
      ];
    });
}

function isSameSubscriber(previous: LookupKey | undefined, present: LookupKey): boolean {
  return previous?.[1] === present[1] && previous[2] === present[2];
}

function nextTry({ data, dataUpdateCount }: QueryState<LookupResult>): number | null {
  if (data?.ok !== false || data.failure.retry !== "soon") return null;
  return RATE_LIMIT_PAUSES[Math.max(0, dataUpdateCount - 1)] ?? null;
}
