"use client";

import { useTranslations } from "next-intl";
import { type MouseEvent, useEffect, useMemo, useRef } from "react";
import { CopyRegion } from "@/components/ui/copy-mark";
import { Skeleton } from "@/components/ui/skeleton";
import type { DataColumn } from "./column";
import { type ColumnControls, Header } from "./header";
import { lanesOf, pinnedWidth, ROW_HEIGHTS, SELECT_WIDTH, tableStyle } from "./lanes";
import { PLAIN_ROWS, Rows } from "./rows";
import type { Selection } from "./selection";
import { useSelecting } from "./use-selecting";

export type DataTableProps<Row, Id extends string> = ColumnControls<Id> & {
  caption: string;
  columns: readonly DataColumn<Row, Id>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Number of the first row in the whole list, from 1. */
  firstRow: number;
  /** Rows in the whole list. */
  total: number;
  /** Other rows are on their way: these are kept until then. */
  stale: boolean;
  /** What the rows are a view of: another one is read from its top. */
  view: string;
  selection?: Selection<Row>;
  /** A row was opened by the OpenMark in it. */
  onOpen?: (row: Row) => void;
};

/**
 * The table of the product: any number of rows, columns as somebody has arranged them. It scrolls in
 * itself as far as the flex column that holds it leaves it less room than it has rows.
 */
export function DataTable<Row, Id extends string>(props: DataTableProps<Row, Id>) {
  const { caption, columns, rows, rowId, firstRow, total, stale, view, selection, onOpen } = props;
  const { layout, onLayout, sorting, filtered, onHide } = props;
  const t = useTranslations("table");
  const region = useRef<HTMLElement>(null);
  const select = useSelecting(selection);
  const selectable = selection !== undefined;
  const lanes = useMemo(
    () => lanesOf({ columns, layout, selectable }),
    [columns, layout, selectable],
  );
  const nameOf = selection?.nameOf;
  const selectLabel = useMemo(
    () => (row: Row) => t("selectRow", { name: nameOf?.(row) ?? "" }),
    [t, nameOf],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view is read from its top
  useEffect(() => {
    region.current?.scrollTo({ top: 0 });
  }, [view]);

  const onClick = (event: MouseEvent<HTMLElement>) => {
    const target = event.target instanceof Element ? event.target : null;
    const box = target?.closest<HTMLInputElement>("input[data-select]");
    if (box) select(box.dataset.select ?? "", event.shiftKey);
    const mark = target?.closest("[data-open]");
    const row = rows[Number(mark?.closest("tr")?.dataset.index)];
    if (row !== undefined) onOpen?.(row);
  };
  const many = rows.length > PLAIN_ROWS;
  return (
    <CopyRegion>
      <section
        ref={region}
        className={`@container relative scroll-pt-9 overflow-auto rounded-control border border-line bg-raised sm:min-h-0 ${many ? "max-sm:max-h-[calc(100dvh-8rem)]" : ""}`}
        // Wider than the screen, it must scroll by keyboard too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        aria-label={caption}
        style={{ scrollPaddingLeft: pinnedWidth(lanes, selectable) }}
      >
        {/* biome-ignore lint/a11y: the buttons and boxes in it are pressed, by pointer or key; here it is only heard */}
        <table
          aria-rowcount={total + 1}
          aria-colcount={lanes.length + (selectable ? 1 : 0)}
          aria-busy={stale}
          style={tableStyle(lanes, layout, selectable)}
          className={`border-separate border-spacing-0 text-dense max-sm:block sm:w-(--table) sm:table-fixed ${stale ? "opacity-60" : ""}`}
          onClick={onClick}
        >
          <caption className="sr-only">{caption}</caption>
          <colgroup>
            {selectable && <col style={{ width: SELECT_WIDTH }} />}
            {lanes.map(({ column, colStyle }) => (
              <col key={column.id} style={colStyle} />
            ))}
          </colgroup>
          <Header
            columns={columns}
            lanes={lanes}
            layout={layout}
            onLayout={onLayout}
            sorting={sorting}
            filtered={filtered}
            onHide={onHide}
            selection={selection}
          />
          <tbody className="max-sm:block">
            <Rows
              region={region}
              rows={rows}
              rowId={rowId}
              firstRow={firstRow}
              lanes={lanes}
              rowHeight={ROW_HEIGHTS[layout.density]}
              selected={selection?.selected ?? null}
              selectLabel={selectLabel}
            />
          </tbody>
        </table>
      </section>
    </CopyRegion>
  );
}

/** The shape of a table that is still on its way. */
export function DataTableSkeleton({ columns, label }: { columns: number; label: string }) {
  return (
    <div role="status" className="rounded-control border border-line bg-raised p-3">
      <span className="sr-only">{label}</span>
      {Array.from({ length: 10 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows have nothing but their place
        <div key={row} className="flex h-8 items-center gap-6">
          {Array.from({ length: Math.max(1, columns) }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <Skeleton key={column} className={`h-3.5 ${column === 0 ? "w-2/6" : "w-1/6"}`} />
          ))}
        </div>
      ))}
    </div>
  );
}
