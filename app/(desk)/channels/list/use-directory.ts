"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { answerOrEarlier } from "@/components/action/failure";
import { REPLACE, WHILE_TYPING } from "@/components/listing/address-options";
import { callAction } from "@/lib/call-action";
import {
  type DirectoryColumnId,
  type DirectoryParams,
  paramsOfFilters,
  type SetDirectoryParams,
  UNNARROWED,
  viewParams,
  writtenSort,
} from "@/lib/channels/directory/search-params";
import type { DirectoryFilterId, DirectorySort } from "@/lib/channels/known-channel";
import type { ColumnFilters } from "@/lib/subscriptions/filter";
import { type DirectoryResult, readDirectory } from "../actions";
import { type DirectoryRequest, directoryKey } from "../directory";

/** Reads one page of the list. The rows of the previous request stay until it arrives. */
export function useDirectory(request: DirectoryRequest) {
  const client = useQueryClient();
  const queryKey = directoryKey(request);
  return useQuery<DirectoryResult, Error, DirectoryResult, typeof queryKey>({
    queryKey,
    queryFn: async () => {
      const { query, trends } = request;
      const result = await callAction(readDirectory, { query, trends });
      return answerOrEarlier(result, client.getQueryData<DirectoryResult>(queryKey));
    },
    placeholderData: (previous, query) =>
      previous?.ok && query?.queryKey[2] === request.app ? previous : undefined,
  });
}

export type DirectoryChange = ReturnType<typeof useDirectoryChange>;

/** Returns functions that change the address of the list. */
export function useDirectoryChange(
  { columns: shown, view }: DirectoryParams,
  setParams: SetDirectoryParams,
) {
  return useMemo(
    () => ({
      search: (text: string) => void setParams({ q: text || null, offset: null }, WHILE_TYPING),
      filters: (filters: ColumnFilters<DirectoryFilterId>) =>
        void setParams({ ...paramsOfFilters(filters), offset: null }),
      sorts: (sorts: readonly DirectorySort[]) =>
        void setParams({ sort: writtenSort({ view, sort: sorts }), offset: null }),
      /** Null for the default columns. */
      columns: (columns: readonly DirectoryColumnId[] | null) =>
        void setParams({ columns }, REPLACE),
      hide: (columns: readonly DirectoryColumnId[]) =>
        void setParams({ columns: shown.filter((id) => !columns.includes(id)) }, REPLACE),
      reset: () => void setParams({ ...UNNARROWED, sort: null, offset: null }),
      /** Applies the query of a saved view. */
      apply: (query: string) => {
        const saved = viewParams(query);
        void setParams({ ...saved, sort: writtenSort(saved), offset: null });
      },
    }),
    [shown, view, setParams],
  );
}
