"use client";

import { ChevronDown, ListFilter, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { type KeyboardEvent, lazy, Suspense, useState } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/field";
import type { ColumnFilters } from "@/lib/subscriptions/filter";
import {
  type FilterColumn,
  type FilterFormProps,
  type FilterRows,
  withFilter,
} from "./filter-column";

type FilterBarProps<Id extends string> = FilterRows<Id> & {
  /** The columns that can be filtered, in the order of their buttons. */
  columns: readonly FilterColumn<Id>[];
  /** Must change synchronously with `onSearch`. Defer the filtering and the address instead. */
  search: string;
  onSearch: (text: string) => void;
  filters: ColumnFilters<Id>;
  onFilters: (next: ColumnFilters<Id>) => void;
  onReset: () => void;
  /** Whether a search, filter or sort can be reset. */
  resetable: boolean;
};

const loadPanels = () => import("./filter-panels");
const FilterPopover = lazy(() =>
  loadPanels().then(({ FilterPopover }) => ({ default: FilterPopover })),
);
const FilterSheet = lazy(() => loadPanels().then(({ FilterSheet }) => ({ default: FilterSheet })));

type Opened = { readonly id: string; readonly button: HTMLButtonElement };

/** The search box and a filter button for each column. Narrow screens get all filters in one sheet. */
export function FilterBar<Id extends string>(props: FilterBarProps<Id>) {
  const { columns, search, onSearch, filters, onFilters, onReset, resetable } = props;
  const t = useTranslations("filters");
  const [opened, setOpened] = useState<Opened | null>(null);
  const [sheetIsOpen, setSheetIsOpen] = useState(false);
  const forms = columns.map(
    (column): FilterFormProps => ({
      column,
      filter: filters[column.id],
      rows: props,
      onApply: (filter) => onFilters(withFilter(filters, column.id, filter)),
    }),
  );
  const form = forms.find(({ column }) => column.id === opened?.id);
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
        onPointerEnter={loadPanels}
        onFocus={loadPanels}
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
          onIntent={loadPanels}
          onPress={(button) => {
            const isOpen = opened?.id === id;
            if (!isOpen && kind === "choice") props.onOpenForm?.(id);
            setOpened(isOpen ? null : { id, button });
          }}
        />
      ))}
      <Suspense>
        {opened && form && (
          <FilterPopover
            {...form}
            key={opened.id}
            button={opened.button}
            onApply={(filter) => {
              form.onApply(filter);
              setOpened(null);
            }}
            onClose={() => setOpened(null)}
          />
        )}
        {sheetIsOpen && (
          <FilterSheet {...{ forms, onReset, resetable }} onClose={() => setSheetIsOpen(false)} />
        )}
      </Suspense>
    </search>
  );
}

type FilterButtonProps = {
  label: string;
  active: boolean;
  expanded: boolean;
  /** Called on pointer or focus, to load the form early. */
  onIntent: () => void;
  onPress: (button: HTMLButtonElement) => void;
};

/** Opens the form of a column. A dot shows that a filter is active. */
function FilterButton({ label, active, expanded, onIntent, onPress }: FilterButtonProps) {
  const t = useTranslations("filters");
  return (
    <Button
      aria-label={t(active ? "openActive" : "open", { label })}
      aria-haspopup="dialog"
      aria-expanded={expanded}
      onPointerEnter={onIntent}
      onFocus={onIntent}
      onClick={(event) => onPress(event.currentTarget)}
      className="gap-1 !px-2 text-dense max-sm:hidden"
    >
      {active && <span aria-hidden className="size-1.5 rounded-full bg-accent" />}
      {label}
      <ChevronDown aria-hidden className="size-3.5 text-muted" />
    </Button>
  );
}

/** Focused by the key "/" and after the last filter is removed. */
export const SEARCH_BOX_ID = "filter-rows";

type SearchBoxProps = {
  search: string;
  /** Called at every input, but not during text composition. */
  onSearch: (text: string) => void;
};

/** Searches all texts of the rows. */
export function SearchBox({ search, onSearch }: SearchBoxProps) {
  const t = useTranslations("filters");
  const [composed, setComposed] = useState<string | null>(null);
  return (
    <span className="relative inline-flex w-44 max-sm:flex-1">
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
        className={`pointer-events-none absolute top-1.5 right-1.5 h-5 rounded-mark border border-line px-1.5 font-mono text-dense text-muted peer-focus:hidden max-sm:hidden ${search === "" ? "" : "hidden"}`}
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
