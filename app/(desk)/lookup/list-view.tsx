"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable, DataTableSkeleton } from "@/components/data-table/data-table";
import type { TableLayout } from "@/components/data-table/layout";
import type { SelectedRows } from "@/components/data-table/use-selection";
import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { useSubscriptionColumns } from "./columns";
import { LookupChips, NoMatch, SelectedChannels } from "./lazy-pieces";
import { isReadToEnd, type ListAnswer } from "./list-answer";
import { ListFooter } from "./list-footer";
import { ListNotice, UnreadableNotice } from "./list-notice";
import { isNarrowed } from "./list-query";
import { ListToolbar } from "./list-toolbar";
import { serializeLookup } from "./search-params";
import type { SubscriptionTableProps } from "./subscription-table";
import type { List } from "./use-list";
import { usePrepared } from "./use-prepared";
import { useViewChange } from "./use-view-change";

export type ListViewProps = SubscriptionTableProps & {
  list: List;
  answer: ListAnswer;
  /** What is shown of the answer, in the order shown. */
  rows: readonly Subscription[];
  /** They are of an earlier question, or not yet as the address wants them. */
  isStale: boolean;
  selection: SelectedRows<Subscription>;
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
};

/** The rows of the answer as the address wants them, and all that can be done with them. */
export function ListView(props: ListViewProps) {
  const {
    list,
    answer,
    rows,
    isStale,
    selection,
    layout,
    onLayout,
    input,
    params,
    query,
    facts,
    access,
    setParams,
  } = props;
  const t = useTranslations("lookup");
  const change = useViewChange(params, setParams);
  const { readable, masked } = access;
  const shown = useMemo(
    () => [...readable, ...masked].filter((field) => params.fields.includes(field)),
    [readable, masked, params.fields],
  );
  const fields = { shown, readable, masked: facts.masked };
  const columns = useSubscriptionColumns(fields, answer.readTo ?? NEVER);
  const readColumns = useMemo(
    () => columns.filter(({ id }) => !masked.some((field) => field === id)),
    [columns, masked],
  );
  const columnIds = useMemo(() => readColumns.map(({ id }) => id), [readColumns]);
  usePrepared(isReadToEnd(answer) ? answer.rows : null, columnIds);
  const filtered = useMemo(
    () => new Set(Object.keys(query.filters) as ColumnId[]),
    [query.filters],
  );
  const { subscriberId } = input;
  const isOnePage = answer.state === "page";
  const isPending = isStale || !isReadToEnd(answer);
  const asksOfRows = isNarrowed(query) || query.sorts.length > 0;
  return (
    <>
      <ListToolbar {...props} columns={readColumns} change={change} />
      {asksOfRows && (
        <LookupChips
          search={query.search}
          onSearch={change.search}
          filters={query.filters}
          onFilters={change.filters}
          sorts={query.sorts}
          onSorts={change.sorts}
          pending={isPending}
          onReset={change.reset}
        />
      )}
      {isOnePage && list.lookup && !isStale && <ListNotice input={input} lookup={list.lookup} />}
      {!isStale && <UnreadableNotice answer={answer} />}
      {selection.rows.length > 0 && (
        <SelectedChannels
          rows={selection.rows}
          columns={readColumns}
          layout={layout}
          onClear={selection.clear}
        />
      )}
      {rows.length === 0 && isStale ? (
        <DataTableSkeleton columns={columns.length} label={t("reading")} />
      ) : rows.length === 0 ? (
        asksOfRows && <NoMatch answer={answer} onReset={change.reset} />
      ) : (
        <DataTable
          caption={t("channelsOf", { subscriberId })}
          columns={columns}
          rows={rows}
          rowId={idOf}
          firstRow={answer.offset + 1}
          total={isNarrowed(query) || !isOnePage ? rows.length : answer.total}
          stale={isStale}
          view={serializeLookup({ ...params, fields: null, row: null, follows: null, whole: null })}
          layout={layout}
          onLayout={onLayout}
          sorting={{
            sorts: query.sorts,
            pending: isPending,
            onSort: change.sorts,
          }}
          filtered={filtered}
          onHide={change.hide}
          selection={selection.ofTable}
          onOpen={(row) => void setParams({ row: row.channelId })}
        />
      )}
      <ListFooter {...props} />
    </>
  );
}

const NEVER = new Date(0);

function idOf(row: Subscription): string {
  return row.channelId;
}
