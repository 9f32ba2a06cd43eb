"use client";

import { type ColumnDef, type RowData, tableFeatures, useTable } from "@tanstack/react-table";
import { useEffect, useRef } from "react";
import { Skeleton } from "@/components/ui/skeleton";

/** How a column lies in the table. */
export type ColumnLook = {
  readonly numeric?: boolean;
  /** Stays in sight when the table is scrolled sideways. */
  readonly pinned?: boolean;
  /** The most a cell may take of the row, as a class. */
  readonly width: string;
  /** On a narrow screen: an end of the row's first line, or a piece of the second; else a line of its own. */
  readonly narrow?: "aside" | "start" | "end" | "second";
};

const features = tableFeatures({ columnMeta: {} as ColumnLook });

export type DataColumn<Row extends RowData> = ColumnDef<typeof features, Row> & {
  readonly id: string;
  readonly header: string;
  readonly meta: ColumnLook;
};

type DataTableProps<Row extends RowData> = {
  caption: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Number of the first row in the whole list, from 1. */
  firstRow: number;
  /** Rows in the whole list. */
  total: number;
  /** Other rows are on their way: these are kept until then. */
  stale: boolean;
};

/** A table of one page of a list. The columns are what is shown; there is nothing else to configure. */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowId, firstRow, total, stale } = props;
  const table = useTable({ features, columns, data: rows, getRowId: rowId });
  const region = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is read from its top
  useEffect(() => {
    region.current?.scrollTo({ top: 0 });
  }, [firstRow]);
  return (
    <section
      ref={region}
      className="relative overflow-auto rounded-control border border-line bg-raised sm:max-h-[max(20rem,calc(100dvh-18.75rem))]"
      // Wider than the screen, it must scroll by keyboard too.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      aria-label={caption}
    >
      <table
        aria-rowcount={total + 1}
        aria-busy={stale}
        className={`w-full border-separate border-spacing-0 text-dense ${stale ? "opacity-60" : ""}`}
      >
        <caption className="sr-only">{caption}</caption>
        <thead className="max-sm:sr-only">
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} aria-rowindex={1}>
              {group.headers.map((header) => (
                <th key={header.id} scope="col" className={headClass(header.column.columnDef.meta)}>
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row, index) => (
            <tr key={row.id} aria-rowindex={firstRow + index + 1} className={ROW}>
              {row.getAllCells().map((cell) => (
                <td
                  key={cell.id}
                  className={cellClass(cell.column.columnDef.meta)}
                  data-label={String(cell.column.columnDef.header)}
                >
                  <table.FlexRender cell={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const ROW =
  "group hover:bg-hover max-sm:grid max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:border-line max-sm:border-b max-sm:px-3 max-sm:py-2";

function headClass(look?: ColumnLook): string {
  return `sticky top-0 z-10 whitespace-nowrap border-line border-b bg-raised px-3 py-2 font-medium text-muted ${look?.pinned ? "sm:left-0 sm:z-20" : ""} ${look?.numeric ? "text-right" : "text-left"}`;
}

function cellClass(look?: ColumnLook): string {
  const wide = "sm:border-line sm:border-b sm:px-3 sm:py-1.5";
  const pinned = look?.pinned ? "sm:sticky sm:left-0 sm:bg-raised sm:group-hover:bg-hover" : "";
  const number = look?.numeric ? "tabular-nums sm:text-right" : "";
  return `align-middle ${wide} ${pinned} ${number} ${look?.width ?? ""} ${NARROW[look?.narrow ?? "line"]}`;
}

const NARROW = {
  aside: "max-sm:order-1 max-sm:row-span-2 max-sm:self-start max-sm:pt-1",
  start: "max-sm:order-2 max-sm:col-start-2 max-sm:min-w-0 max-sm:max-w-none max-sm:font-medium",
  end: "max-sm:order-3 max-sm:justify-self-end max-sm:max-w-none",
  second: "max-sm:order-4 max-sm:min-w-0 max-sm:max-w-none max-sm:text-muted",
  line: "max-sm:order-5 max-sm:col-span-2 max-sm:col-start-2 max-sm:flex max-sm:max-w-none max-sm:items-center max-sm:gap-2 max-sm:text-muted max-sm:before:shrink-0 max-sm:before:content-[attr(data-label)]",
};

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
