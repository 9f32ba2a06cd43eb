"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { TableLayout } from "@/components/data-table/layout";
import { LazyColumnPicker } from "@/components/data-table/lazy-column-picker";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import { ExportButton } from "@/components/listing/export/export-button";
import { FilterBar } from "@/components/listing/filters/filter-bar";
import type { FilterColumn, FilterRows } from "@/components/listing/filters/filter-column";
import { ListToolbar } from "@/components/listing/list-toolbar";
import { SavedViews } from "@/components/listing/views/saved-views";
import type { PageViews } from "@/components/listing/views/view-forms";
import { callAction } from "@/lib/call-action";
import {
  allowedColumns,
  type DirectoryColumnId,
  type DirectoryParams,
  FILTER_IDS,
  filtersOf,
  isAllowed,
  serializeDirectory,
  viewQuery,
  writtenSort,
} from "@/lib/channels/directory/search-params";
import {
  DIRECTORY_FILTERS,
  type DirectoryFilterId,
  MOST_CHOICES,
  REFRESH_STATES,
  WATCHERS,
} from "@/lib/channels/known-channel";
import { type ChoicesInput, readChoices } from "../actions";
import {
  CHANNELS_KEY,
  type ChannelsContext,
  type DirectoryAnswer,
  type DirectoryRequest,
  type DirectoryRow,
} from "../directory";
import { ChannelsExportDialog, loadExportDialog } from "../lazy-pieces";
import { useColumnLabels } from "../use-column-labels";
import { deleteView, listAlerts, listViews, renameView, saveView, setAlert } from "../view-actions";
import type { DirectoryChange } from "./use-directory";

type ChannelsToolbarProps = {
  request: DirectoryRequest;
  params: DirectoryParams;
  change: DirectoryChange;
  context: ChannelsContext;
  answer: DirectoryAnswer;
  table: DataTableInstance<DirectoryRow>;
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
};

const VIEWS: PageViews = {
  page: "channels",
  list: listViews,
  save: saveView,
  rename: renameView,
  remove: deleteView,
  canonical: viewQuery,
  alerts: { list: listAlerts, set: setAlert },
};

/** The filters, saved views, column picker and export button of the list. */
export function ChannelsToolbar(props: ChannelsToolbarProps) {
  const { request, params, change, context, answer, table, layout, onLayout } = props;
  const t = useTranslations("channels");
  const labels = useColumnLabels();
  const filterColumn = useFilterColumn();
  const choices = useChoices(request);
  const filterable = FILTER_IDS.filter((id) => isAllowed(id, context.shown));
  const toggled = (id: DirectoryColumnId, isShown: boolean) =>
    isShown ? params.columns.filter((other) => other !== id) : [...params.columns, id];
  return (
    <ListToolbar
      filters={
        <FilterBar
          columns={filterable.map((id) => filterColumn(id))}
          chipColumns={FILTER_IDS.map((id) => filterColumn(id))}
          search={params.q}
          onSearch={change.search}
          filters={filtersOf(params)}
          onFilters={change.filters}
          {...choices}
          complete
          now={answer.readAt}
          // The default order of a view is no condition.
          sorts={writtenSort(params) ?? []}
          onSorts={change.sorts}
          onReset={change.reset}
        />
      }
      savedViews={
        <SavedViews
          views={VIEWS}
          app={request.app}
          query={viewQuery(serializeDirectory(params))}
          onApply={change.apply}
        />
      }
      columnPicker={
        <LazyColumnPicker
          groups={[
            {
              label: t("columns.label"),
              columns: allowedColumns(context.shown).map((id) => {
                const isShown = params.columns.includes(id);
                return {
                  ...{ id, label: labels(id), shown: isShown, unavailable: null, locked: null },
                  toggle: () => change.columns(toggled(id, isShown)),
                };
              }),
            },
          ]}
          onReset={() => change.columns(null)}
          layout={layout}
          onLayout={onLayout}
        />
      }
      exportButton={
        <ExportButton role={context.role} onIntent={loadExportDialog}>
          {(close) => (
            <ChannelsExportDialog
              app={request.app}
              params={params}
              columns={shownColumns(table, params.columns)}
              matching={params.group === null ? answer.total : null}
              known={answer.known}
              selected={null}
              onClose={close}
            />
          )}
        </ExportButton>
      }
    />
  );
}

/** Returns how a column is filtered. */
function useFilterColumn(): (id: DirectoryFilterId) => FilterColumn<DirectoryFilterId> {
  const labels = useColumnLabels();
  const states = useTranslations("channels.refreshStates");
  const watchers = useTranslations("channels.watchers");
  const names = {
    refreshState: new Map<string, string>(REFRESH_STATES.map((state) => [state, states(state)])),
    watchedBy: new Map<string, string>(WATCHERS.map((watcher) => [watcher, watchers(watcher)])),
  };
  return (id) => ({
    ...{ id, label: labels(id), kind: DIRECTORY_FILTERS[id] },
    never: id === "lastMessageAt",
    ...((id === "refreshState" || id === "watchedBy") && { names: names[id] }),
  });
}

type ChoiceColumn = ChoicesInput["column"];

function isChoice(column: DirectoryFilterId): column is ChoiceColumn {
  return DIRECTORY_FILTERS[column] === "choice";
}

type Choices = Pick<FilterRows<DirectoryFilterId>, "valuesOf" | "isCut"> & {
  readonly onOpenForm: (column: DirectoryFilterId) => void;
};

/** Reads the values of a choice column when its filter form opens. */
function useChoices({ query }: DirectoryRequest): Choices {
  const [column, setColumn] = useState<ChoiceColumn>("ownerId");
  const [isEnabled, setEnabled] = useState(false);
  const { data, isFetching, refetch } = useQuery({
    queryKey: [...CHANNELS_KEY, "choices", column, query],
    queryFn: () => callAction(readChoices, { query, column }),
    enabled: isEnabled,
  });
  return {
    valuesOf: (of) => {
      if (of !== column || isFetching) return null;
      return data?.ok ? data.value : "unreadable";
    },
    // At the limit there may be further values.
    isCut: (of) => of === column && data?.ok === true && data.value.length >= MOST_CHOICES,
    onOpenForm: (of) => {
      if (!isChoice(of)) return;
      setColumn(of);
      setEnabled(true);
      // Retries a failed read.
      if (isEnabled && of === column && !data?.ok) void refetch();
    },
  };
}
