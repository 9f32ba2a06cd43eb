"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FilterBar } from "@/components/channel/filters/filter-bar";
import type { FilterColumn, RowFacts } from "@/components/channel/filters/filter-column";
import type { TableLayout } from "@/components/data-table/layout";
import { LazyColumnPicker } from "@/components/data-table/lazy-column-picker";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import { ExportButton } from "@/components/export/export-button";
import { callAction } from "@/lib/call-action";
import { MOST_CHOICES } from "@/lib/channels/directory-query";
import {
  DIRECTORY_FILTERS,
  DIRECTORY_SORTS,
  type DirectoryFilterId,
} from "@/lib/channels/known-channel";
import { REFRESH_STATES } from "@/lib/channels/refresh-state";
import type { FilterKind } from "@/lib/subscriptions/filter";
import { writeSorts } from "@/lib/subscriptions/sort-text";
import { type ChoicesInput, type ChoicesResult, readChoices } from "../actions";
import {
  type Asked,
  CHANNELS_KEY,
  type DirectoryAnswer,
  type DirectoryRow,
  type RoomFacts,
} from "../directory";
import type { AskedColumnId, DirectoryColumnId } from "../directory-columns";
import { allowedColumns, isAllowed } from "../field-rules";
import {
  ChannelsExportDialog,
  ChannelsViewsMenu,
  FilterChips,
  loadExportDialog,
} from "../lazy-pieces";
import {
  type DirectoryParams,
  FILTER_IDS,
  filtersOf,
  isNarrowed,
  serializeDirectory,
  usualSorts,
  viewQuery,
} from "../search-params";
import { useColumnLabels } from "../use-column-labels";
import type { DirectoryChange } from "./use-directory";

type DirectoryToolbarProps = {
  asked: Asked;
  params: DirectoryParams;
  change: DirectoryChange;
  facts: RoomFacts;
  answer: DirectoryAnswer;
  table: DataTableInstance<DirectoryRow>;
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
  /** Rows that are selected. */
  selected: number;
};

/** Of those there are questions whether their columns are shown or not. */
const ALWAYS: readonly DirectoryFilterId[] = ["ownerId", "organization", "tags"];

/** Filters, groups, views, columns and files. */
export function DirectoryToolbar(props: DirectoryToolbarProps) {
  const { asked, params, change, facts, answer, table, layout, onLayout, selected } = props;
  const t = useTranslations("channels");
  const labels = useColumnLabels();
  const askedColumn = useAskedColumn();
  const choices = useChoices(asked);
  const isAsked = (id: DirectoryFilterId) =>
    ALWAYS.includes(id) || params.columns.includes(id) || params[id] !== null;
  const filterable = FILTER_IDS.filter((id) => isAllowed(id, facts.shown) && isAsked(id));
  const toggled = (id: DirectoryColumnId, isShown: boolean) =>
    isShown ? params.columns.filter((other) => other !== id) : [...params.columns, id];
  return (
    <div className="flex flex-wrap items-start gap-2">
      <FilterBar
        columns={filterable.map((id) => askedColumn(id))}
        search={params.q}
        onSearch={change.search}
        filters={filtersOf(params)}
        onFilters={change.filters}
        {...choices}
        complete
        now={answer.readAt}
        onReset={change.reset}
        resetable={isNarrowed(params)}
      />
      <div className="flex flex-wrap gap-2">
        <span data-key="views">
          <ChannelsViewsMenu query={viewQuery(serializeDirectory(params))} onApply={change.apply} />
        </span>
        <span data-key="columns">
          <LazyColumnPicker
            groups={[
              {
                label: t("columns.label"),
                columns: allowedColumns(facts.shown).map((id) => {
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
        </span>
        <span data-key="export">
          <ExportButton role={facts.role} onReach={loadExportDialog}>
            {(close) => (
              <ChannelsExportDialog
                app={asked.app}
                params={params}
                columns={shownColumns(table, params.columns)}
                matching={params.group === null ? answer.total : null}
                known={answer.known}
                selected={selected}
                onClose={close}
              />
            )}
          </ExportButton>
        </span>
      </div>
    </div>
  );
}

type DirectoryChipsProps = { params: DirectoryParams; change: DirectoryChange };

const ASKED: readonly AskedColumnId[] = [
  ...FILTER_IDS,
  ...DIRECTORY_SORTS.filter((id) => !FILTER_IDS.some((filter) => filter === id)),
];

/** What decides which channels are there and in which order, as far as somebody has decided it. */
export function DirectoryChips({ params, change }: DirectoryChipsProps) {
  const askedColumn = useAskedColumn();
  const filters = filtersOf(params);
  const isUsual = writeSorts(params.sort) === writeSorts(usualSorts(params.view));
  const isAsked = params.q.trim() !== "" || Object.keys(filters).length > 0 || !isUsual;
  if (!isAsked) return null;
  return (
    <FilterChips
      columns={ASKED.map((id) => askedColumn(id))}
      search={params.q}
      onSearch={change.search}
      filters={filters}
      onFilters={(next) => change.filters(next)}
      sorts={isUsual ? [] : params.sort}
      onSorts={(sorts) =>
        change.sorts(
          sorts.flatMap(({ column, descending }) => {
            const id = DIRECTORY_SORTS.find((known) => known === column);
            return id ? [{ column: id, descending }] : [];
          }),
        )
      }
      onReset={change.reset}
    />
  );
}

const KINDS: Readonly<Partial<Record<AskedColumnId, FilterKind>>> = DIRECTORY_FILTERS;

/** A column with what can be asked of it; one that is only sorted by holds counts. */
function useAskedColumn(): <Id extends AskedColumnId>(id: Id) => FilterColumn<Id> {
  const labels = useColumnLabels();
  const states = useTranslations("channels.refreshStates");
  const names = new Map<string, string>(REFRESH_STATES.map((state) => [state, states(state)]));
  return (id) => ({
    ...{ id, label: labels(id), kind: KINDS[id] ?? "count" },
    never: id === "lastMessageAt",
    ...(id === "refreshState" && { names }),
  });
}

type ChoiceColumn = ChoicesInput["column"];

const CHOICE_COLUMNS: readonly ChoiceColumn[] = ["ownerId", "organization", "refreshState", "tags"];

function isChoice(column: DirectoryFilterId): column is ChoiceColumn {
  return CHOICE_COLUMNS.some((id) => id === column);
}

type Choices = Pick<RowFacts<DirectoryFilterId>, "valuesOf" | "isCut"> & {
  readonly onAsk: (column: DirectoryFilterId) => void;
};

/** What can be chosen of a column, read when somebody opens its questions. */
function useChoices({ query }: Asked): Choices {
  const [column, setColumn] = useState<ChoiceColumn>("ownerId");
  const [wanted, setWanted] = useState(false);
  const { data, isFetching, refetch } = useQuery<ChoicesResult>({
    queryKey: [...CHANNELS_KEY, "choices", column, query],
    queryFn: () => callAction(readChoices, { query, column }),
    enabled: wanted,
    networkMode: "always",
  });
  return {
    valuesOf: (of) => {
      if (of !== column || isFetching) return null;
      return data?.ok ? data.value : "unreadable";
    },
    // As many as are given: then there may be others.
    isCut: (of) => of === column && data?.ok === true && data.value.length >= MOST_CHOICES,
    onAsk: (of) => {
      if (!isChoice(of)) return;
      setColumn(of);
      setWanted(true);
      // What failed is tried again; what is known is not read twice.
      if (wanted && of === column && !data?.ok) void refetch();
    },
  };
}
