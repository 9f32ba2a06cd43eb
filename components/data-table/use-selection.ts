"use client";

import { useMemo, useState } from "react";
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

type Kept<Row> = { readonly list: string; readonly rows: ReadonlyMap<string, Row> };

const NOTHING = new Map<string, never>();

/** The rows somebody has selected, kept while pages and filters change, as they were when selected. */
export function useSelection<Row>(given: Selectable<Row>): SelectedRows<Row> {
  const { shown, list, idOf, nameOf } = given;
  const [kept, keep] = useState<Kept<Row>>({ list, rows: NOTHING });
  if (kept.list !== list) keep({ list, rows: NOTHING });
  const selected = kept.rows;
  return useMemo(
    () => ({
      rows: [...selected.values()],
      clear: () => keep({ list, rows: NOTHING }),
      ofTable: {
        selected: new Set(selected.keys()),
        allIds: shown.map(idOf),
        nameOf,
        onSelect(wanted) {
          const next = new Map([...selected].filter(([id]) => wanted.has(id)));
          for (const row of shown) if (wanted.has(idOf(row))) next.set(idOf(row), row);
          keep({ list, rows: next });
        },
      },
    }),
    [selected, shown, list, idOf, nameOf],
  );
}
