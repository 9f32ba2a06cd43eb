"use client";

import { useLocale } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { type SelectedRows, useSelection } from "@/components/data-table/use-selection";
import { loadChips } from "@/components/listing/filters/filter-bar";
import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import type { ViewQuery } from "@/lib/subscriptions/view";
import { loadScreens } from "../lazy-pieces";
import { isNarrowed } from "../lookup-query";
import { isReadToEnd, type ListAnswer } from "./list-answer";

const NONE: readonly Subscription[] = [];

type ShownRows = {
  readonly rows: readonly Subscription[];
  /** They are not yet as the address wants them. */
  readonly isWaiting: boolean;
};

/**
 * The rows to show. Each row of an incomplete list can be judged by itself, so it is filtered; which
 * comes first cannot be known, so it is not put in order.
 */
export function useShownRows(answer: ListAnswer | null, query: ViewQuery): ShownRows {
  const locale = useLocale();
  const asks = isNarrowed(query) || query.sorts.length > 0;
  // With all rows in hand, the first question is to be expected.
  const viewOf = useViewOf(asks || (answer !== null && answer.state !== "page"));
  return useMemo(() => {
    if (!answer) return { rows: NONE, isWaiting: false };
    // One page of a longer list stays as it is until the rest has come.
    if (answer.state === "page" || !asks) return { rows: answer.rows, isWaiting: false };
    if (!viewOf) return { rows: answer.rows, isWaiting: true };
    const sorts = isReadToEnd(answer) ? query.sorts : [];
    const context = { now: answer.readTo ?? new Date(0), locale };
    return { rows: viewOf(answer.rows, { ...query, sorts }, context), isWaiting: false };
  }, [answer, asks, query, locale, viewOf]);
}

type ViewOf = typeof import("@/lib/subscriptions/view").viewOf;

let loaded: ViewOf | null = null;

/** Fetched when it is needed, mostly while the rows are on their way as well. */
function useViewOf(needed: boolean): ViewOf | null {
  const [viewOf, setViewOf] = useState<ViewOf | null>(() => loaded);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    if (!needed || viewOf) return;
    void import("@/lib/subscriptions/view").then(
      (module) => {
        loaded = module.viewOf;
        setViewOf(() => module.viewOf);
      },
      // Not to be had now, as when the network is away.
      () => setTimeout(setTries, 2000, tries + 1),
    );
  }, [needed, viewOf, tries]);
  return viewOf;
}

/** Uses the time in which nothing else is to be done for what the first sort or search will need. */
export function usePrepared(rows: readonly Subscription[] | null, columns: readonly ColumnId[]) {
  const locale = useLocale();
  useEffect(() => {
    if (!rows) return;
    const leaving = new AbortController();
    void loadChips();
    void loadScreens();
    void import("@/lib/subscriptions/view").then(({ prepareView }) =>
      whenIdle(prepareView(rows, columns, locale), leaving.signal),
    );
    return () => leaving.abort();
  }, [rows, columns, locale]);
}

function whenIdle(pieces: Generator<void, void>, signal: AbortSignal): void {
  // Safari has no idle time to give.
  const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 50));
  const next = () => {
    if (!signal.aborted && !pieces.next().done) idle(next);
  };
  idle(next);
}

/**
 * The channels somebody has selected, as they were read last. One that has left the list is not selected
 * any more.
 *
 * @param list what names the list: another list begins with nothing selected
 */
export function useSelectedChannels(
  shown: readonly Subscription[],
  answer: ListAnswer | null,
  list: string,
): SelectedRows<Subscription> {
  const { rows: selected, ...selection } = useSelection({ shown, list, idOf });
  const rows = useMemo(() => {
    if (selected.length === 0 || !answer) return selected;
    const present = new Map(answer.rows.map((row) => [row.channelId, row]));
    return selected.flatMap((row) => {
      const now = present.get(row.channelId) ?? (isReadToEnd(answer) ? null : row);
      return now ? [now] : [];
    });
  }, [selected, answer]);
  return { ...selection, rows };
}

function idOf(row: Subscription): string {
  return row.channelId;
}
