"use client";

import {
  type ColumnDef,
  type ColumnPinningState,
  type ColumnSizingState,
  type ColumnVisibilityState,
  columnOrderingFeature,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  type DisplayColumnDef,
  functionalUpdate,
  metaHelper,
  type OnChangeFn,
  type ReactTable,
  type Row,
  type RowSelectionState,
  rowPaginationFeature,
  rowSelectionFeature,
  rowSortingFeature,
  type SortingState,
  type Column as TableColumn,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { type ReactNode, useMemo } from "react";
import { cachedRowModel } from "./cached-row-model";
import {
  clampedWidth,
  columnOrder,
  type Density,
  MAX_WIDTH,
  MIN_WIDTH,
  pinnedColumns,
  type TableLayout,
} from "./layout";

type ColumnMeta = {
  readonly numeric?: boolean;
  /** Always pinned, whatever a person pins besides. */
  readonly fixed?: boolean;
  /** On a narrow screen: an end of the row's first line, or of the second; otherwise a line of its own. */
  readonly narrow?: "aside" | "start" | "end" | "second" | "secondEnd";
};

export const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
  rowSortingFeature,
  rowSelectionFeature,
  rowPaginationFeature,
  coreRowModel: cachedRowModel,
  columnMeta: metaHelper<ColumnMeta>(),
});

type Features = typeof features;

export type DataColumn<Data extends object, Id extends string = string> = ColumnDef<
  Features,
  Data,
  unknown
> & { readonly id: Id; readonly header: string };
/** What a column definition says besides its id, name and cell. */
export type ColumnOptions = Pick<
  DisplayColumnDef<Features, object>,
  | "size"
  | "minSize"
  | "enableResizing"
  | "enableSorting"
  | "sortDescFirst"
  | "enableHiding"
  | "meta"
>;
export type DataTableInstance<Data extends object> = ReactTable<Features, Data>;
export type DataTableColumn<Data extends object> = TableColumn<Features, Data, unknown>;
export type DataTableRow<Data extends object> = Row<Features, Data>;

export type TableSort<Id extends string = string> = {
  readonly column: Id;
  readonly descending: boolean;
};

type DataTableOptions<Data extends object, Id extends string> = {
  columns: readonly DataColumn<Data, Id>[];
  /** The rows to show: filtered and sorted, or one page from the server. */
  rows: readonly Data[];
  rowId: (row: Data) => string;
  /** Rows in the whole list. */
  total: number;
  /** The visible columns. */
  shown: readonly Id[];
  onHide: (hidden: readonly Id[]) => void;
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
  /** The first decides, the next breaks its ties. */
  sorts: readonly TableSort<Id>[];
  onSort: (sorts: readonly TableSort<Id>[]) => void;
  rowSelection: RowSelectionState;
  onRowSelectionChange: OnChangeFn<RowSelectionState>;
};

const defaultColumn = { minSize: MIN_WIDTH, maxSize: MAX_WIDTH, sortDescFirst: false };

/** Returns the table whose state is the address (columns, sorting) and the person's layout. */
export function useDataTable<Data extends object, Id extends string>(
  options: DataTableOptions<Data, Id>,
): DataTableInstance<Data> {
  const { columns, rows, rowId, total, shown, onHide, layout, onLayout, sorts, onSort } = options;
  const { rowSelection, onRowSelectionChange } = options;
  const state = useMemo(() => {
    const places = columns.map(({ id, meta }) => ({ id, fixed: meta?.fixed === true }));
    const columnPinning: ColumnPinningState = { start: pinnedColumns(places, layout), end: [] };
    const columnSizing: ColumnSizingState = layout.widths;
    const columnVisibility: ColumnVisibilityState = Object.fromEntries(
      columns.map(({ id }) => [id, shown.includes(id)]),
    );
    return {
      columnOrder: columnOrder(places, layout),
      columnPinning,
      columnSizing,
      columnVisibility,
    };
  }, [columns, layout, shown]);
  const sorting = useMemo(
    () => sorts.map(({ column, descending }) => ({ id: column, desc: descending })),
    [sorts],
  );
  const idOf = (id: string) => columns.find((column) => column.id === id)?.id;
  return useTable<Features, Data>({
    features,
    columns,
    defaultColumn,
    data: rows,
    getRowId: rowId,
    manualSorting: true,
    manualPagination: true,
    rowCount: total,
    columnResizeMode: "onChange",
    state: { ...state, sorting, rowSelection },
    onRowSelectionChange,
    onSortingChange: (update) => {
      const next: SortingState = functionalUpdate(update, sorting);
      onSort(
        next.flatMap(({ id, desc }) => {
          const column = idOf(id);
          return column === undefined ? [] : [{ column, descending: desc }];
        }),
      );
    },
    onColumnVisibilityChange: (update) => {
      const next = functionalUpdate(update, state.columnVisibility);
      onHide(shown.filter((id) => next[id] === false));
    },
    onColumnOrderChange: (update) =>
      onLayout({ ...layout, order: functionalUpdate(update, state.columnOrder) }),
    onColumnPinningChange: (update) => {
      const { start } = functionalUpdate(update, state.columnPinning);
      const isFixed = (id: string) =>
        columns.some((column) => column.id === id && column.meta?.fixed);
      onLayout({ ...layout, pinned: start.filter((id) => !isFixed(id)) });
    },
    onColumnSizingChange: (update) => {
      const next = functionalUpdate(update, state.columnSizing);
      const widths = Object.entries(next).map(([id, width]) => [id, clampedWidth(width)]);
      onLayout({ ...layout, widths: Object.fromEntries(widths) });
    },
  });
}

export type DataTableProps<Data extends object> = {
  table: DataTableInstance<Data>;
  caption: string;
  /** Number of the first row in the whole list, from 1. */
  firstRow: number;
  /** Other rows are on their way: these are kept until then. */
  stale: boolean;
  /** How many rows there will be, while they are added one answer after another. */
  expected?: number | undefined;
  /** Names what the rows are a view of: another view is read from its top. */
  view: string;
  density: Density;
  /** The sorting was requested and is not yet applied, because rows are still on their way. */
  sortPending: boolean;
  /** Columns whose values are filtered. */
  filtered: ReadonlySet<string>;
  /** Names a row: "Select {name}". Absent where no row can be selected. The same function at each render. */
  rowName?: (row: Data) => string;
  /** What can be done with the selected rows. It floats beside the boxes and moves no row. */
  selectionBar?: ReactNode;
  /** A row was opened by the OpenMark in it. */
  onOpen?: (row: Data) => void;
};

/** The class and the edge that all cells of a column share. */
export function columnLook<Data extends object>(column: DataTableColumn<Data>) {
  const { numeric, narrow } = column.columnDef.meta ?? {};
  const pinned = Boolean(column.getIsPinned());
  const edge = pinned && column.getIsLastColumn("start");
  return {
    className: `at-${narrow ?? "line"}${numeric ? " numeric" : ""}${pinned ? " pinned" : ""}${edge ? " edge" : ""}`,
    style: pinned ? { left: `var(--left-${column.id})` } : undefined,
  };
}

/** Returns the visible ones of these columns, in the order of the table. */
export function shownColumns<Data extends object, Id extends string>(
  table: DataTableInstance<Data>,
  ids: readonly Id[],
): Id[] {
  return table.getVisibleLeafColumns().flatMap(({ id }) => ids.filter((known) => known === id));
}

/**
 * Returns the column order after a move by that many visible columns to the right, or to the left if
 * negative. Null if there is no column to pass, or a pinned column would pass one that is not pinned.
 */
export function movedOrder<Data extends object>(
  table: DataTableInstance<Data>,
  column: DataTableColumn<Data>,
  places: number,
): string[] | null {
  const visible = table.getVisibleLeafColumns();
  const passed = visible[column.getIndex() + places];
  if (!passed || places === 0 || zoneOf(passed) !== zoneOf(column)) return null;
  const order = table.getAllLeafColumns().map(({ id }) => id);
  const rest = order.filter((id) => id !== column.id);
  rest.splice(rest.indexOf(passed.id) + (places > 0 ? 1 : 0), 0, column.id);
  return rest;
}

function zoneOf<Data extends object>(column: DataTableColumn<Data>): string {
  return column.columnDef.meta?.fixed ? "fixed" : String(column.getIsPinned());
}
