"use client";

import { throttle } from "nuqs";
import { useMemo } from "react";
import type { Field } from "@/lib/chat-api/types";
import type { ColumnId, Filters } from "@/lib/subscriptions/filter";
import type { Sort } from "@/lib/subscriptions/view";
import {
  EMPTY_VIEW,
  type LookupParams,
  paramsOfFilters,
  type SetLookupParams,
} from "../search-params";
import type { ViewParams } from "./view-query";

/** The ways in which the address of a list is changed. */
export type ViewChange = {
  readonly search: (text: string) => void;
  readonly filters: (filters: Filters) => void;
  readonly sorts: (sorts: readonly Sort[]) => void;
  /** Null for the default columns. */
  readonly fields: (fields: readonly Field[] | null) => void;
  readonly hide: (columns: readonly ColumnId[]) => void;
  readonly reset: () => void;
  /** Applies what a saved view keeps of an address. */
  readonly view: (params: ViewParams) => void;
};

// Browsers refuse to note more than about three changes of the address a second for long.
const TYPED = { history: "replace", limitUrlUpdates: throttle(350) } as const;
// Going back should not lead through every column that was tried.
const TRIED = { history: "replace" } as const;

export function useViewChange(
  { fields: shown }: LookupParams,
  setParams: SetLookupParams,
): ViewChange {
  return useMemo(
    () => ({
      search: (text) => void setParams({ q: text || null, offset: null }, TYPED),
      filters: (filters) => void setParams({ ...paramsOfFilters(filters), offset: null }),
      sorts: (sorts) => void setParams({ sort: sorts.length > 0 ? sorts : null, offset: null }),
      fields: (fields) => void setParams({ fields }, TRIED),
      hide: (columns) =>
        void setParams({ fields: shown.filter((field) => !columns.includes(field)) }, TRIED),
      reset: () => void setParams({ ...EMPTY_VIEW, offset: null }),
      view: (params) => void setParams({ ...params, offset: null, whole: null }),
    }),
    [shown, setParams],
  );
}
