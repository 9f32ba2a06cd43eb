"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import type { DataColumn } from "./column";
import type { ColumnControls } from "./header";
import type { Lane } from "./lanes";
import { MIN_WIDTH } from "./layout";
import { LazyColumnMenu } from "./lazy-column-menu";
import { ResizeHandle } from "./resize-handle";
import { pressedSorts } from "./sorting";
import type { ColumnDrag } from "./use-column-drag";

export type HeaderCellProps<Row, Id extends string> = ColumnControls<Id> & {
  lane: Lane<Row, Id>;
  lanes: readonly Lane<Row, Id>[];
  columns: readonly DataColumn<Row, Id>[];
  drag: ColumnDrag | null;
};

/** A column's name: sorts when pressed, moves when dragged, and has a menu and an edge to pull. */
export function HeaderCell<Row, Id extends string>(props: HeaderCellProps<Row, Id>) {
  const { lane, lanes, drag, sorting, layout, onLayout } = props;
  const { id, header, sorts, width } = lane.column;
  const sort = sorting?.sorts.find(({ column }) => column === id);
  const applied = sort && !sorting?.pending;
  const direction = sort?.descending ? "descending" : "ascending";
  return (
    <th
      scope="col"
      data-column={id}
      data-drop={drag?.over === id ? drag.side : undefined}
      aria-colindex={lane.place}
      aria-label={header}
      aria-sort={applied ? direction : undefined}
      style={lane.style}
      className={`${HEAD} ${lane.headClass} ${sorts && sorting ? "" : "max-sm:sr-only"} ${drag?.id === id ? "opacity-50" : ""}`}
    >
      <Name {...props} />
      {width >= MIN_WIDTH && (
        <>
          <LazyColumnMenu {...props} />
          <ResizeHandle lane={lane} lanes={lanes} layout={layout} onLayout={onLayout} />
        </>
      )}
    </th>
  );
}

const HEAD =
  "group/head select-none border-line bg-raised py-1 font-medium text-muted max-sm:block max-sm:px-3 sm:sticky sm:top-0 sm:border-b data-[drop=after]:shadow-[inset_-2px_0_0_var(--color-accent)] data-[drop=before]:shadow-[inset_2px_0_0_var(--color-accent)]";

/** The label, what it is sorted by, and whether it is filtered. */
function Name<Row, Id extends string>({ lane, sorting, filtered }: HeaderCellProps<Row, Id>) {
  const t = useTranslations("table");
  const { id, header, sorts } = lane.column;
  // A column that narrow holds something that speaks for itself.
  if (lane.column.width < MIN_WIDTH) return <span className="sr-only">{header}</span>;
  const dot = filtered?.has(id) && (
    <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-accent" />
  );
  if (!sorting || !sorts) {
    return (
      <span className="inline-flex max-w-full items-center gap-1.5 leading-6">
        <span className="truncate">{header}</span>
        {dot}
      </span>
    );
  }
  const place = sorting.sorts.findIndex(({ column }) => column === id);
  const sort = sorting.sorts[place];
  const Arrow = sort?.descending ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      aria-description={filtered?.has(id) ? t("filtered") : undefined}
      title={t("sortHint")}
      className="inline-flex h-6 max-w-full items-center gap-1 rounded-mark hover:text-ink"
      onClick={({ shiftKey }) => sorting.onSort(pressedSorts(sorting.sorts, lane.column, shiftKey))}
    >
      <span className="truncate">{header}</span>
      {sort && (
        <span
          aria-hidden
          className={`inline-flex shrink-0 items-center tabular-nums ${sorting.pending ? "opacity-40" : "text-accent-ink"}`}
        >
          <Arrow className="size-3.5" />
          {sorting.sorts.length > 1 && place + 1}
        </span>
      )}
      {dot}
    </button>
  );
}
