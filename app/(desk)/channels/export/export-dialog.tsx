"use client";

import { useTranslations } from "next-intl";
import { ListExportDialog } from "@/components/export/list-export-dialog";
import type { ExportFormat } from "@/lib/export/formats";
import type { DirectoryColumnId } from "../directory-columns";
import { type DirectoryParams, serializeDirectory } from "../search-params";
import { useColumnLabels } from "../use-column-labels";
import { fileColumns } from "./file-columns";

type ChannelsExportDialogProps = {
  app: string;
  /** The address whose channels are written. */
  params: DirectoryParams;
  /** From left to right. */
  columns: readonly DirectoryColumnId[];
  /** Channels that match; null where the screen counts groups. */
  matching: number | null;
  known: number;
  /** Rows that are selected: the file does not respect them. */
  selected: number;
  onClose: () => void;
};

/** The export of the channels that an address shows, all pages of them. */
export function ChannelsExportDialog(props: ChannelsExportDialogProps) {
  const { app, params, columns, matching, known, selected, onClose } = props;
  const t = useTranslations("export");
  const labels = useColumnLabels();
  const which = matching === null ? "matching" : matching === known ? "all" : "counted";
  const sorts = params.sort.map(
    ({ column, descending }) => `${labels(column)} ${descending ? "↓" : "↑"}`,
  );
  return (
    <ListExportDialog
      title={t("title")}
      what="channels"
      scope={
        <>
          <p>
            {t("scope.sentence", {
              rows: t(`scope.${which}`, { matching: matching ?? 0, total: known }),
              columns: t("scope.columns", { count: fileColumns(columns, labels).length }),
              order:
                sorts.length > 0
                  ? t("scope.sorted", { by: sorts.join(", ") })
                  : t("scope.unsorted"),
            })}
          </p>
          {selected > 0 && <p>{t("notSelected", { count: selected })}</p>}
        </>
      }
      addressOf={async (format) => exportAddress(params, { app, format, columns })}
      onClose={onClose}
    />
  );
}

/** Where a file of all that an address shows is made, with its columns in the order of the screen. */
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
  const place = { offset: null, size: null, row: null, group: null, columns: null };
  const query = new URLSearchParams(serializeDirectory({ ...params, ...place, app }));
  query.set("columns", columns.join());
  query.set("format", format);
  return `/channels/export?${query}`;
}
