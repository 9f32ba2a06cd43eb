"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { TableLayout } from "@/components/data-table/layout";
import { callAction } from "@/lib/call-action";
import { savePreference } from "./preference-actions";

/** Milliseconds without a change after which the last one is stored. */
const PAUSE = 500;

/** The last changes on this page. A table that mounts again starts from them instead of from `initial`. */
const changed = new Map<string, TableLayout>();

/**
 * Keeps the layout of a table in this person's preferences. A change applies at once and is stored after a pause,
 * or when the page is left. `unsaved` is true if that failed; the next change tries again.
 */
export function useSavedLayout(name: "lookupTable" | "channelsTable", initial: TableLayout) {
  const [layout, setLayout] = useState(() => changed.get(name) ?? initial);
  const [unsaved, setUnsaved] = useState(false);
  const client = useQueryClient();
  const waiting = useRef<{ layout: TableLayout; timer: ReturnType<typeof setTimeout> } | null>(
    null,
  );

  const flush = useCallback(() => {
    if (!waiting.current) return;
    clearTimeout(waiting.current.timer);
    // In one scope, so that an earlier layout cannot arrive last. Without useMutation: a table needs no
    // observer before the first change.
    const options = {
      mutationFn: (value: TableLayout) => store(name, value),
      scope: { id: name },
      retry: 3,
    };
    const stored = client.getMutationCache().build(client, options);
    stored.execute(waiting.current.layout).then(
      () => setUnsaved(false),
      () => setUnsaved(true),
    );
    waiting.current = null;
  }, [client, name]);

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

async function store(name: "lookupTable" | "channelsTable", value: TableLayout): Promise<void> {
  const stored = await callAction(savePreference, { name, value });
  if (!stored.ok) throw new Error(stored.failure.happened);
}
