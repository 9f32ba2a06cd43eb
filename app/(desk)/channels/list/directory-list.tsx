"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Density } from "@/components/data-table/layout";
import type { DataTableInstance } from "@/components/data-table/table";
import { OffsetPages } from "@/components/listing/offset-pages";
import { Button, buttonClass } from "@/components/ui/button";
import { Screen } from "@/components/ui/screen";
import {
  type DirectoryParams,
  filtersOf,
  isNarrowed,
  type SetDirectoryParams,
  SIZES,
  serializeDirectory,
} from "@/lib/channels/directory/search-params";
import type { DirectoryView } from "@/lib/channels/known-channel";
import { visibleText } from "@/lib/visible-text";
import type { ChannelsContext, DirectoryAnswer, DirectoryRow } from "../directory";
import { GroupTable } from "./group-table";
import type { DirectoryChange } from "./use-directory";

type DirectoryListProps = {
  params: DirectoryParams;
  setParams: SetDirectoryParams;
  change: DirectoryChange;
  context: ChannelsContext;
  answer: DirectoryAnswer;
  /** In the order of the table. */
  rows: readonly DirectoryRow[];
  table: DataTableInstance<DirectoryRow>;
  density: Density;
  /** The actions on selected rows. */
  selectionBar: ReactNode;
  /** The rows belong to an earlier request. */
  stale: boolean;
};

/** One page of channels or groups, or the reason that there are none. */
export function DirectoryList(props: DirectoryListProps) {
  const { params, setParams, change, context, answer, rows, table, density, selectionBar, stale } =
    props;
  const t = useTranslations("channels");
  const filtered = useMemo(() => new Set(Object.keys(filtersOf(params))), [params]);
  const { groups, total, known } = answer;
  const count = groups?.length ?? rows.length;
  if (known === 0) return <NothingKnown />;
  if (total === 0) {
    return (
      <>
        {isNarrowed(params) ? <NoMatch onReset={change.reset} /> : <EmptyView view={params.view} />}
        {selectionBar}
      </>
    );
  }
  return (
    <>
      {groups && params.group ? (
        <>
          <GroupTable
            by={params.group}
            shown={context.shown}
            {...{ groups, params, setParams, stale }}
          />
          {selectionBar}
        </>
      ) : (
        <DataTable
          {...{ table, density, stale, filtered }}
          caption={t("caption")}
          firstRow={answer.offset + 1}
          view={serializeDirectory({ ...params, columns: null, row: null })}
          sortPending={stale}
          rowName={nameOf}
          selectionBar={selectionBar}
          onOpen={(row) => void setParams({ row: row.channelId })}
        />
      )}
      <OffsetPages
        {...{ count, total }}
        offset={answer.offset}
        size={params.size}
        sizes={SIZES}
        onPage={(offset, size) => void setParams({ offset, size })}
      />
    </>
  );
}

function nameOf(row: DirectoryRow): string {
  return visibleText(row.name || row.channelId);
}

/** No channel of this app is known yet. */
function NothingKnown() {
  const t = useTranslations("channels.nothingKnown");
  const action = (
    <Link prefetch={false} href="/lookup" className={`${buttonClass("secondary")} mt-2`}>
      {t("action")}
    </Link>
  );
  return <Screen happened={t("happened")} remedy={t("remedy")} action={action} />;
}

/** The view has channels, but none matches the filters. */
function NoMatch({ onReset }: { onReset: () => void }) {
  const t = useTranslations("channels.noMatch");
  const action = <Button onClick={onReset}>{t("action")}</Button>;
  return <Screen happened={t("happened")} remedy={t("remedy")} action={action} />;
}

/** The app has channels, but this view is empty. */
function EmptyView({ view }: { view: DirectoryView }) {
  const t = useTranslations("channels.views");
  return <Screen happened={t(`${view}.none`)} remedy={t(`${view}.noneRemedy`)} />;
}
