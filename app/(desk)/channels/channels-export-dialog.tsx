"use client";

import { useTranslations } from "next-intl";
import { ListExportDialog } from "@/components/export/list-export-dialog";
import type { DirectoryColumnId } from "./directory-columns";
import { exportAddress } from "./export-address";
import { fileColumns } from "./file-columns";
import type { DirectoryParams } from "./search-params";
import { useColumnLabels } from "./use-column-labels";

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
