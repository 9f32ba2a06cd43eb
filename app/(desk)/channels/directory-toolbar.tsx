"use client";

import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/channel/filters/filter-bar";
import type { TableLayout } from "@/components/data-table/layout";
import { LazyColumnPicker } from "@/components/data-table/lazy-column-picker";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import { ExportButton } from "@/components/export/export-button";
import type { DirectoryFilterId } from "@/lib/channels/known-channel";
import type { Asked } from "./asked";
import type { DirectoryAnswer } from "./directory-answer";
import type { DirectoryColumnId } from "./directory-columns";
import type { DirectoryRow } from "./directory-row";
import { allowedColumns, isAllowed } from "./field-rules";
import { ChannelsExportDialog, ChannelsViewsMenu, loadExportDialog } from "./lazy-pieces";
import type { RoomFacts } from "./room-facts";
import {
  type DirectoryParams,
  FILTER_IDS,
  filtersOf,
  isNarrowed,
  serializeDirectory,
  viewQuery,
} from "./search-params";
import { useAskedColumn } from "./use-asked-column";
import { useChoices } from "./use-choices";
import { useColumnLabels } from "./use-column-labels";
import type { DirectoryChange } from "./use-directory-change";

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
