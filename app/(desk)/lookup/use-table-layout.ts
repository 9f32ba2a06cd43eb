"use client";

import { useMutation } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { TableLayout } from "@/components/data-table/layout";
import { callAction } from "@/lib/call-action";
import { savePreference } from "../preference-actions";

/** Milliseconds without a change after which the last one is stored. */
const PAUSE = 500;

/** The last change on this page, which `initial` does not know: the table may have been away meanwhile. */
let changed: TableLayout | null = null;

/**
 * How this person arranges the table, from `initial`, which the server gave. A change acts at once and is
 * stored a moment later, or when the page is left. `unsaved` when that failed: the arrangement stays
 * here, and the next change tries again.
 */
export function useTableLayout(initial: TableLayout) {
  const [layout, setLayout] = useState(() => changed ?? initial);
  const { mutate, isError } = useMutation({ mutationFn: storeLayout, scope: SCOPE, retry: 3 });
  const waiting = useRef<{ layout: TableLayout; timer: ReturnType<typeof setTimeout> } | null>(
    null,
  );

  const flush = useCallback(() => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    mutate(waiting.current.layout);
    waiting.current = null;
  }, [mutate]);

  const change = useCallback(
    (next: TableLayout) => {
      changed = next;
      setLayout(next);
      clearTimeout(waiting.current?.timer);
      waiting.current = { layout: next, timer: setTimeout(flush, PAUSE) };
    },
    [flush],
  );

  useEffect(() => {
    addEventListener("pagehide", flush);
    // A phone may end a page that is out of sight without a further word.
    document.addEventListener("visibilitychange", flush);
    return () => {
      removeEventListener("pagehide", flush);
      document.removeEventListener("visibilitychange", flush);
      flush();
    };
  }, [flush]);

  return [layout, change, { unsaved: isError }] as const;
}

// One after another, so that an earlier arrangement cannot arrive last.
const SCOPE = { id: "lookupTable" };

async function storeLayout(value: TableLayout): Promise<void> {
  const stored = await callAction(savePreference, { name: "lookupTable", value });
  if (!stored.ok) throw new Error(stored.failure.happened);
}
