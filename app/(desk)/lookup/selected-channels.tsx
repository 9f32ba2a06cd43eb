"use client";

import type { DataColumn } from "@/components/data-table/column";
import { orderedColumns, type TableLayout } from "@/components/data-table/layout";
import { SelectionBar } from "@/components/data-table/selection-bar";
import type { Subscription } from "@/lib/chat-api/types";
import { copiedRows } from "@/lib/export/clipboard";
import { cellKind } from "@/lib/export/columns";
import type { ColumnId } from "@/lib/subscriptions/filter";

type SelectedChannelsProps = {
  rows: readonly Subscription[];
  columns: readonly DataColumn<Subscription, ColumnId>[];
  layout: TableLayout;
  onClear: () => void;
};

/** What can be done with the channels selected. */
export function SelectedChannels({ rows, columns, layout, onClear }: SelectedChannelsProps) {
  const copied = () => {
    const shown = orderedColumns(columns, layout);
    return copiedRows(
      shown.map(({ id, header }) => ({ id, label: header, kind: cellKind(id) })),
      rows,
    );
  };
  return <SelectionBar count={rows.length} copied={copied} onClear={onClear} />;
}
