"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useRef } from "react";
import { Button } from "@/components/ui/button";
import type { ColumnFilters, ColumnSort } from "@/lib/subscriptions/filter";
import { Chip, removeClass } from "./chip";
import { type FilterColumn, SEARCH_BOX_ID, withFilter } from "./filter-column";
import { filterInWords, Phrase, searchInWords, sortInWords } from "./words";

// Methods, so that the chips accept the columns of every page.
type FilterChipsProps = {
  /** The columns that can be filtered or sorted by, in the order of their chips. */
  readonly columns: readonly FilterColumn[];
  readonly search: string;
  onSearch(text: string): void;
  /** The active filters. Each has a chip, even if its column is hidden. */
  readonly filters: ColumnFilters<string>;
  onFilters(next: ColumnFilters<string>): void;
  readonly sorts: readonly ColumnSort<string>[];
  onSorts(next: readonly ColumnSort<string>[]): void;
  readonly pending?: boolean | undefined;
  onReset(): void;
  /** Returns whether the filter of a column has a form. */
  editable(column: string): boolean;
  /** Called on pointer or focus, to load the form early. */
  onIntent(): void;
  /** Opens the form of a column at the pressed chip. */
  onEdit(column: string, chip: HTMLElement): void;
};

type FilterChip = {
  readonly key: string;
  readonly words: string;
  /** The label of the button that removes it. */
  readonly label: string;
  readonly remove: () => void;
  /** Opens its form. Null without a form. */
  readonly edit: ((chip: HTMLElement) => void) | null;
};

/** A removable chip for the search, each filter and each sort. A press on a filter opens its form. */
export function FilterChips(props: FilterChipsProps) {
  const { columns, search, onSearch, filters, onFilters, sorts, onSorts, pending, onReset } = props;
  const { editable, onIntent, onEdit } = props;
  const t = useTranslations("filters");
  const format = useFormatter();
  const list = useRef<HTMLUListElement>(null);

  const chips = columns.flatMap((column): FilterChip[] => {
    const filter = filters[column.id];
    if (!filter) return [];
    const words = filterInWords(filter, column, t, format);
    const remove = () => onFilters(withFilter(filters, column.id, null));
    const edit = editable(column.id) ? (chip: HTMLElement) => onEdit(column.id, chip) : null;
    return [{ key: column.id, words, label: t("remove", { words }), remove, edit }];
  });
  if (search.trim() !== "") {
    const words = searchInWords(search, t);
    const label = t("remove", { words });
    chips.unshift({ key: "search", words, label, remove: () => onSearch(""), edit: null });
  }
  for (const sort of sorts) {
    const column = columns.find(({ id }) => id === sort.column);
    if (!column) continue;
    const words = sortInWords(column, sort.descending, t, pending);
    const remove = () => onSorts(sorts.filter((other) => other !== sort));
    const label = t("removeSort", { words });
    chips.push({ key: `by ${sort.column}`, words, label, remove, edit: null });
  }
  if (chips.length === 0) return null;

  // The pressed button unmounts. Focus moves to the next chip, or to the search box after the last.
  const removeAt = (index: number) => {
    const buttons = list.current?.querySelectorAll<HTMLElement>("[data-remove]") ?? [];
    const next = buttons[index + 1] ?? buttons[index - 1] ?? searchBox();
    next?.focus();
    chips[index]?.remove();
  };
  return (
    <div className={strip}>
      <ul ref={list} aria-label={t("chips")} className="contents">
        {chips.map(({ key, words, label, edit }, index) => (
          <Chip
            key={key}
            title={words}
            remove={
              <button
                type="button"
                data-remove=""
                className={removeClass}
                onClick={() => removeAt(index)}
              >
                <span className="sr-only">
                  <Phrase words={label} />
                </span>
                <X aria-hidden className="size-3.5" />
              </button>
            }
          >
            {edit ? (
              <button
                type="button"
                aria-haspopup="dialog"
                className="chip-edit max-w-full truncate align-bottom hover:underline"
                onPointerEnter={onIntent}
                onFocus={onIntent}
                onClick={({ currentTarget }) => edit(currentTarget)}
              >
                <Phrase words={words} />
              </button>
            ) : (
              <Phrase words={words} />
            )}
          </Chip>
        ))}
      </ul>
      <Button
        variant="ghost"
        className="!h-7 !px-2 text-dense"
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

/** Beside the search box, in lines of its own where that leaves too little room. */
const strip =
  "flex min-w-0 flex-[3_1_8rem] flex-wrap items-center gap-1.5 p-0.5 max-[64rem]:order-last max-[64rem]:basis-full";

function searchBox(): HTMLElement | null {
  return document.getElementById(SEARCH_BOX_ID);
}
