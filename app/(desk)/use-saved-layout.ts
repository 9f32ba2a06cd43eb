"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { TableLayout } from "@/components/data-table/layout";
import { callAction } from "@/lib/call-action";
import { savePreference } from "./preference-actions";

/** Keeps the layout of a table in this person's preferences. */
export function useSavedLayout(name: keyof typeof STORES, initial: TableLayout) {
  return useTableLayout({ name, initial, store: STORES[name] });
}

const STORES = { lookupTable: storeIn("lookupTable"), channelsTable: storeIn("channelsTable") };

function storeIn(name: "lookupTable" | "channelsTable") {
  return async (value: TableLayout): Promise<void> => {
    const stored = await callAction(savePreference, { name, value });
    if (!stored.ok) throw new Error(stored.failure.happened);
  };
}

/** Milliseconds without a change after which the last one is stored. */
const PAUSE = 500;

/** The last changes on this page, which `initial` does not know: a table may have been away meanwhile. */
const changed = new Map<string, TableLayout>();

type KeptLayout = {
  /** Which table, among all of the desk. */
  name: string;
  initial: TableLayout;
  /** Always the same function. Throws when it could not be stored. */
  store: (layout: TableLayout) => Promise<void>;
};

/**
 * How this person arranges a table, from `initial`, which the server gave. A change acts at once and is
 * stored a moment later, or when the page is left. `unsaved` when that failed: the arrangement stays
 * here, and the next change tries again.
 */
function useTableLayout({ name, initial, store }: KeptLayout) {
  const [layout, setLayout] = useState(() => changed.get(name) ?? initial);
  const [unsaved, setUnsaved] = useState(false);
  const client = useQueryClient();
  const waiting = useRef<{ layout: TableLayout; timer: ReturnType<typeof setTimeout> } | null>(
    null,
  );

  const flush = useCallback(() => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    // One after another, so that an earlier arrangement cannot arrive last. Without useMutation, whose
    // observer no table needs before somebody arranges it.
    const options = { mutationFn: store, scope: { id: name }, retry: 3 };
    const stored = client.getMutationCache().build(client, options);
    stored.execute(waiting.current.layout).then(
      () => setUnsaved(false),
      () => setUnsaved(true),
    );
    waiting.current = null;
  }, [client, name, store]);

  const change = useCallback(
    (next: TableLayout) => {
      changed.set(name, next);
      setLayout(next);
      clearTimeout(waiting.current?.timer);
      waiting.current = { layout: next, timer: setTimeout(flush, PAUSE) };
    },
    [name, flush],
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

  return [layout, change, { unsaved }] as const;
}
