"use client";

import { useLocale } from "next-intl";
import { useMemo } from "react";
import type { Subscription } from "@/lib/chat-api/types";
import { type ViewQuery, viewOf } from "@/lib/subscriptions/view";
import { isReadToEnd, type ListAnswer } from "./list-answer";
import { isNarrowed } from "./list-query";

const NONE: readonly Subscription[] = [];

/**
 * The rows to show. Each row of an incomplete list can be judged by itself, so it is filtered; which
 * comes first cannot be known, so it is not put in order.
 */
export function useShownRows(answer: ListAnswer | null, query: ViewQuery): readonly Subscription[] {
  const locale = useLocale();
  return useMemo(() => {
    if (!answer) return NONE;
    // One page of a longer list stays as it is until the rest has come.
    if (answer.state === "page" || (!isNarrowed(query) && query.sorts.length === 0)) {
      return answer.rows;
    }
    const sorts = isReadToEnd(answer) ? query.sorts : [];
    return viewOf(answer.rows, { ...query, sorts }, { now: answer.readTo ?? new Date(0), locale });
  }, [answer, query, locale]);
}
