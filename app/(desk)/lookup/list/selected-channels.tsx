"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { SelectionBar } from "@/components/data-table/selection-bar";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import { Button } from "@/components/ui/button";
import { can, type Role } from "@/lib/auth/permissions";
import type { Subscription } from "@/lib/chat-api/types";
import { copiedRows } from "@/lib/export/clipboard";
import { cellKind } from "@/lib/export/columns";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { LookupExportDialog } from "../export/export-dialog";

type SelectedChannelsProps = Pick<
  ComponentProps<typeof LookupExportDialog>,
  "params" | "query" | "withheld" | "total"
> & {
  rows: readonly Subscription[];
  table: DataTableInstance<Subscription>;
  /** The columns whose values may be read. */
  readColumns: readonly ColumnId[];
  role: Role;
  onClear: () => void;
};

/** Copies or exports the selected channels. */
export function SelectedChannels(props: SelectedChannelsProps) {
  const { rows, table, readColumns, role, onClear, ...exported } = props;
  const t = useTranslations("export");
  const labels = useTranslations("fields");
  const [isExporting, setExporting] = useState(false);
  const columns = shownColumns(table, readColumns);
  const copied = () =>
    copiedRows(
      columns.map((id) => ({ id, label: labels(id), kind: cellKind(id) })),
      rows,
    );
  return (
    <SelectionBar count={rows.length} copied={copied} onClear={onClear}>
      {can(role, "export") && (
        <Button aria-haspopup="dialog" onClick={() => setExporting(true)}>
          {t("selection")}
        </Button>
      )}
      {isExporting && (
        <LookupExportDialog
          {...exported}
          columns={columns}
          matching={null}
          selected={rows.map(({ channelId }) => channelId)}
          onClose={() => setExporting(false)}
        />
      )}
    </SelectionBar>
  );
}
