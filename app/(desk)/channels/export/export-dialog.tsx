"use client";

import { useTranslations } from "next-intl";
import { ExportScope, ListExportDialog } from "@/components/listing/export/export-dialog";
import {
  type DirectoryColumnId,
  type DirectoryParams,
  serializeDirectory,
} from "@/lib/channels/directory/search-params";
import type { ExportFormat } from "@/lib/export/formats";
import { useColumnLabels } from "../use-column-labels";
import { fileColumns } from "./file-columns";

type ChannelsExportDialogProps = {
  app: string;
  /** The address whose channels are exported. */
  params: DirectoryParams;
  /** In the order of the table. */
  columns: readonly DirectoryColumnId[];
  /** The number of matching channels; null while the list shows groups. */
  matching: number | null;
  known: number;
  /** The IDs of the selected channels, of which alone the file is made. Null: of all that match. */
  selected: readonly string[] | null;
  onClose: () => void;
};

/** Exports the channels of all pages of an address, or the selected ones. */
export function ChannelsExportDialog(props: ChannelsExportDialogProps) {
  const { app, params, columns, matching, known, selected, onClose } = props;
  const t = useTranslations("export");
  const labels = useColumnLabels();
  return (
    <ListExportDialog
      title={t("title")}
      what="channels"
      scope={
        <ExportScope
          matching={matching}
          selected={selected?.length ?? null}
          total={known}
          isAll={matching === known}
          columns={fileColumns(columns, labels).length}
          sorts={params.sort.map(({ column, descending }) => ({
            label: labels(column),
            descending,
          }))}
        />
      }
      addressOf={async (format) => exportAddress(params, { app, format, columns })}
      {...(selected && { body: () => JSON.stringify({ selected }) })}
      onClose={onClose}
    />
  );
}

/** Returns the address of the file, with the columns in the order of the table. */
function exportAddress(
  params: DirectoryParams,
  {
    app,
    format,
    columns,
  }: {
    readonly app: string;
    readonly format: ExportFormat;
    readonly columns: readonly DirectoryColumnId[];
  },
): string {
  const position = { offset: null, size: null, row: null, group: null, columns: null };
  const query = new URLSearchParams(serializeDirectory({ ...params, ...position, app }));
  query.set("columns", columns.join());
  query.set("format", format);
  return `/channels/export?${query}`;
}
