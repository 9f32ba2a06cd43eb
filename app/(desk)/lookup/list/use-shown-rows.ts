"use client";

import { useLocale } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import type { Subscription } from "@/lib/chat-api/types";
import type { ViewQuery } from "@/lib/subscriptions/view";
import { isNarrowed } from "../list-query";
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
