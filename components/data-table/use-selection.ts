"use client";

import { useCallback, useMemo, useState } from "react";
import type { Selection } from "./selection";

export type SelectedRows<Row> = {
  /** Also those that a page or a filter does not show now. */
  readonly rows: readonly Row[];
  readonly clear: () => void;
  readonly ofTable: Selection<Row>;
};

type Selectable<Row> = {
  shown: readonly Row[];
  /** What names the list: another list begins with nothing selected. */
  list: string;
  /** Both the same at each drawing. */
  idOf: (row: Row) => string;
  nameOf: (row: Row) => string;
};

/** The rows somebody has selected, kept while pages and filters change, as they were when selected. */
export function useSelection<Row>(given: Selectable<Row>): SelectedRows<Row> {
  const { shown, list, idOf, nameOf } = given;
  const [selected, setSelected] = useState<ReadonlyMap<string, Row>>(new Map());
  const [selectedOf, setSelectedOf] = useState(list);
  if (selectedOf !== list) {
    setSelectedOf(list);
    setSelected(new Map());
  }
  const allIds = useMemo(() => shown.map(idOf), [shown, idOf]);
  const ids = useMemo(() => new Set(selected.keys()), [selected]);
  const onSelect = useCallback(
    (wanted: ReadonlySet<string>) =>
      setSelected((before) => {
        const next = new Map([...before].filter(([id]) => wanted.has(id)));
        for (const row of shown) if (wanted.has(idOf(row))) next.set(idOf(row), row);
        return next;
      }),
    [shown, idOf],
  );
  const ofTable = useMemo(
    () => ({ selected: ids, onSelect, allIds, nameOf }),
    [ids, onSelect, allIds, nameOf],
  );
  return {
    rows: useMemo(() => [...selected.values()], [selected]),
    clear: useCallback(() => setSelected(new Map()), []),
    ofTable,
  };
}
