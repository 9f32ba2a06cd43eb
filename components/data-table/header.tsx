"use client";

import { useTranslations } from "next-intl";
import type { DataColumn } from "./column";
import { HeaderCell } from "./header-cell";
import type { Lane } from "./lanes";
import type { TableLayout } from "./layout";
import { howMany, type Selection, switchedAll } from "./selection";
import type { Sorting } from "./sorting";
import { useColumnDrag } from "./use-column-drag";

/** What can be done with the columns of a table. */
export type ColumnControls<Id extends string> = {
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
  sorting?: Sorting<Id>;
  /** Columns whose values are filtered. */
  filtered?: ReadonlySet<Id>;
  onHide?: (id: Id) => void;
};

type HeaderProps<Row, Id extends string> = ColumnControls<Id> & {
  columns: readonly DataColumn<Row, Id>[];
  lanes: readonly Lane<Row, Id>[];
  selection?: Selection<Row>;
};

/** The names of the columns. On a narrow screen a strip of what can be sorted, or nothing to see. */
export function Header<Row, Id extends string>(props: HeaderProps<Row, Id>) {
  const { columns, lanes, selection, ...controls } = props;
  const { layout, onLayout, sorting } = controls;
  const { drag, listeners } = useColumnDrag({ columns, layout, onLayout });
  return (
    <thead className={sorting || selection ? STRIP : "max-sm:sr-only"}>
      <tr aria-rowindex={1} className="max-sm:flex max-sm:w-max" {...listeners}>
        {selection && <SelectAll selection={selection} />}
        {lanes.map((lane) => (
          <HeaderCell
            key={lane.column.id}
            lane={lane}
            lanes={lanes}
            columns={columns}
            drag={drag}
            {...controls}
          />
        ))}
      </tr>
    </thead>
  );
}

const STRIP =
  "max-sm:sticky max-sm:top-0 max-sm:z-10 max-sm:block max-sm:overflow-x-auto max-sm:border-line max-sm:border-b max-sm:bg-raised";

/** A cell, not a header: it names nothing. */
function SelectAll<Row>({ selection }: { selection: Selection<Row> }) {
  const t = useTranslations("table");
  const many = howMany(selection);
  return (
    <td
      aria-colindex={1}
      className="border-line bg-raised p-0 text-left sm:sticky sm:top-0 sm:left-0 sm:z-20 sm:border-b sm:px-2 max-sm:pl-3"
    >
      <label className="inline-grid size-6 place-items-center">
        <input
          type="checkbox"
          aria-label={t("selectAll")}
          checked={many === "all"}
          ref={(box) => {
            if (box) box.indeterminate = many === "some";
          }}
          onChange={() => selection.onSelect(switchedAll(selection))}
          className="size-4 accent-accent"
        />
      </label>
    </td>
  );
}
