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

/** Functions that change the address of the list. */
export type ViewChange = {
  readonly search: (text: string) => void;
  readonly filters: (filters: Filters) => void;
  readonly sorts: (sorts: readonly Sort[]) => void;
  /** Null for the default columns. */
  readonly fields: (fields: readonly Field[] | null) => void;
  readonly hide: (columns: readonly ColumnId[]) => void;
  readonly reset: () => void;
  /** Applies what a saved view keeps of an address. */
  readonly apply: (query: string) => void;
};

export function useViewChange(
  { fields: shown }: LookupParams,
  setParams: SetLookupParams,
): ViewChange {
  return useMemo(
    () => ({
      search: (text) => void setParams({ q: text || null, offset: null }, WHILE_TYPING),
      filters: (filters) => void setParams({ ...paramsOfFilters(filters), offset: null }),
      sorts: (sorts) => void setParams({ sort: sorts.length > 0 ? sorts : null, offset: null }),
      fields: (fields) => void setParams({ fields }, REPLACE),
      hide: (columns) =>
        void setParams({ fields: shown.filter((field) => !columns.includes(field)) }, REPLACE),
      reset: () => void setParams({ ...EMPTY_VIEW, offset: null }),
      apply: (query) => void setParams({ ...viewParams(query), offset: null, whole: null }),
    }),
    [shown, setParams],
  );
}
