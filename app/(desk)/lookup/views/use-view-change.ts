"use client";

import { useMemo } from "react";
import { REPLACE, WHILE_TYPING } from "@/components/listing/address-options";
import type { Field } from "@/lib/chat-api/types";
import type { ColumnId, Filters } from "@/lib/subscriptions/filter";
import type { Sort } from "@/lib/subscriptions/view";
import {
  EMPTY_VIEW,
  type LookupParams,
  paramsOfFilters,
  type SetLookupParams,
  viewParams,
} from "../search-params";

/** Returns functions that change the address of the list. */
export function useViewChange({ fields: shown }: LookupParams, setParams: SetLookupParams) {
  return useMemo(
    () => ({
      search: (text: string) => void setParams({ q: text || null, offset: null }, WHILE_TYPING),
      filters: (filters: Filters) => void setParams({ ...paramsOfFilters(filters), offset: null }),
      sorts: (sorts: readonly Sort[]) =>
        void setParams({ sort: sorts.length > 0 ? sorts : null, offset: null }),
      /** Null for the default columns. */
      fields: (fields: readonly Field[] | null) => void setParams({ fields }, REPLACE),
      hide: (columns: readonly ColumnId[]) =>
        void setParams({ fields: shown.filter((field) => !columns.includes(field)) }, REPLACE),
      reset: () => void setParams({ ...EMPTY_VIEW, offset: null }),
      /** Applies what a saved view keeps of an address. */
      apply: (query: string) => void setParams({ ...viewParams(query), offset: null, whole: null }),
    }),
    [shown, setParams],
  );
}

export type ViewChange = ReturnType<typeof useViewChange>;
