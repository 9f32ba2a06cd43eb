"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { DataTable, DataTableSkeleton } from "@/components/data-table/data-table";
import { useDataTable } from "@/components/data-table/table";
import type { Subscription } from "@/lib/chat-api/types";
import type { ColumnId } from "@/lib/subscriptions/filter";
import { NoMatch, SelectedChannels } from "../lazy-pieces";
import { isNarrowed } from "../lookup-query";
import { serializeLookup } from "../search-params";
import { useViewChange } from "../views/use-view-change";
import { useSubscriptionColumns } from "./columns";
import { isReadToEnd } from "./list-answer";
import { ListFooter } from "./list-footer";
import { ListNotice, UnreadableNotice } from "./list-notice";
import { LookupToolbar } from "./list-toolbar";
import type { ListViewProps } from "./use-list";
import { usePrepared } from "./use-rows";

/** Shows the rows of the answer in a table, with the toolbar, the notices and the footer. */
export function ListView(props: ListViewProps) {
  const { list, answer, rows, isStale, selection, layout, onLayout } = props;
  const { input, params, query, facts, access, setParams } = props;
  const t = useTranslations("lookup");
  const change = useViewChange(params, setParams);
  const { readable, masked } = access;
  const offered = useMemo(() => [...readable, ...masked], [readable, masked]);
  const shown = useMemo(
    () => offered.filter((field) => params.fields.includes(field)),
    [offered, params.fields],
  );
  const fields = { offered, shown, readable, masked: facts.masked };
  const columns = useSubscriptionColumns(fields, answer.readTo ?? NEVER);
  const shownIds = useMemo<ColumnId[]>(() => [...shown, "channelId"], [shown]);
  const readColumns = useMemo(
    () =>
      columns
        .map(({ id }) => id)
        .filter((id) => shownIds.includes(id) && !masked.some((field) => field === id)),
    [columns, shownIds, masked],
  );
  usePrepared(isReadToEnd(answer) ? answer.rows : null, readColumns);
  const filtered = useMemo(() => new Set(Object.keys(query.filters)), [query.filters]);
  const isOnePage = answer.state === "page";
  const isPending = isStale || !isReadToEnd(answer);
  const { rowSelection, onRowSelectionChange } = selection;
  const table = useDataTable({
    ...{ columns, rows, layout, onLayout, rowSelection, onRowSelectionChange },
    rowId: idOf,
    total: isNarrowed(query) || !isOnePage ? rows.length : answer.total,
    shown: shownIds,
    onHide: change.hide,
    sorts: query.sorts,
    onSort: change.sorts,
  });
  const { subscriberId } = input;
  const asksOfRows = isNarrowed(query) || query.sorts.length > 0;
  const selectionBar = selection.rows.length > 0 && (
    <SelectedChannels
      {...{ table, readColumns, params, query }}
      app={input.app}
      rows={selection.rows}
      withheld={access.masked.filter((field) => params.fields.includes(field))}
      total={answer.total}
      role={facts.role}
      onClear={selection.clear}
    />
  );
  return (
    <>
      <LookupToolbar {...props} {...{ table, readColumns, change }} />
      {isOnePage && list.lookup && !isStale && <ListNotice input={input} lookup={list.lookup} />}
      {!isStale && <UnreadableNotice answer={answer} />}
      {rows.length === 0 && isStale ? (
        <DataTableSkeleton columns={shownIds.length} label={t("reading")} />
      ) : rows.length === 0 ? (
        asksOfRows && <NoMatch answer={answer} onReset={change.reset} />
      ) : (
        <DataTable
          {...{ table, filtered }}
          caption={t("channelsOf", { subscriberId })}
          firstRow={answer.offset + 1}
          stale={isStale}
          expected={!isStale && answer.state === "reading" ? answer.total : undefined}
          view={serializeLookup({ ...params, fields: null, row: null, follows: null, whole: null })}
          density={layout.density}
          sortPending={isPending}
          rowName={nameOf}
          selectionBar={selectionBar}
          onOpen={(row) => void setParams({ row: row.channelId })}
        />
      )}
      {rows.length === 0 && selectionBar}
      <ListFooter {...props} />
    </>
  );
}

const NEVER = new Date(0);

function idOf(row: Subscription): string {
  return row.channelId;
}

function nameOf(row: Subscription): string {
  return row.name || row.channelId;
}
