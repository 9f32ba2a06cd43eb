"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import type { ColumnFilters, ColumnSort } from "@/lib/subscriptions/filter";
import { Chip, removeClass } from "./chip";
import { SEARCH_BOX_ID } from "./filter-bar";
import { type FilterColumn, withFilter } from "./filter-column";
import { filterInWords, Phrase, searchInWords, sortInWords } from "./words";

export type FilterChipsProps<Id extends string> = {
  /** The columns that can be filtered or sorted by, in the order of their chips. */
  columns: readonly FilterColumn<Id>[];
  search: string;
  onSearch: (text: string) => void;
  /** The active filters. Each has a chip, even if its column is hidden. */
  filters: ColumnFilters<Id>;
  onFilters: (next: ColumnFilters<Id>) => void;
  sorts: readonly ColumnSort<Id>[];
  onSorts: (next: readonly ColumnSort<Id>[]) => void;
  /** The rows are not in this order yet. */
  pending?: boolean;
  onReset: () => void;
};

/** A removable chip for the search, each filter and each sort. Renders nothing without any. */
export function FilterChips<Id extends string>(props: FilterChipsProps<Id>) {
  const { columns, search, onSearch, filters, onFilters, sorts, onSorts, pending, onReset } = props;
  const t = useTranslations("filters");
  const format = useFormatter();
  const list = useRef<HTMLUListElement>(null);

  const chips = columns.flatMap((column) => {
    const filter = filters[column.id];
    if (!filter) return [];
    const words = filterInWords(filter, column, t, format);
    const remove = () => onFilters(withFilter(filters, column.id, null));
    return [{ key: column.id as string, words, label: t("remove", { words }), remove }];
  });
  if (search.trim() !== "") {
    const words = searchInWords(search, t);
    const label = t("remove", { words });
    chips.unshift({ key: "search", words, label, remove: () => onSearch("") });
  }
  for (const sort of sorts) {
    const column = columns.find(({ id }) => id === sort.column);
    if (!column) continue;
    const words = sortInWords(column, sort.descending, t, pending);
    const remove = () => onSorts(sorts.filter((other) => other !== sort));
    chips.push({ key: `by ${sort.column}`, words, label: t("removeSort", { words }), remove });
  }
  if (chips.length === 0) return null;

  // The pressed button unmounts. Focus moves to the next chip, or to the search box after the last.
  const removeAt = (index: number) => {
    const buttons = list.current?.querySelectorAll("button") ?? [];
    const next = buttons[index + 1] ?? buttons[index - 1] ?? searchBox();
    next?.focus();
    chips[index]?.remove();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <ul ref={list} aria-label={t("chips")} className="flex min-w-0 flex-wrap gap-2">
        {chips.map(({ key, words, label }, index) => (
          <Chip
            key={key}
            title={words}
            remove={
              <button type="button" className={removeClass} onClick={() => removeAt(index)}>
                <span className="sr-only">
                  <Phrase words={label} />
                </span>
                <X aria-hidden className="size-3.5" />
              </button>
            }
          >
            <Phrase words={words} />
          </Chip>
        ))}
      </ul>
      <Button
        variant="ghost"
        onClick={() => {
          searchBox()?.focus();
          onReset();
        }}
      >
        {t("reset")}
      </Button>
    </div>
  );
}

function searchBox(): HTMLElement | null {
  return document.getElementById(SEARCH_BOX_ID);
}
