"use client";

import { useMemo } from "react";
import { type SelectedRows, useSelection } from "@/components/data-table/use-selection";
import type { Subscription } from "@/lib/chat-api/types";
import { isReadToEnd, type ListAnswer } from "./list-answer";

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
