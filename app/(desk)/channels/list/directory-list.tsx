"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Density } from "@/components/data-table/layout";
import { Pagination } from "@/components/data-table/pagination";
import type { DataTableInstance } from "@/components/data-table/table";
import { Button, buttonClass } from "@/components/ui/button";
import { Screen } from "@/components/ui/screen";
import type { DirectoryView } from "@/lib/channels/known-channel";
import { visibleText } from "@/lib/visible-text";
import type { DirectoryAnswer, DirectoryRow, RoomFacts } from "../directory";
import {
  type DirectoryParams,
  filtersOf,
  isNarrowed,
  type SetDirectoryParams,
  SIZES,
  serializeDirectory,
} from "../search-params";
import { GroupTable } from "./group-table";
import type { DirectoryChange } from "./use-directory";

type DirectoryListProps = {
  params: DirectoryParams;
  setParams: SetDirectoryParams;
  change: DirectoryChange;
  facts: RoomFacts;
  answer: DirectoryAnswer;
  /** In the order shown. */
  rows: readonly DirectoryRow[];
  table: DataTableInstance<DirectoryRow>;
  density: Density;
  /** What can be done with the selected rows, or nothing. */
  selectionBar: ReactNode;
  /** The rows are of an earlier question, and others are on their way. */
  stale: boolean;
};

/** The channels of a page, or the groups, or why there are none. */
export function DirectoryList(props: DirectoryListProps) {
  const { params, setParams, change, facts, answer, rows, table, density, selectionBar, stale } =
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
            shown={facts.shown}
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
      <DirectoryPages {...{ setParams, count, total }} offset={answer.offset} size={params.size} />
    </>
  );
}

function nameOf(row: DirectoryRow): string {
  return visibleText(row.name || row.channelId);
}

/** The desk has met no channel of this app yet. */
function NothingKnown() {
  const t = useTranslations("channels.nothingKnown");
  const action = (
    <Link prefetch={false} href="/lookup" className={`${buttonClass("secondary")} mt-2`}>
      {t("action")}
    </Link>
  );
  return <Screen happened={t("happened")} remedy={t("remedy")} action={action} />;
}

/** There are channels in this view, and none of them matches. */
function NoMatch({ onReset }: { onReset: () => void }) {
  const t = useTranslations("channels.noMatch");
  const action = <Button onClick={onReset}>{t("action")}</Button>;
  return <Screen happened={t("happened")} remedy={t("remedy")} action={action} />;
}

/** There are channels, but none that this view is about. */
function EmptyView({ view }: { view: DirectoryView }) {
  const t = useTranslations("channels.views");
  return <Screen happened={t(`${view}.none`)} remedy={t(`${view}.noneRemedy`)} />;
}

type DirectoryPagesProps = {
  offset: number;
  size: number;
  setParams: SetDirectoryParams;
  /** Rows or groups on this page, and on all. */
  count: number;
  total: number;
};

/** Where a page stands, and the ways to the others. */
function DirectoryPages({ offset, size, setParams, count, total }: DirectoryPagesProps) {
  const page = Math.floor(offset / size) + 1;
  const pageCount = Math.max(page, Math.ceil(total / size));
  const to = (target: number) =>
    target === offset || target < 0 || target >= total
      ? null
      : () => void setParams({ offset: target });
  return (
    <Pagination
      from={count === 0 ? 0 : offset + 1}
      to={offset + count}
      {...{ total, page, pageCount, size }}
      sizes={SIZES}
      go={{
        first: to(0),
        previous: offset === 0 ? null : to(Math.max(0, offset - size)),
        next: to(offset + size),
        last: to((pageCount - 1) * size),
      }}
      onPage={(wanted) => void setParams({ offset: (wanted - 1) * size })}
      onSize={(wanted) => void setParams({ size: wanted, offset: offset - (offset % wanted) })}
    />
  );
}
