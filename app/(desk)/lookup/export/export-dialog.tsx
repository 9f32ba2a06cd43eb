"use client";

import { useFormatter, useTranslations } from "next-intl";
import { ExportDialog } from "@/components/export/export-dialog";
import type { Described } from "@/components/export/export-result";
import { addressQuery, useLinks } from "@/components/shell/link-context";
import type { Manifest } from "@/lib/export/manifest";
import type { LookupParams } from "../search-params";
import { Changed } from "../stream/changed";
import { exportAddress, exportQuery } from "./export-address";
import { ExportFailed } from "./export-failed";
import { type ExportScope, ExportScopeText } from "./export-scope";

type LookupExportDialogProps = ExportScope & {
  /** Rows that are selected: the file does not respect them. */
  selected: number;
  /** The address whose rows are written. */
  params: LookupParams;
  onClose: () => void;
};

/** The export of one subscriber's channels. */
export function LookupExportDialog({
  params,
  selected,
  onClose,
  ...scope
}: LookupExportDialogProps) {
  const t = useTranslations("export");
  const links = useLinks();
  const describe = useDescription();
  return (
    <ExportDialog<Manifest>
      title={t("title")}
      what="channels"
      scope={
        <>
          <ExportScopeText {...scope} />
          {selected > 0 && <p>{t("notSelected", { count: selected })}</p>}
        </>
      }
      addressOf={async (format) => {
        const query = await addressQuery(links, exportQuery(params));
        return exportAddress(query, format, scope.columns);
      }}
      describe={describe}
      failed={(failure, onRetry) => <ExportFailed {...{ failure, params, onRetry }} />}
      onClose={onClose}
    />
  );
}

function useDescription(): (manifest: Manifest) => Described {
  const t = useTranslations("export.manifest");
  const list = useTranslations("wholeSet");
  const format = useFormatter();
  return (manifest) => ({
    isWhole: manifest.outcome === "complete",
    remarks: (
      <>
        <Changed
          read={manifest.readRows}
          total={manifest.expectedRows}
          duplicates={manifest.duplicateRows}
          unreadableRows={manifest.unreadableRows}
          totalChanged={manifest.totalChanged}
        />
        {manifest.unreadableValues > 0 && (
          <p>{list("unreadableValues", { values: manifest.unreadableValues })}</p>
        )}
      </>
    ),
    facts: [
      [t("app"), `${manifest.app.name} (${manifest.app.sdkAppId})`],
      [t("subscriber"), manifest.subscriber],
      [t("readFrom"), format.dateTime(new Date(manifest.readFrom), "exact")],
      [t("readTo"), format.dateTime(new Date(manifest.readTo), "exact")],
      [t("expectedRows"), format.number(manifest.expectedRows)],
      [t("readRows"), format.number(manifest.readRows)],
      [t("writtenRows"), format.number(manifest.writtenRows)],
    ],
  });
}
