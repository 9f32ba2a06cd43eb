"use client";

import { functionalUpdate, type OnChangeFn, type RowSelectionState } from "@tanstack/react-table";
import { useMemo, useState } from "react";

export type SelectedRows<Row> = {
  /** Also those that a page or a filter does not show now. */
  readonly rows: readonly Row[];
  readonly clear: () => void;
  /** The state of the table. */
  readonly rowSelection: RowSelectionState;
  readonly onRowSelectionChange: OnChangeFn<RowSelectionState>;
};

type Selectable<Row> = {
  shown: readonly Row[];
  /** The name of the list: another list begins with no row selected. */
  list: string;
  /** The same function at each render. */
  idOf: (row: Row) => string;
};

type Kept<Row> = { readonly list: string; readonly rows: ReadonlyMap<string, Row> };

const NOTHING = new Map<string, never>();

/** Keeps the selected rows while pages and filters change, as they were when they were selected. */
export function useSelection<Row>({ shown, list, idOf }: Selectable<Row>): SelectedRows<Row> {
  const [kept, keep] = useState<Kept<Row>>({ list, rows: NOTHING });
  if (kept.list !== list) keep({ list, rows: NOTHING });
  const selected = kept.rows;
  return useMemo(() => {
    const rowSelection: RowSelectionState = Object.fromEntries(
      [...selected.keys()].map((id) => [id, true as const]),
    );
    return {
      rows: [...selected.values()],
      clear: () => keep({ list, rows: NOTHING }),
      rowSelection,
      onRowSelectionChange(update) {
        const wanted = functionalUpdate(update, rowSelection);
        const next = new Map([...selected].filter(([id]) => wanted[id]));
        for (const row of shown) if (wanted[idOf(row)]) next.set(idOf(row), row);
        keep({ list, rows: next });
      },
    };
  }, [selected, shown, list, idOf]);
}
