"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { throttle } from "nuqs";
import { useMemo } from "react";
import { answerOrHeld } from "@/components/action/refresh-error";
import { callAction } from "@/lib/call-action";
import type { DirectorySort } from "@/lib/channels/directory-query";
import type { DirectoryFilterId } from "@/lib/channels/known-channel";
import type { ColumnFilters } from "@/lib/subscriptions/filter";
import { type DirectoryResult, readDirectory } from "../actions";
import { type Asked, directoryKey } from "../directory";
import type { DirectoryColumnId } from "../directory-columns";
import {
  type DirectoryParams,
  paramsOfFilters,
  type SetDirectoryParams,
  UNNARROWED,
  usualSorts,
  viewParams,
} from "../search-params";

/** The page that an address asks for; another one's rows stay until it has come. */
export function useDirectory(asked: Asked) {
  const client = useQueryClient();
  const queryKey = directoryKey(asked);
  return useQuery<DirectoryResult, Error, DirectoryResult, typeof queryKey>({
    queryKey,
    queryFn: async () => {
      const { query, trends } = asked;
      const result = await callAction(readDirectory, { query, trends });
      return answerOrHeld(result, client.getQueryData<DirectoryResult>(queryKey));
    },
    placeholderData: (previous, query) =>
      previous?.ok && query?.queryKey[2] === asked.app ? previous : undefined,
    // Offline, a question should fail and say so, not wait in silence.
    networkMode: "always",
  });
}

/** The ways in which the address of the directory is changed. */
export type DirectoryChange = {
  readonly search: (text: string) => void;
  readonly filters: (filters: ColumnFilters<DirectoryFilterId>) => void;
  readonly sorts: (sorts: readonly DirectorySort[]) => void;
  /** Null for those of which nobody has chosen any. */
  readonly columns: (columns: readonly DirectoryColumnId[] | null) => void;
  readonly hide: (columns: readonly DirectoryColumnId[]) => void;
  readonly reset: () => void;
  /** Applies what a saved view keeps of an address. */
  readonly apply: (query: string) => void;
};

// Browsers refuse to note more than about three changes of the address a second for long.
const TYPED = { history: "replace", limitUrlUpdates: throttle(350) } as const;
// Going back should not lead through every column that was tried.
const TRIED = { history: "replace" } as const;

export function useDirectoryChange(
  { columns: shown, view }: DirectoryParams,
  setParams: SetDirectoryParams,
): DirectoryChange {
  return useMemo(
    () => ({
      search: (text) => void setParams({ q: text || null, offset: null }, TYPED),
      filters: (filters) => void setParams({ ...paramsOfFilters(filters), offset: null }),
      sorts: (sorts) =>
        void setParams({ sort: sorts.length > 0 ? sorts : usualSorts(view), offset: null }),
      columns: (columns) => void setParams({ columns }, TRIED),
      hide: (columns) =>
        void setParams({ columns: shown.filter((id) => !columns.includes(id)) }, TRIED),
      reset: () => void setParams({ ...UNNARROWED, sort: usualSorts(view), offset: null }),
      apply: (query) => void setParams({ ...viewParams(query), offset: null }),
    }),
    [shown, view, setParams],
  );
}
