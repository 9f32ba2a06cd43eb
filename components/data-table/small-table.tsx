"use client";

import {
  type CellContext,
  createColumnHelper,
  type HeaderContext,
  metaHelper,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo, useRef } from "react";
import { useDimmed } from "@/components/ui/use-dimmed";
import { useHiddenEdges } from "./use-hidden-edges";

type SmallColumn = {
  readonly name: ReactNode;
  readonly isNumber?: boolean;
  /** Holds sentences, which wrap and need room. */
  readonly isText?: boolean;
  /** Hidden below 1024 px. */
  readonly isWide?: boolean;
  /** Stays in sight when the table is scrolled sideways. */
  readonly isPinned?: boolean;
  readonly sorted?: "ascending" | "descending";
  /** The name as text, for cells that stand without their header on a narrow screen. */
  readonly label?: string;
  /** Of the header and the cells. */
  readonly className?: string;
  /** Of the cells alone. */
  readonly cellClass?: string;
};

type SmallRow = {
  readonly key: string | number;
  /** As many as there are columns. */
  readonly cells: readonly ReactNode[];
};

type SmallTableProps = {
  title: string;
  columns: readonly SmallColumn[];
  rows: readonly SmallRow[];
  /** Whether the first cell of a row is its header. */
  rowHeaders?: boolean;
  /** A border, and a region that scrolls where the table is larger than its room. */
  framed?: boolean;
  /** On a narrow screen, the cells of a row stand in lines, and only sortable headers remain. */
  stacked?: boolean;
  /** Other rows are on their way. */
  stale?: boolean;
  className?: string;
};

const features = tableFeatures({ columnMeta: metaHelper<SmallColumn>() });
const helper = createColumnHelper<typeof features, SmallRow>();

/** A table that needs no resizing, menus or virtual rows: columns and cells are all it takes. */
export function SmallTable(props: SmallTableProps) {
  const { title, columns, rows, rowHeaders = true, framed = true, stacked, stale = false } = props;
  const dimmed = useDimmed(stale);
  const definitions = useMemo(
    () =>
      columns.map((meta, index) =>
        helper.accessor(({ cells }): unknown => cells[index], {
          ...{ id: String(index), meta, header: Name, cell: Value },
        }),
      ),
    [columns],
  );
  const table = useTable({
    ...{ features, columns: definitions, data: rows },
    getRowId: ({ key }) => String(key),
  });
  const region = useRef<HTMLElement>(null);
  useHiddenEdges(region);
  const element = (
    <table
      aria-busy={stale}
      data-stacked={stacked}
      className={`small-table ${dimmed ? "opacity-60" : ""} ${props.className ?? ""}`}
    >
      <caption className="sr-only">{title}</caption>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => {
              const { meta } = header.column.columnDef;
              return (
                <th
                  key={header.id}
                  scope="col"
                  aria-sort={meta?.sorted}
                  className={`${look(meta)} ${meta?.className ?? ""}`}
                >
                  <table.FlexRender header={header} />
                </th>
              );
            })}
          </tr>
        ))}
      </thead>
      <tbody>
        {table.getRowModel().rows.map((row) => (
          <tr key={row.id}>
            {row.getAllCells().map((cell, index) => {
              const { meta } = cell.column.columnDef;
              const className = `${look(meta)} ${meta?.className ?? ""} ${meta?.cellClass ?? ""}`;
              return index === 0 && rowHeaders ? (
                <th key={cell.id} scope="row" className={className}>
                  <table.FlexRender cell={cell} />
                </th>
              ) : (
                <td key={cell.id} data-label={meta?.label} className={className}>
                  <table.FlexRender cell={cell} />
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
  if (!framed) return element;
  return (
    <div className="relative flex flex-col sm:min-h-0">
      <section
        ref={region}
        className="overflow-auto rounded-control border border-line bg-raised sm:min-h-0"
        // Larger than its room, it must scroll by keyboard too.
        // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
        tabIndex={0}
        aria-label={title}
      >
        {element}
      </section>
      <div aria-hidden className="edge-after print:hidden" />
    </div>
  );
}

// The same two functions for all columns: with others at each render, the cells would lose their state.

function Name({ column }: HeaderContext<typeof features, SmallRow>): ReactNode {
  return column.columnDef.meta?.name;
}

function Value({ row, column }: CellContext<typeof features, SmallRow>): ReactNode {
  return row.original.cells[Number(column.id)];
}

function look(column: SmallColumn | undefined): string {
  const { isNumber, isText, isWide, isPinned } = column ?? {};
  const parts = [isNumber && "number", isText && "text", isWide && "wide", isPinned && "pinned"];
  return parts.filter(Boolean).join(" ");
}
