"use client";

import { useTranslations } from "next-intl";
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useMemo,
  useRef,
} from "react";
import { CopyRegion } from "@/components/ui/copy";
import { Skeleton } from "@/components/ui/screen";
import { useDimmed } from "@/components/ui/use-dimmed";
import { Header } from "./header";
import { type Density, ROW_HEIGHTS } from "./layout";
import { forgetRow, moveToRow } from "./row-focus";
import { PLAIN_ROWS, PRINTED_ROWS, Rows } from "./rows";
import type { DataTableInstance, DataTableProps } from "./table";
import { useHiddenEdges } from "./use-hidden-edges";

const SELECT_WIDTH = 40;

/**
 * A long table takes the room that is left, so that its height does not depend on its rows. The page around it is
 * not laid out again when rows come and go.
 */
const FILLING = "sm:flex-1 sm:contain-strict print:contain-none! max-sm:max-h-[calc(100dvh-8rem)]";

/** Shows any number of rows. It scrolls in itself where its flex column leaves it less room than it has rows. */
export function DataTable<Data extends object>(props: DataTableProps<Data>) {
  const { table, caption, firstRow, stale, expected = 0, view, density, rowName, onOpen } = props;
  const selectionBar = props.selectionBar || null;
  const t = useTranslations("table");
  const region = useRef<HTMLElement>(null);
  const { rows } = table.getRowModel();
  const columns = table.getVisibleLeafColumns();
  const selectable = rowName !== undefined;
  const dimmed = useDimmed(stale);
  const selectLabel = useMemo(
    () => rowName && ((row: Data) => t("selectRow", { name: rowName(row) })),
    [t, rowName],
  );
  // A scroll to the top would cost a layout of all rows, even of a table that is at its top.
  const isScrolled = useRef(false);
  const shownView = useRef(view);
  useEffect(() => {
    if (shownView.current === view) return;
    shownView.current = view;
    forgetRow(region.current);
    // Another view is read from its top.
    if (isScrolled.current) region.current?.scrollTo({ top: 0 });
  }, [view]);

  // One listener for all rows, so that a row needs no handlers.
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const target = event.target instanceof Element ? event.target : null;
    const row = rows[Number(target?.closest("tr")?.dataset.index)];
    if (!row) return;
    if (target?.closest("input[data-select]")) row.getToggleSelectedHandler()(event);
    if (target?.closest("[data-open]")) onOpen?.(row.original);
  };
  useHiddenEdges(region);
  const many = Math.max(rows.length, expected) > PLAIN_ROWS;
  const printed = Math.min(rows.length, PRINTED_ROWS);
  return (
    <CopyRegion>
      <div className={`relative flex flex-col sm:min-h-0 ${many ? "sm:flex-1" : ""}`}>
        <section
          ref={region}
          // With room below the last row, so that the floating bar can cover no row for good.
          className={`@container relative scroll-pt-9 overflow-auto rounded-control border border-line bg-raised sm:min-h-0 print:max-h-none! print:overflow-visible! print:border-0 ${many ? FILLING : ""} ${selectionBar ? "pb-28" : ""}`}
          // Wider than the screen, it must scroll by keyboard too.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
          tabIndex={0}
          aria-label={caption}
          // Captured, before the rows change: the place is known without a layout then.
          onScrollCapture={({ currentTarget }) => {
            isScrolled.current = currentTarget.scrollTop > 0;
          }}
          style={{ scrollPaddingLeft: table.getStartTotalSize() + (selectable ? SELECT_WIDTH : 0) }}
        >
          <table
            aria-rowcount={table.getRowCount() + 1}
            aria-busy={stale}
            data-density={density}
            data-selectable={selectable || undefined}
            data-rows={rows.length}
            style={tableStyle(table, density, selectable)}
            className={`data-table ${dimmed ? "opacity-60" : ""}`}
            onClick={onClick}
            onKeyDown={onRowKey}
          >
            <caption className="sr-only">{caption}</caption>
            <colgroup>
              {selectable && <col style={{ width: SELECT_WIDTH }} />}
              {columns.map(({ id }) => (
                <col key={id} style={{ width: `calc(var(--share-${id}))` }} />
              ))}
            </colgroup>
            <Header {...props} selectable={selectable} />
            <tbody>
              <Rows
                region={region}
                rows={rows}
                many={many}
                growing={rows.length < expected}
                columns={columns}
                firstRow={firstRow}
                rowHeight={ROW_HEIGHTS[density]}
                selected={selectable ? table.state.rowSelection : null}
                selectLabel={selectLabel}
              />
            </tbody>
          </table>
        </section>
        <div aria-hidden className="edge-after print:hidden" />
        {printed < table.getRowCount() && (
          <p className="hidden pt-2 print:block">
            {t("printed", { count: printed, total: table.getRowCount() })}
          </p>
        )}
        {selectionBar && <div className="selection-float print:hidden">{selectionBar}</div>}
      </div>
    </CopyRegion>
  );
}

/**
 * Returns the widths as custom properties, so that a resize renders no row again: the width of each
 * column, and the left edge of each pinned one. Space that is left on the screen goes to the columns in
 * proportion, unless the person has set a width: then that width is exact.
 */
function tableStyle<Data extends object>(
  table: DataTableInstance<Data>,
  density: Density,
  selectable: boolean,
): CSSProperties {
  const columns = table.getVisibleLeafColumns();
  const start = selectable ? SELECT_WIDTH : 0;
  const sum = columns.reduce((all, column) => all + column.getSize(), start);
  const stretched = columns.filter((column) => column.getCanResize());
  const whole = stretched.reduce((all, column) => all + column.getSize(), 0);
  const exact = columns.some(({ id }) => table.state.columnSizing[id] !== undefined);
  let left = `${start}px`;
  const shares = columns.flatMap((column) => {
    const share = column.getCanResize() ? column.getSize() / whole : 0;
    const width = `${column.getSize()}px + var(--spare) * ${share.toFixed(4)}`;
    const own: [string, string][] = [[`--share-${column.id}`, width]];
    if (column.getIsPinned()) own.push([`--left-${column.id}`, `calc(${left})`]);
    left += ` + ${width}`;
    return own;
  });
  return Object.fromEntries([
    ...shares,
    ["--row", `${ROW_HEIGHTS[density]}px`],
    ["--spare", exact ? "0px" : `max(0px, 100cqw - ${sum}px)`],
    ["--table", `calc(${sum}px + var(--spare))`],
  ]);
}

const ARROWS: Readonly<Partial<Record<string, number>>> = { ArrowDown: 1, ArrowUp: -1 };

/** Moves the focus through the rows by arrow keys, while it is in a row. */
function onRowKey(event: KeyboardEvent<HTMLElement>): void {
  const step = ARROWS[event.key];
  const { target, altKey, ctrlKey, metaKey, shiftKey } = event;
  const isInRow = target instanceof Element && target.closest("tr[data-index]") !== null;
  if (!step || !isInRow || altKey || ctrlKey || metaKey || shiftKey) return;
  event.preventDefault();
  moveToRow(event.currentTarget, step);
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
