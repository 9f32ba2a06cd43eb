"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { DataTable } from "@/components/data-table/data-table";
import type { Density } from "@/components/data-table/layout";
import type { DataTableInstance } from "@/components/data-table/table";
import { visibleText } from "@/lib/visible-text";
import type { DirectoryAnswer } from "./directory-answer";
import { DirectoryPages } from "./directory-pages";
import type { DirectoryRow } from "./directory-row";
import { EmptyView, NoMatch, NothingKnown } from "./directory-screens";
import { GroupTable } from "./group-table";
import type { RoomFacts } from "./room-facts";
import {
  type DirectoryParams,
  filtersOf,
  isNarrowed,
  type SetDirectoryParams,
  serializeDirectory,
} from "./search-params";
import type { DirectoryChange } from "./use-directory-change";

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
