"use client";

import { ListFilter, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, lazy, Suspense, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import type { ColumnFilters, ColumnSort } from "@/lib/subscriptions/filter";
import {
  type FilterColumn,
  type FilterFormProps,
  type FilterRows,
  SEARCH_BOX_ID,
  withFilter,
} from "./filter-column";

type FilterBarProps<Id extends string, SortId extends string> = FilterRows<Id> & {
  /** The columns that can be filtered, in the order of the list. */
  columns: readonly FilterColumn<Id>[];
  /** The columns that can have a chip: also hidden ones, and those that can only be sorted by. */
  chipColumns: readonly FilterColumn[];
  /** Must change synchronously with `onSearch`. Defer the filtering and the address instead. */
  search: string;
  onSearch: (text: string) => void;
  filters: ColumnFilters<Id>;
  onFilters: (next: ColumnFilters<Id>) => void;
  /** The sorts that have a chip. */
  sorts: readonly ColumnSort<SortId>[];
  onSorts: (next: readonly ColumnSort<SortId>[]) => void;
  /** The rows are not in this order yet. */
  pending?: boolean;
  onReset: () => void;
};

const loadPanel = () => import("./filter-panel");
const FilterPanel = lazy(() => loadPanel().then((module) => ({ default: module.FilterPanel })));

/** Loads the chips before the first condition needs them. */
export const loadChips = () => import("./filter-chips");
const FilterChips = lazy(() => loadChips().then((module) => ({ default: module.FilterChips })));

/** The button that opened the panel, and the column of the form. Null shows the list of columns. */
type Opened = { readonly button: HTMLElement; readonly column: string | null };

/** The search box, the button that adds a condition, and a chip for each condition, in one line. */
export function FilterBar<Id extends string, SortId extends string>(
  props: FilterBarProps<Id, SortId>,
) {
  const { columns, chipColumns, search, onSearch, filters, onFilters } = props;
  const { sorts, onSorts, pending, onReset } = props;
  const t = useTranslations("filters");
  const filterButton = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState<Opened | null>(null);
  const forms = columns.map(
    (column): FilterFormProps => ({
      column,
      filter: filters[column.id],
      rows: props,
      onApply: (filter) => onFilters(withFilter(filters, column.id, filter)),
    }),
  );
  const active = Object.values(filters).filter(Boolean).length;
  const hasChips = search.trim() !== "" || active > 0 || sorts.length > 0;
  const toggle = (button: HTMLElement, column: Id | null) => {
    const isChoice = columns.some(({ id, kind }) => id === column && kind === "choice");
    if (column !== null && isChoice) props.onOpenForm?.(column);
    setOpened(opened?.button === button ? null : { button, column });
  };
  return (
    <search aria-label={t("bar")} className="contents">
      <SearchBox search={search} onSearch={onSearch} />
      <span data-key="filter">
        <Button
          ref={filterButton}
          className="gap-1 !px-2 text-dense"
          aria-haspopup="dialog"
          aria-expanded={opened !== null && opened.column === null}
          onPointerEnter={loadPanel}
          onFocus={loadPanel}
          onClick={({ currentTarget }) => toggle(currentTarget, null)}
        >
          <ListFilter aria-hidden className="size-4 text-muted" />
          <span className="max-md:sr-only">{t("button")}</span>{" "}
          {active > 0 && <span className="text-muted tabular-nums">{active}</span>}
        </Button>
      </span>
      <Suspense>
        {hasChips && (
          <FilterChips
            columns={chipColumns}
            {...{ search, onSearch, filters, onFilters, sorts, onSorts, pending, onReset }}
            editable={(id) => columns.some((column) => column.id === id)}
            onIntent={loadPanel}
            onEdit={(id, chip) => toggle(chip, columns.find((each) => each.id === id)?.id ?? null)}
          />
        )}
      </Suspense>
      <Suspense>
        {opened && (
          <FilterPanel
            key={opened.column}
            {...{ forms, opened, filterButton, onReset }}
            resetable={hasChips}
            onClose={() => setOpened(null)}
          />
        )}
      </Suspense>
    </search>
  );
}

type SearchBoxProps = {
  search: string;
  /** Called at every input, but not during text composition. */
  onSearch: (text: string) => void;
};

/** Searches all texts of the rows. */
function SearchBox({ search, onSearch }: SearchBoxProps) {
  const t = useTranslations("filters");
  const [composed, setComposed] = useState<string | null>(null);
  return (
    <span className="relative inline-flex min-w-24 max-w-44 flex-[1_1_6rem] max-[36rem]:max-w-none">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2 size-4 text-muted" />
      <Input
        id={SEARCH_BOX_ID}
        type="search"
        aria-label={t("search")}
        aria-keyshortcuts="/"
        placeholder={t("placeholder")}
        value={composed ?? search}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        className="peer pl-8"
        onCompositionStart={(event) => setComposed(event.currentTarget.value)}
        onCompositionEnd={(event) => {
          setComposed(null);
          onSearch(event.currentTarget.value);
        }}
        onChange={(event) => {
          if (composed === null) onSearch(event.target.value);
          else setComposed(event.target.value);
        }}
        onKeyDown={(event) => {
          // Escape during text composition cancels only the composition.
          if (event.key !== "Escape" || isComposing(event) || search === "") return;
          event.preventDefault();
          onSearch("");
        }}
      />
      <kbd
        aria-hidden
        className={`pointer-events-none absolute top-1.5 right-1.5 h-5 rounded-mark border border-line px-1.5 font-mono text-dense text-muted peer-focus:hidden max-md:hidden ${search === "" ? "" : "hidden"}`}
      >
        /
      </kbd>
    </span>
  );
}

function isComposing({ nativeEvent, keyCode }: KeyboardEvent): boolean {
  // Safari has already ended the composition. Only the legacy key code 229 shows it.
  return nativeEvent.isComposing || keyCode === 229;
}
