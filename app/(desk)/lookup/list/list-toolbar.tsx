"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { ColumnGroup } from "@/components/data-table/column-picker";
import { LazyColumnPicker } from "@/components/data-table/lazy-column-picker";
import { type DataTableInstance, shownColumns } from "@/components/data-table/table";
import { ExportButton } from "@/components/listing/export/export-button";
import { FilterBar } from "@/components/listing/filters/filter-bar";
import { ListToolbar } from "@/components/listing/list-toolbar";
import { SavedViews } from "@/components/listing/views/saved-views";
import type { PageViews } from "@/components/listing/views/view-forms";
import {
  CHANNEL_FIELDS,
  type Field,
  SUBSCRIPTION_FIELDS,
  type Subscription,
} from "@/lib/chat-api/types";
import { COLUMN_IDS, type ColumnId, countValues } from "@/lib/subscriptions/filter";
import { LookupExportDialog, loadExportDialog } from "../lazy-pieces";
import { serializeLookup, viewQuery } from "../search-params";
import type { ViewChange } from "../views/use-view-change";
import { deleteView, listViews, renameView, saveView } from "../views/view-actions";
import { filterColumn } from "./columns";
import { isReadToEnd } from "./list-answer";
import type { ListViewProps } from "./use-list";

type LookupToolbarProps = ListViewProps & {
  table: DataTableInstance<Subscription>;
  /** The shown columns whose values are not masked. */
  readColumns: readonly ColumnId[];
  change: ViewChange;
};

/** The filters, the saved views, the column picker and the export button of the list. */
export function LookupToolbar(props: LookupToolbarProps) {
  const { answer, rows, isStale, layout, onLayout, params, query, facts, access } = props;
  const { table, readColumns, change } = props;
  const t = useTranslations("lookup");
  const labels = useTranslations("fields");
  const reveal = useTranslations("reveal");
  const filterable = useMemo(
    () => readColumns.filter((id) => id !== "avatarUrl").map((id) => filterColumn(id, labels(id))),
    [readColumns, labels],
  );
  const chipColumns = useMemo(() => COLUMN_IDS.map((id) => filterColumn(id, labels(id))), [labels]);
  const isWhole = isReadToEnd(answer);
  return (
    <ListToolbar
      filters={
        <FilterBar
          columns={filterable}
          chipColumns={chipColumns}
          search={query.search}
          onSearch={change.search}
          filters={query.filters}
          onFilters={change.filters}
          valuesOf={(column) => countValues(answer.rows, column)}
          complete={isWhole}
          now={answer.readTo ?? NEVER}
          sorts={query.sorts}
          onSorts={change.sorts}
          pending={isStale || !isWhole}
          onReset={change.reset}
        />
      }
      savedViews={
        <SavedViews
          views={VIEWS}
          query={viewQuery(serializeLookup(params))}
          onApply={change.apply}
        />
      }
      columnPicker={
        <LazyColumnPicker
          groups={columnGroups({
            shown: params.fields,
            visible: facts.visible,
            masked: facts.masked,
            setFields: change.fields,
            words: { lookup: t, labels, reveal },
          })}
          onReset={() => change.fields(null)}
          layout={layout}
          onLayout={onLayout}
        />
      }
      exportButton={
        <ExportButton role={facts.role} onIntent={loadExportDialog}>
          {(close) => (
            <LookupExportDialog
              params={params}
              columns={shownColumns(table, readColumns)}
              query={query}
              withheld={access.masked.filter((field) => params.fields.includes(field))}
              matching={isWhole ? rows.length : null}
              total={answer.total}
              selected={null}
              onClose={close}
            />
          )}
        </ExportButton>
      }
    />
  );
}

const VIEWS: PageViews = {
  page: "lookup",
  list: listViews,
  save: saveView,
  rename: renameView,
  remove: deleteView,
  canonical: viewQuery,
};

type Choice = {
  shown: readonly Field[];
  visible: readonly Field[];
  masked: readonly Field[];
  setFields: (fields: readonly Field[]) => void;
  words: {
    lookup: ReturnType<typeof useTranslations<"lookup">>;
    labels: ReturnType<typeof useTranslations<"fields">>;
    reveal: ReturnType<typeof useTranslations<"reveal">>;
  };
};

/** Returns the fields as two groups, as the API has two filters. */
function columnGroups({ shown, visible, masked, setFields, words }: Choice): ColumnGroup[] {
  const { lookup, labels, reveal } = words;
  const choice = (field: Field) => {
    const isMasked = masked.includes(field);
    const isOffered = isMasked || visible.includes(field);
    const isShown = isOffered && shown.includes(field);
    return {
      id: field,
      label: labels(field),
      shown: isShown,
      unavailable: isOffered ? null : lookup("fieldNotAllowed"),
      locked: isMasked ? reveal("locked") : null,
      toggle: () =>
        setFields(isShown ? shown.filter((other) => other !== field) : [...shown, field]),
    };
  };
  return [
    { label: lookup("channelFields"), columns: CHANNEL_FIELDS.map(choice) },
    { label: lookup("subscriptionFields"), columns: SUBSCRIPTION_FIELDS.map(choice) },
  ];
}

const NEVER = new Date(0);
