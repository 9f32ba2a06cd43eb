"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ColumnId, Filters } from "@/lib/subscriptions/filter";
import { FilterButton } from "./filter-button";
import { type FilterColumn, withFilter } from "./filter-column";
import type { RowFacts } from "./filter-form";
import { SearchBox } from "./search-box";

export type FilterBarProps = RowFacts & {
  /** The columns that can be filtered: those shown. */
  columns: readonly FilterColumn[];
  /** Must follow `onSearch` at once: whoever filters later, or writes an address, delays that. */
  search: string;
  onSearch: (text: string) => void;
  filters: Filters;
  onFilters: (next: Filters) => void;
  onReset: () => void;
  /** There is something to reset. */
  resetable: boolean;
};

const loadPopover = () => import("./filter-popover");
const loadSheet = () => import("./filter-sheet");
const FilterPopover = lazy(() =>
  loadPopover().then((loaded) => ({ default: loaded.FilterPopover })),
);
const FilterSheet = lazy(() => loadSheet().then((loaded) => ({ default: loaded.FilterSheet })));

type Opened = { readonly id: ColumnId; readonly button: HTMLButtonElement };

/** The search, and a question for each column; where it is narrow, all questions in one sheet. */
export function FilterBar(props: FilterBarProps) {
  const { columns, search, onSearch, filters, onFilters, valuesOf, complete, now } = props;
  const t = useTranslations("filters");
  const [opened, setOpened] = useState<Opened | null>(null);
  const [sheetIsOpen, setSheetIsOpen] = useState(false);
  const column = columns.find(({ id }) => id === opened?.id);
  const active = columns.filter(({ id }) => filters[id]).length;
  return (
    <search
      aria-label={t("bar")}
      className="flex min-w-0 flex-1 flex-wrap items-center gap-2 max-sm:basis-full"
    >
      <SearchBox search={search} onSearch={onSearch} />
      <Button
        className="sm:hidden"
        aria-haspopup="dialog"
        onPointerEnter={loadSheet}
        onFocus={loadSheet}
        onClick={() => setSheetIsOpen(true)}
      >
        <ListFilter aria-hidden className="size-4 text-muted" />
        {t("all")}
        {active > 0 && <span className="text-muted tabular-nums">{active}</span>}
      </Button>
      {columns.map((shown) => (
        <FilterButton
          key={shown.id}
          label={shown.label}
          active={filters[shown.id] !== undefined}
          expanded={opened?.id === shown.id}
          onReach={loadPopover}
          onPress={(button) => setOpened(opened?.id === shown.id ? null : { id: shown.id, button })}
        />
      ))}
      <Suspense>
        {opened && column && (
          <FilterPopover
            key={column.id}
            button={opened.button}
            column={column}
            filter={filters[column.id]}
            {...{ valuesOf, complete, now }}
            onApply={(filter) => {
              onFilters(withFilter(filters, column.id, filter));
              setOpened(null);
            }}
            onClose={() => setOpened(null)}
          />
        )}
        {sheetIsOpen && <FilterSheet {...props} onClose={() => setSheetIsOpen(false)} />}
      </Suspense>
    </search>
  );
}
