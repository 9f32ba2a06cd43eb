"use client";

import { ListFilter } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import type { ColumnFilters } from "@/lib/subscriptions/filter";
import { FilterButton } from "./filter-button";
import { type FilterColumn, withFilter } from "./filter-column";
import type { Question, RowFacts } from "./question";
import { SearchBox } from "./search-box";

type FilterBarProps<Id extends string> = RowFacts<Id> & {
  /** The columns that can be filtered, in the order of their buttons. */
  columns: readonly FilterColumn<Id>[];
  /** Must follow `onSearch` at once: whoever filters later, or writes an address, delays that. */
  search: string;
  onSearch: (text: string) => void;
  filters: ColumnFilters<Id>;
  onFilters: (next: ColumnFilters<Id>) => void;
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

type Opened = { readonly id: string; readonly button: HTMLButtonElement };

/** The search, and a question for each column; where it is narrow, all questions in one sheet. */
export function FilterBar<Id extends string>(props: FilterBarProps<Id>) {
  const { columns, search, onSearch, filters, onFilters, onReset, resetable } = props;
  const t = useTranslations("filters");
  const [opened, setOpened] = useState<Opened | null>(null);
  const [sheetIsOpen, setSheetIsOpen] = useState(false);
  const questions = columns.map(
    (column): Question => ({
      column,
      filter: filters[column.id],
      facts: props,
      onApply: (filter) => onFilters(withFilter(filters, column.id, filter)),
    }),
  );
  const question = questions.find(({ column }) => column.id === opened?.id);
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
        <span>{t("all")}</span>
        {active > 0 && <span className="text-muted tabular-nums">{active}</span>}
      </Button>
      {columns.map(({ id, label, kind }) => (
        <FilterButton
          key={id}
          label={label}
          active={filters[id] !== undefined}
          expanded={opened?.id === id}
          onReach={loadPopover}
          onPress={(button) => {
            const isOpen = opened?.id === id;
            if (!isOpen && kind === "choice") props.onAsk?.(id);
            setOpened(isOpen ? null : { id, button });
          }}
        />
      ))}
      <Suspense>
        {opened && question && (
          <FilterPopover
            {...question}
            key={opened.id}
            button={opened.button}
            onApply={(filter) => {
              question.onApply(filter);
              setOpened(null);
            }}
            onClose={() => setOpened(null)}
          />
        )}
        {sheetIsOpen && (
          <FilterSheet
            {...{ questions, onReset, resetable }}
            onClose={() => setSheetIsOpen(false)}
          />
        )}
      </Suspense>
    </search>
  );
}
