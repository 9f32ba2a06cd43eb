"use client";

import { useCallback, useMemo, useState } from "react";
import type { Selection } from "@/components/data-table/selection";
import type { Subscription } from "@/lib/chat-api/types";
import { isReadToEnd, type ListAnswer } from "./list-answer";

type Rows = ReadonlyMap<string, Subscription>;

const NOTHING: Rows = new Map();

export type SelectedRows = {
  /** Also those that a page or a filter does not show now. */
  readonly rows: readonly Subscription[];
  readonly clear: () => void;
  readonly ofTable: Selection<Subscription>;
};

/**
 * The rows somebody has selected, kept while pages and filters change, as they were read last. One that
 * has left the list is not selected any more.
 *
 * @param list what names the list: another list begins with nothing selected
 */
export function useSelection(
  shown: readonly Subscription[],
  answer: ListAnswer | null,
  list: string,
): SelectedRows {
  const [selected, setSelected] = useState(NOTHING);
  const [selectedOf, setSelectedOf] = useState(list);
  if (selectedOf !== list) {
    setSelectedOf(list);
    setSelected(NOTHING);
  }
  const allIds = useMemo(() => shown.map(({ channelId }) => channelId), [shown]);
  const ids = useMemo(() => new Set(selected.keys()), [selected]);
  const onSelect = useCallback(
    (wanted: ReadonlySet<string>) =>
      setSelected((before) => {
        const next = new Map([...before].filter(([id]) => wanted.has(id)));
        for (const row of shown) if (wanted.has(row.channelId)) next.set(row.channelId, row);
        return next;
      }),
    [shown],
  );
  const ofTable = useMemo(
    () => ({ selected: ids, onSelect, allIds, nameOf }),
    [ids, onSelect, allIds],
  );
  const rows = useMemo(() => {
    if (selected.size === 0 || !answer) return [...selected.values()];
    const present = new Map(answer.rows.map((row) => [row.channelId, row]));
    return [...selected.values()].flatMap((row) => {
      const now = present.get(row.channelId) ?? (isReadToEnd(answer) ? null : row);
      return now ? [now] : [];
    });
  }, [selected, answer]);
  return {
    rows,
    clear: useCallback(() => setSelected(NOTHING), []),
    ofTable,
  };
}

function nameOf(row: Subscription): string {
  return row.name || row.channelId;
}
