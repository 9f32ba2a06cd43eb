"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo, useRef } from "react";
import { FailureAlert, RefreshFailed, refreshFailure } from "@/components/action/failure";
import { useLive } from "@/components/action/use-live";
import { DataTableSkeleton } from "@/components/data-table/data-table";
import { useDataTable } from "@/components/data-table/table";
import { useSelection } from "@/components/data-table/use-selection";
import { useSteadyRows } from "@/components/data-table/use-steady-rows";
import { ListCommands } from "@/components/listing/list-toolbar";
import {
  allowedColumns,
  allowedParams,
  directoryParsers,
  isSortable,
} from "@/lib/channels/directory/search-params";
import { useSavedLayout } from "../use-saved-layout";
import { type ChannelsContext, type DirectoryRow, directoryRequest } from "./directory";
import { ChannelDrawer, SelectedChannels } from "./lazy-pieces";
import { useDirectoryColumns } from "./list/columns";
import { DirectoryHeader } from "./list/directory-header";
import { DirectoryList } from "./list/directory-list";
import { ChannelsToolbar } from "./list/toolbar";
import { useDirectory, useDirectoryChange } from "./list/use-directory";
import { SilenceBands, ViewTabs } from "./list/view-tabs";

const options = { history: "push" } as const;

/** The list of known channels for the current address. */
export function ChannelsScreen({ context }: { context: ChannelsContext }) {
  const t = useTranslations("channels");
  const views = useTranslations("views");
  const root = useRef<HTMLDivElement>(null);
  const [current, setParams] = useQueryStates(directoryParsers, options);
  const params = useMemo(() => allowedParams(current, context.shown), [current, context.shown]);
  const request = directoryRequest(params, context.defaultApp);
  const { app } = request;
  const page = useDirectory(request);
  const answer = page.data?.ok ? page.data.value : null;
  const listElement = useRef<HTMLDivElement>(null);
  const rows = useSteadyRows({
    rows: answer?.rows ?? NO_ROWS,
    // A new request shows its rows at once.
    list: page.isPlaceholderData ? "" : request.query,
    idOf,
    held: listElement,
  });
  const change = useDirectoryChange(params, setParams);
  const [layout, onLayout, { unsaved }] = useSavedLayout("channelsTable", context.layout);
  const allowed = useMemo(() => allowedColumns(context.shown), [context.shown]);
  const columns = useDirectoryColumns(allowed, params.columns, answer ?? UNREAD);
  const selection = useSelection({ shown: rows, list: app, idOf });
  const { rowSelection, onRowSelectionChange } = selection;
  const table = useDataTable({
    ...{ columns, rows, layout, onLayout, rowSelection, onRowSelectionChange },
    rowId: idOf,
    total: answer?.total ?? 0,
    shown: params.columns,
    onHide: change.hide,
    sorts: params.sort,
    onSort: (sorts) =>
      change.sorts(
        sorts.flatMap(({ column, descending }) =>
          isSortable(column) ? [{ column, descending }] : [],
        ),
      ),
  });
  const refresh = () => void page.refetch({ cancelRefetch: false });
  useLive(refresh, answer?.readAt ?? null);
  const retry = { retrying: page.isFetching, onRetry: refresh };
  const failure = page.data?.ok === false ? page.data.failure : null;
  return (
    <div ref={root} className="flex min-h-0 min-w-0 flex-1 flex-col gap-3">
      <DirectoryHeader
        {...{ app, answer }}
        mostAdded={context.mostAdded}
        reading={page.isFetching}
        onRefresh={refresh}
      />
      <ListCommands root={root} refreshLabel={t("refresh")} />
      <ViewTabs {...{ params, setParams }} shown={context.shown}>
        {answer?.bands && params.view === "silent" && (
          <SilenceBands bands={answer.bands} {...{ params, setParams }} />
        )}
      </ViewTabs>
      {answer && page.error && (
        <RefreshFailed failure={refreshFailure(page.error)} readAt={answer.readAt} {...retry} />
      )}
      {answer ? (
        <>
          <ChannelsToolbar
            {...{ request, params, change, context, answer, table, layout, onLayout }}
          />
          <div ref={listElement} className="flex min-h-0 min-w-0 flex-1 flex-col gap-3">
            <DirectoryList
              {...{ params, setParams, change, context, answer, rows, table }}
              density={layout.density}
              selectionBar={
                selection.rows.length > 0 && (
                  <SelectedChannels
                    {...{ app, params, table }}
                    known={answer.known}
                    role={context.role}
                    rows={selection.rows}
                    onClear={selection.clear}
                  />
                )
              }
              stale={page.isPlaceholderData}
            />
          </div>
        </>
      ) : page.isPending || page.isFetching ? (
        <DataTableSkeleton columns={params.columns.length} label={t("reading")} />
      ) : (
        <FailureAlert
          failure={failure}
          onDefaultApp={() => void setParams({ app: null })}
          {...retry}
        />
      )}
      {params.row && (
        <ChannelDrawer
          {...{ app, context }}
          channelId={params.row}
          rows={answer?.rows ?? NO_ROWS}
          onOpen={(row, options) => void setParams({ row }, options)}
        />
      )}
      {unsaved && <p role="status">{views("layoutUnsaved")}</p>}
    </div>
  );
}

const NO_ROWS: readonly DirectoryRow[] = [];
const UNREAD = { readAt: new Date(0), trends: new Map() };

function idOf(row: DirectoryRow): string {
  return row.channelId;
}
