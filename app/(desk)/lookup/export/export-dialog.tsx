"use client";

import { useFormatter, useTranslations } from "next-intl";
import {
  type Described,
  ExportDialog,
  ExportScope,
} from "@/components/listing/export/export-dialog";
import { addressQuery, useLinks } from "@/components/shell/link-context";
import type { Field } from "@/lib/chat-api/types";
import type { Manifest } from "@/lib/export/manifest";
import type { ColumnId } from "@/lib/subscriptions/filter";
import type { ViewQuery } from "@/lib/subscriptions/view";
import { type LookupParams, serializeLookup } from "../search-params";
import { Changed } from "../stream/whole-set-notice";

type LookupExportDialogProps = {
  /** The address whose rows are exported. */
  params: LookupParams;
  /** The columns of the file, in the order of the table. */
  columns: readonly ColumnId[];
  /** The search, filters and sorts that the role may use. */
  query: ViewQuery;
  /** The shown columns whose values are masked. */
  withheld: readonly Field[];
  /** The number of matching channels; null until the whole list is read. */
  matching: number | null;
  /** Channels of the whole list. */
  total: number;
  /** The IDs of the selected channels, of which alone the file is made. Null: of all that match. */
  selected: readonly string[] | null;
  onClose: () => void;
};

/** Exports one subscriber's channels. */
export function LookupExportDialog(props: LookupExportDialogProps) {
  const { params, columns, query, withheld, matching, total, selected, onClose } = props;
  const t = useTranslations("export");
  const reveal = useTranslations("reveal");
  const labels = useTranslations("fields");
  const links = useLinks();
  const describe = useDescription();
  return (
    <ExportDialog<Manifest>
      title={t("title")}
      what="channels"
      scope={
        <ExportScope
          {...{ matching, total }}
          selected={selected?.length ?? null}
          isAll={query.search.trim() === "" && Object.keys(query.filters).length === 0}
          columns={columns.length}
          sorts={query.sorts.map(({ column, descending }) => ({
            label: labels(column),
            descending,
          }))}
        >
          {withheld.length > 0 && (
            <span>
              {reveal("notExported", { fields: withheld.map((field) => labels(field)).join(", ") })}
            </span>
          )}
        </ExportScope>
      }
      addressOf={async (format) => {
        const rows = new URLSearchParams(serializeLookup({ ...params, ...POSITION }));
        const query = await addressQuery(links, rows);
        const file = new URLSearchParams({ format, columns: columns.join() });
        return `/lookup/export?${new URLSearchParams([...query, ...file])}`;
      }}
      {...(selected && { body: () => JSON.stringify({ selected }) })}
      describe={describe}
      onDefaultApp={async () => {
        const query = new URLSearchParams(serializeLookup({ ...params, app: null }));
        location.assign(`/lookup?${await addressQuery(links, query)}`);
      }}
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
      [t("selectedRows"), manifest.selectedRows && format.number(manifest.selectedRows)],
      [t("writtenRows"), format.number(manifest.writtenRows)],
    ],
  });
}

/** Parameters of the position on the page. They do not change the exported rows. */
const POSITION = { offset: null, size: null, whole: null, row: null, follows: null };
