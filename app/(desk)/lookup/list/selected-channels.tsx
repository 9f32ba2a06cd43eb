"use client";

import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { CompareLink } from "@/components/channel/compare-link";
import { SelectionBar } from "@/components/data-table/selection-bar";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import { ExportSelectionButton } from "@/components/listing/export/export-button";
import { can, type Role } from "@/lib/auth/permissions";
import type { Subscription } from "@/lib/chat-api/types";
import { copiedRows } from "@/lib/export/clipboard";
import { cellKind } from "@/lib/export/sheet";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { LookupExportDialog } from "../export/export-dialog";

type SelectedChannelsProps = Pick<
  ComponentProps<typeof LookupExportDialog>,
  "params" | "query" | "withheld" | "total"
> & {
  app: string;
  rows: readonly Subscription[];
  table: DataTableInstance<Subscription>;
  /** The columns whose values may be read. */
  readColumns: readonly ColumnId[];
  role: Role;
  onClear: () => void;
};

/** Compares, exports or copies the selected channels. */
export function SelectedChannels(props: SelectedChannelsProps) {
  const { app, rows, table, readColumns, role, onClear, ...exported } = props;
  const labels = useTranslations("fields");
  const columns = shownColumns(table, readColumns);
  const channelIds = rows.map(({ channelId }) => channelId);
  const copied = () =>
    copiedRows(
      columns.map((id) => ({ id, label: labels(id), kind: cellKind(id) })),
      rows,
    );
  return (
    <SelectionBar count={rows.length} copied={copied} onClear={onClear}>
      {can(role, "channels") && <CompareLink {...{ app, channelIds }} />}
      <ExportSelectionButton role={role}>
        {(close) => (
          <LookupExportDialog
            {...exported}
            columns={columns}
            matching={null}
            selected={channelIds}
            onClose={close}
          />
        )}
      </ExportSelectionButton>
    </SelectionBar>
  );
}
