"use client";

import {
  type ComponentType,
  type FunctionComponent,
  memo,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import { columnLook, type DataTableColumn, type DataTableRow } from "./table";
import type { Measure, VirtualRowsProps } from "./virtual-rows";

/** Above this number of rows, only the rows in sight are in the document. */
export const PLAIN_ROWS = 200;

/** The number of rows of a long list that are rendered until the virtual rows are loaded. */
const FIRST_ROWS = 40;

/** On paper all rows are rendered, up to this number. */
export const PRINTED_ROWS = 2000;

type RowsProps<Data extends object> = {
  region: RefObject<HTMLElement | null>;
  rows: readonly DataTableRow<Data>[];
  /** Whether only the rows in sight are rendered. */
  many: boolean;
  /** More are being added. */
  growing: boolean;
  columns: readonly DataTableColumn<Data>[];
  firstRow: number;
  rowHeight: number;
  selected: Readonly<Record<string, boolean>> | null;
  selectLabel: ((row: Data) => string) | undefined;
};

/** The rows of a table: all of them, or those in sight. */
export function Rows<Data extends object>(props: RowsProps<Data>) {
  const { region, rows, many, growing, columns, firstRow, rowHeight } = props;
  const { selected, selectLabel } = props;
  const Virtual = useVirtualRows(many);
  const printing = useIsPrinting();
  const cells = useMemo(
    () => columns.map((column) => ({ ...columnLook(column), column })),
    [columns],
  );
  const keyAt = useCallback((index: number) => rows[index]?.id ?? String(index), [rows]);
  const drawAt = (index: number, measure?: Measure) => {
    const row = rows[index];
    return (
      row && (
        <TableRow
          // By place, not by id: other rows in the same places change words, not elements.
          key={index}
          row={row}
          index={index}
          rowIndex={firstRow + index + 1}
          cells={cells}
          selected={selected ? selected[row.id] === true : undefined}
          selectLabel={selectLabel}
          measure={measure}
        />
      )
    );
  };
  if (printing) return rows.slice(0, PRINTED_ROWS).map((_, index) => drawAt(index));
  if (!many) return rows.map((_, index) => drawAt(index));
  if (!Virtual) return rows.slice(0, FIRST_ROWS).map((_, index) => drawAt(index));
  return (
    <Virtual
      region={region}
      count={rows.length}
      columnCount={columns.length + (selected ? 1 : 0)}
      rowHeight={rowHeight}
      growing={growing}
      keyAt={keyAt}
      drawAt={drawAt}
    />
  );
}

type TableRowProps<Data extends object> = {
  row: DataTableRow<Data>;
  /** Its place among the rows at hand, and in the whole list. */
  index: number;
  rowIndex: number;
  cells: readonly (ReturnType<typeof columnLook> & { readonly column: DataTableColumn<Data> })[];
  /** Undefined where no row can be selected. */
  selected: boolean | undefined;
  selectLabel: ((row: Data) => string) | undefined;
  measure: Measure | undefined;
};

/** One row. Dozens are rendered in one frame, so it has no hooks and no handlers: the table listens. */
const TableRow = remembered(function TableRow<Data extends object>(props: TableRowProps<Data>) {
  const { row, index, rowIndex, cells, selected, selectLabel, measure } = props;
  const byColumn = row.getAllCellsByColumnId();
  return (
    <tr ref={measure} data-index={index} aria-rowindex={rowIndex} aria-selected={selected}>
      {selected !== undefined && (
        <td className="select">
          <label>
            <input
              type="checkbox"
              data-select=""
              aria-label={selectLabel?.(row.original)}
              checked={selected}
              onChange={ignore}
            />
          </label>
        </td>
      )}
      {cells.map(({ column, className, style }) => {
        const { cell, header } = column.columnDef;
        const context = byColumn[column.id]?.getContext();
        return (
          <td key={column.id} className={className} style={style} data-label={header}>
            {/* Called, not rendered as a component: a component for each cell costs too much in a long list. */}
            {typeof cell === "function" ? context && cell(context) : cell}
          </td>
        );
      })}
    </tr>
  );
});

/** The table listens to the click itself, because only a click tells whether Shift is held. */
function ignore() {}

/** Returns the memoized component. React's memo loses the type parameters; the result takes the same props. */
function remembered<Component extends (props: never) => ReactNode>(
  component: Component,
): Component {
  return memo(component as unknown as FunctionComponent) as unknown as Component;
}

let isPrinting = false;

/** Returns whether the page is being printed: then rows out of sight are needed too. */
function useIsPrinting(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const media = matchMedia("print");
      const begin = () => {
        isPrinting = true;
        changed();
      };
      const end = () => {
        isPrinting = false;
        changed();
      };
      addEventListener("beforeprint", begin);
      addEventListener("afterprint", end);
      media.addEventListener("change", changed);
      return () => {
        removeEventListener("beforeprint", begin);
        removeEventListener("afterprint", end);
        media.removeEventListener("change", changed);
      };
    },
    () => isPrinting || matchMedia("print").matches,
    () => false,
  );
}

type VirtualRowsComponent = ComponentType<VirtualRowsProps>;

let loaded: VirtualRowsComponent | null = null;

/** Fetched when it is needed; null until then. Not suspended, so that the first rows stay meanwhile. */
function useVirtualRows(needed: boolean): VirtualRowsComponent | null {
  const [component, setComponent] = useState<VirtualRowsComponent | null>(() => loaded);
  useEffect(() => {
    if (!needed || component) return;
    void import("./virtual-rows").then(({ VirtualRows }) => {
      loaded = VirtualRows;
      setComponent(() => VirtualRows);
    });
  }, [needed, component]);
  return component;
}
