"use client";

import { useLocale } from "next-intl";
import { useEffect } from "react";
import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { loadChips, loadScreens } from "../lazy-pieces";

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
