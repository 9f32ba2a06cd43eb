"use client";

import { useMemo } from "react";
import type { TableLayout } from "@/components/data-table/layout";
import type { SelectedRows } from "@/components/data-table/use-selection";
import type { Field, Subscription } from "@/lib/chat-api/types";
import type { ViewQuery } from "@/lib/subscriptions/view";
import type { LookupInput } from "../actions";
import type { LookupContext } from "../lookup-context";
import { asksForWhole } from "../lookup-query";
import type { Access } from "../reveal/use-access";
import type { LookupParams, SetLookupParams } from "../search-params";
import { useWholeSet } from "../stream/use-whole-set";
import { useLookup } from "../use-lookup";
import {
  fromCollected,
  fromLookup,
  isReadToEnd,
  type ListAnswer,
  outdated,
  pageOf,
  withheld,
} from "./list-answer";

type UseList = {
  input: LookupInput;
  params: LookupParams;
  query: ViewQuery;
  /** The fields that must not show now. */
  masked: readonly Field[];
};

/** One page of the list, or all of it: whichever the address asks for. */
export function useList({ input, params, query, masked }: UseList) {
  const wantsWhole = asksForWhole(params, query);
  const page = useLookup(input, !wantsWhole);
  const lookup = page.data?.ok ? page.data.value : null;
  const answered = useMemo(() => lookup && fromLookup(lookup), [lookup]);
  const inHand = answered !== null && isReadToEnd(answered) && !page.isPlaceholderData;
  const readsWhole = wantsWhole && !inHand;
  const whole = useWholeSet(input, { enabled: readsWhole, mayPause: !params.whole });
  const { set, earlier, isReading } = whole;
  const collected = useMemo(() => set && fromCollected(set.collected, isReading), [set, isReading]);
  const before = useMemo(() => earlier && fromCollected(earlier.collected, false), [earlier]);
  // The earlier rows stay until the first rows of the whole set arrive.
  const waitsForWhole = readsWhole && !collected?.readTo;
  const waitsForPage = !readsWhole && page.isPending;
  const earlierRows = waitsForWhole ? (before ?? answered) : null;
  const current = earlierRows
    ? outdated(earlierRows, isReading)
    : readsWhole
      ? collected
      : waitsForPage && collected
        ? pageOf(collected, input)
        : answered;
  const rows = useMemo(() => current && withheld(current.rows, masked), [current, masked]);
  return {
    answer: current && rows && rows !== current.rows ? { ...current, rows } : current,
    /** Whether the rows are of an earlier query while new ones are read. */
    isStale: earlierRows !== null || waitsForPage || (!readsWhole && page.isPlaceholderData),
    page,
    lookup,
    /** Null where a page is the answer. */
    whole: readsWhole ? whole : null,
  };
}

export type SubscriptionTableProps = {
  input: LookupInput;
  params: LookupParams;
  /** The search, filters and sorts of the address, on readable columns only. */
  query: ViewQuery;
  facts: LookupContext;
  access: Access;
  setParams: SetLookupParams;
};

export type ListViewProps = SubscriptionTableProps & {
  list: List;
  answer: ListAnswer;
  /** The rows of the answer that match the query, in its order. */
  rows: readonly Subscription[];
  /** The rows are those of an earlier query, or not filtered and sorted yet. */
  isStale: boolean;
  selection: SelectedRows<Subscription>;
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
};

export type List = ReturnType<typeof useList>;
