import {
  constructRow,
  type Row,
  type RowModel,
  type Table as TableCore,
  type TableFeatures,
} from "@tanstack/react-table";

/**
 * Builds the core row model, but keeps the row object of each item that was there before. A sorted or
 * growing list of 10,000 items then needs no new row objects.
 */
export function cachedRowModel(table: TableCore<TableFeatures, object>) {
  const kept = new WeakMap<object, Row<TableFeatures, object>>();
  let last: { readonly data: readonly object[]; readonly model: RowModelOfAll } | null = null;
  const rowAt = (item: object, index: number) => {
    const known = kept.get(item);
    if (known) {
      known.index = index;
      return known;
    }
    const row = constructRow(table, table.getRowId(item, index), item, index, 0);
    kept.set(item, row);
    return row;
  };
  return () => {
    const { data } = table.options;
    if (last?.data !== data) last = { data, model: modelOf(data.map(rowAt)) };
    return last.model;
  };
}

type RowModelOfAll = RowModel<TableFeatures, object>;

function modelOf(rows: RowModelOfAll["rows"]): RowModelOfAll {
  let rowsById: RowModelOfAll["rowsById"] | null = null;
  return {
    rows,
    flatRows: rows,
    // Only a selection needs it.
    get rowsById() {
      rowsById ??= Object.fromEntries(rows.map((row) => [row.id, row]));
      return rowsById;
    },
  };
}
