"use client";

import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { CompareLink } from "@/components/channel/compare-link";
import { SelectionBar } from "@/components/data-table/selection-bar";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import { Button } from "@/components/ui/button";
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
  const t = useTranslations("export");
  const labels = useTranslations("fields");
  const [isExporting, setExporting] = useState(false);
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
          selected={channelIds}
          onClose={() => setExporting(false)}
        />
      )}
    </SelectionBar>
  );
}
