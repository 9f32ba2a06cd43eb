"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import { COLUMN_IDS, type Filters } from "@/lib/subscriptions/filter";
import type { Sort } from "@/lib/subscriptions/view";
import { FilterChip } from "./filter-chip";
import { withFilter } from "./filter-column";
import { SEARCH_BOX_ID } from "./search-box";
import { filterInWords, searchInWords, sortInWords } from "./words";

type FilterChipsProps = {
  search: string;
  onSearch: (text: string) => void;
  /** Those in effect: each has a chip, whether its column is shown or not. */
  filters: Filters;
  onFilters: (next: Filters) => void;
  sorts: readonly Sort[];
  onSorts: (next: readonly Sort[]) => void;
  onReset: () => void;
};

/** What decides which rows are there and in which order, each to be taken back; or nothing. */
export function FilterChips(props: FilterChipsProps) {
  const { search, onSearch, filters, onFilters, sorts, onSorts, onReset } = props;
  const t = useTranslations("filters");
  const labels = useTranslations("fields");
  const format = useFormatter();
  const list = useRef<HTMLUListElement>(null);

  const chips = COLUMN_IDS.flatMap((id) => {
    const filter = filters[id];
    if (!filter) return [];
    const words = filterInWords(filter, { id, label: labels(id) }, t, format);
    const remove = () => onFilters(withFilter(filters, id, null));
    return [{ key: id as string, words, label: t("remove", { words }), remove }];
  });
  if (search.trim() !== "") {
    const words = searchInWords(search, t);
    const label = t("remove", { words });
    chips.unshift({ key: "search", words, label, remove: () => onSearch("") });
  }
  for (const sort of sorts) {
    const words = sortInWords(sort, labels(sort.column), t);
    const remove = () => onSorts(sorts.filter((other) => other !== sort));
    chips.push({ key: `by ${sort.column}`, words, label: t("removeSort", { words }), remove });
  }
  if (chips.length === 0) return null;

  // The button that was pressed goes away: the focus goes on to the next, at last to the search.
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
          <FilterChip key={key} words={words} label={label} onRemove={() => removeAt(index)} />
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
