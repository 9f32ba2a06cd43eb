"use client";

import { type ComponentType, type RefObject, useCallback, useEffect, useState } from "react";
import type { Lane } from "./lanes";
import { TableRow } from "./row";
import type { Measure, VirtualRowsProps } from "./virtual-rows";

/** Up to so many rows, all are there, and what draws only those in sight is not even fetched. */
export const PLAIN_ROWS = 200;

export type RowsProps<Row> = {
  region: RefObject<HTMLElement | null>;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  firstRow: number;
  lanes: readonly Lane<Row>[];
  rowHeight: number;
  selected: ReadonlySet<string> | null;
  selectLabel: (row: Row) => string;
};

/** The rows of a table: all of them, or those in sight. */
export function Rows<Row>(props: RowsProps<Row>) {
  const { region, rows, rowId, firstRow, lanes, rowHeight, selected, selectLabel } = props;
  const Virtual = useVirtualRows(rows.length > PLAIN_ROWS);
  const keyAt = useCallback(
    (index: number) => {
      const row = rows[index];
      return row === undefined ? String(index) : rowId(row);
    },
    [rows, rowId],
  );
  const drawAt = (index: number, measure?: Measure) => {
    const row = rows[index];
    const id = keyAt(index);
    return (
      row !== undefined && (
        <TableRow
          // By place, not by id: other rows in the same places are a change of words, not of elements.
          key={index}
          row={row}
          id={id}
          index={index}
          rowIndex={firstRow + index + 1}
          lanes={lanes}
          selected={selected?.has(id)}
          selectLabel={selectLabel}
          measure={measure}
        />
      )
    );
  };
  if (!Virtual || rows.length <= PLAIN_ROWS) {
    return rows.slice(0, PLAIN_ROWS).map((_, index) => drawAt(index));
  }
  return (
    <Virtual
      region={region}
      count={rows.length}
      columnCount={lanes.length + (selected ? 1 : 0)}
      rowHeight={rowHeight}
      keyAt={keyAt}
      drawAt={drawAt}
    />
  );
}

type VirtualRowsComponent = ComponentType<VirtualRowsProps>;

let loaded: VirtualRowsComponent | null = null;

/** Fetched once it is needed; null until then. Not suspended: the first rows stay while it comes. */
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
