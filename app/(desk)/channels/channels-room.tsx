"use client";

import { useTranslations } from "next-intl";
import { useQueryStates } from "nuqs";
import { useMemo, useRef } from "react";
import { FailureAlert } from "@/components/action/failure";
import { RefreshFailed, refreshFailure } from "@/components/action/refresh-failed";
import { useLive } from "@/components/action/use-live";
import { DataTableSkeleton } from "@/components/data-table/data-table";
import { useDataTable } from "@/components/data-table/table";
import { useSelection } from "@/components/data-table/use-selection";
import { useSteadyRows } from "@/components/data-table/use-steady-rows";
import { ChannelsCommands } from "./channels-commands";
import { askedOf, type DirectoryRow, type RoomFacts } from "./directory";
import { isSortable } from "./directory-columns";
import { allowedColumns, allowedParams } from "./field-rules";
import { SelectedChannels } from "./lazy-pieces";
import { useDirectoryColumns } from "./list/columns";
import { DirectoryHeader } from "./list/directory-header";
import { DirectoryList } from "./list/directory-list";
import { SilenceBands } from "./list/silence-bands";
import { DirectoryChips, DirectoryToolbar } from "./list/toolbar";
import { useDirectory, useDirectoryChange } from "./list/use-directory";
import { ViewTabs } from "./list/view-tabs";
import { OpenedChannel } from "./opened-channel";
import { directoryParsers } from "./search-params";
import { useChannelsLayout } from "./use-channels-layout";

const options = { history: "push" } as const;

/** All channels that the desk knows, as the address wants them. */
export function ChannelsRoom({ facts }: { facts: RoomFacts }) {
  const t = useTranslations("channels");
  const views = useTranslations("views");
  const room = useRef<HTMLDivElement>(null);
  const [present, setParams] = useQueryStates(directoryParsers, options);
  const params = useMemo(() => allowedParams(present, facts.shown), [present, facts.shown]);
  const asked = askedOf(params, facts.defaultApp);
  const { app } = asked;
  const page = useDirectory(asked);
  const answer = page.data?.ok ? page.data.value : null;
  const held = useRef<HTMLDivElement>(null);
  const rows = useSteadyRows({
    rows: answer?.rows ?? NO_ROWS,
    // An answer to another question has its rows at once.
    list: page.isPlaceholderData ? "" : asked.query,
    idOf,
    held,
  });
  const change = useDirectoryChange(params, setParams);
  const [layout, onLayout, { unsaved }] = useChannelsLayout(facts.layout);
  const allowed = useMemo(() => allowedColumns(facts.shown), [facts.shown]);
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
    <div ref={room} className="flex min-h-0 min-w-0 flex-1 flex-col gap-3">
      <DirectoryHeader
        {...{ app, answer }}
        mostAdded={facts.mostAdded}
        reading={page.isFetching}
        onRefresh={refresh}
      />
      <ChannelsCommands root={room} />
      <ViewTabs {...{ params, setParams }} shown={facts.shown} />
      {answer && page.error && (
        <RefreshFailed failure={refreshFailure(page.error)} readAt={answer.readAt} {...retry} />
      )}
      {answer ? (
        <>
          {answer.bands && params.view === "silent" && (
            <SilenceBands bands={answer.bands} {...{ params, setParams }} />
          )}
          <DirectoryToolbar
            {...{ asked, params, change, facts, answer, table, layout, onLayout }}
            selected={selection.rows.length}
          />
          <DirectoryChips {...{ params, change }} />
          <div ref={held} className="flex min-h-0 min-w-0 flex-1 flex-col gap-3">
            <DirectoryList
              {...{ params, setParams, change, facts, answer, rows, table }}
              density={layout.density}
              selectionBar={
                selection.rows.length > 0 && (
                  <SelectedChannels
                    {...{ app, table }}
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
      <OpenedChannel {...{ app, answer, facts, setParams }} channelId={params.row} />
      {unsaved && <p role="status">{views("layoutUnsaved")}</p>}
    </div>
  );
}

const NO_ROWS: readonly DirectoryRow[] = [];
const UNREAD = { readAt: new Date(0), trends: new Map() };

function idOf(row: DirectoryRow): string {
  return row.channelId;
}
