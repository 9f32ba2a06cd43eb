"use client";

import { DIRECTORY_SORTS } from "@/lib/channels/known-channel";
import { writeSorts } from "@/lib/subscriptions/sort-text";
import type { AskedColumnId } from "./directory-columns";
import { FilterChips } from "./lazy-pieces";
import { type DirectoryParams, FILTER_IDS, filtersOf, usualSorts } from "./search-params";
import { useAskedColumn } from "./use-asked-column";
import type { DirectoryChange } from "./use-directory-change";

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
