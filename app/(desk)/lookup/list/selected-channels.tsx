"use client";

import { useTranslations } from "next-intl";
import { SelectionBar } from "@/components/data-table/selection-bar";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import type { Subscription } from "@/lib/chat-api/types";
import { copiedRows } from "@/lib/export/clipboard";
import { cellKind } from "@/lib/export/columns";
import type { ColumnId } from "@/lib/subscriptions/filter";

type SelectedChannelsProps = {
  rows: readonly Subscription[];
  table: DataTableInstance<Subscription>;
  /** The columns whose values may be read. */
  readColumns: readonly ColumnId[];
  onClear: () => void;
};

/** What can be done with the selected channels. */
export function SelectedChannels({ rows, table, readColumns, onClear }: SelectedChannelsProps) {
  const labels = useTranslations("fields");
  const copied = () =>
    copiedRows(
      shownColumns(table, readColumns).map((id) => ({ id, label: labels(id), kind: cellKind(id) })),
      rows,
    );
  return <SelectionBar count={rows.length} copied={copied} onClear={onClear} />;
}
