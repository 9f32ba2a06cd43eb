"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { DataColumn } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import type { TableLayout } from "@/components/data-table/layout";
import type { Selection } from "@/components/data-table/selection";
import type { DirectoryAnswer } from "./directory-answer";
import { type DirectoryColumnId, isSortable } from "./directory-columns";
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
  columns: readonly DataColumn<DirectoryRow, DirectoryColumnId>[];
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
  selection: Selection<DirectoryRow>;
  /** The rows are of an earlier question, and others are on their way. */
  stale: boolean;
};

/** The channels of a page, or the groups, or why there are none. */
export function DirectoryList(props: DirectoryListProps) {
  const { params, setParams, change, facts, answer, rows, columns, layout, onLayout } = props;
  const { selection, stale } = props;
  const t = useTranslations("channels");
  const filtered = useMemo(
    () => new Set(Object.keys(filtersOf(params)) as DirectoryColumnId[]),
    [params],
  );
  const { groups, total, known } = answer;
  const count = groups?.length ?? rows.length;
  if (known === 0) return <NothingKnown />;
  if (total === 0) {
    return isNarrowed(params) ? (
      <NoMatch onReset={change.reset} />
    ) : (
      <EmptyView view={params.view} />
    );
  }
  return (
    <>
      {groups && params.group ? (
        <GroupTable
          by={params.group}
          shown={facts.shown}
          {...{ groups, params, setParams, stale }}
        />
      ) : (
        <DataTable
          caption={t("caption")}
          columns={columns}
          rows={rows}
          rowId={idOf}
          firstRow={answer.offset + 1}
          total={total}
          stale={stale}
          view={serializeDirectory({ ...params, columns: null, row: null })}
          layout={layout}
          onLayout={onLayout}
          sorting={{
            sorts: params.sort,
            pending: stale,
            onSort: (sorts) =>
              change.sorts(
                sorts.flatMap(({ column, descending }) =>
                  isSortable(column) ? [{ column, descending }] : [],
                ),
              ),
          }}
          filtered={filtered}
          onHide={change.hide}
          selection={selection}
          onOpen={(row) => void setParams({ row: row.channelId })}
        />
      )}
      <DirectoryPages {...{ setParams, count, total }} offset={answer.offset} size={params.size} />
    </>
  );
}

function idOf(row: DirectoryRow): string {
  return row.channelId;
}
