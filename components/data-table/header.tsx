"use client";

import type { Header as TableHeader } from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ColumnDrag, ResizeHandle, useColumnDrag } from "./column-gestures";
import { LazyColumnMenu } from "./lazy-column-menu";
import { columnLook, type DataTableInstance, type DataTableProps, type features } from "./table";

type HeaderProps<Data extends object> = DataTableProps<Data> & { selectable: boolean };

/** The names of the columns. On a narrow screen a strip of what can be sorted. */
export function Header<Data extends object>(props: HeaderProps<Data>) {
  const { table, selectable } = props;
  const { drag, listeners } = useColumnDrag(table);
  return (
    <thead>
      {table.getHeaderGroups().map((group) => (
        <tr key={group.id} aria-rowindex={1} {...listeners}>
          {selectable && <SelectAll table={table} />}
          {group.headers.map((header) => (
            <HeaderCell key={header.id} {...props} header={header} drag={drag} />
          ))}
        </tr>
      ))}
    </thead>
  );
}

/** A cell, not a header: it names no column. */
function SelectAll<Data extends object>({ table }: { table: DataTableInstance<Data> }) {
  const t = useTranslations("table");
  const count = table.getRowModel().rows.length;
  const isPage = count < table.getRowCount();
  // The library looks at each row, which a long list without a selection must not pay for.
  const any = table.getSelectedRowIds().length > 0;
  const all = any && table.getIsAllPageRowsSelected();
  const some = any && !all && table.getIsSomePageRowsSelected();
  return (
    <td className="select">
      <label>
        <input
          type="checkbox"
          aria-label={isPage ? t("selectPage", { count }) : t("selectAll")}
          title={isPage ? t("selectPage", { count }) : t("selectAll")}
          checked={all}
          ref={(box) => {
            if (box) box.indeterminate = some;
          }}
          onChange={() => table.toggleAllPageRowsSelected()}
        />
      </label>
    </td>
  );
}

type HeaderCellProps<Data extends object> = HeaderProps<Data> & {
  header: TableHeader<typeof features, Data, unknown>;
  drag: ColumnDrag | null;
};

/** A column's name: sorts when pressed, moves when dragged, and has a menu and an edge to pull. */
function HeaderCell<Data extends object>(props: HeaderCellProps<Data>) {
  const { table, header, drag, sortPending } = props;
  const { column } = header;
  const { id } = column;
  const { className, style } = columnLook(column);
  const sorted = column.getIsSorted();
  const label = String(column.columnDef.header);
  return (
    <th
      scope="col"
      data-column={id}
      data-drop={drag?.over === id ? drag.side : undefined}
      data-dragged={drag?.id === id || undefined}
      data-sortable={column.getCanSort() || undefined}
      aria-label={label}
      aria-sort={sorted && !sortPending ? ARIA_SORT[sorted] : undefined}
      style={style}
      className={`group/head ${className}`}
    >
      <Name {...props} />
      {column.getCanResize() && (
        <>
          <LazyColumnMenu table={table} column={column} label={label} />
          <ResizeHandle table={table} header={header} label={label} />
        </>
      )}
    </th>
  );
}

const ARIA_SORT = { asc: "ascending", desc: "descending" } as const;

/** The label, how it is sorted, and whether it is filtered. */
function Name<Data extends object>({
  table,
  header,
  filtered,
  sortPending,
}: HeaderCellProps<Data>) {
  const t = useTranslations("table");
  const { column } = header;
  const label = <table.FlexRender header={header} />;
  // A column of such a small, fixed width shows something that needs no name.
  if (!column.getCanResize()) return <span className="sr-only">{label}</span>;
  const isFiltered = filtered.has(column.id);
  const dot = isFiltered && (
    <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-accent" />
  );
  if (!column.getCanSort()) {
    return (
      <span className="inline-flex max-w-full items-center gap-1.5 leading-6">
        <span className="truncate">{label}</span>
        {dot}
      </span>
    );
  }
  const sorted = column.getIsSorted();
  const Arrow = sorted === "desc" ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      aria-description={isFiltered ? t("filtered") : undefined}
      title={t("sortHint")}
      className="inline-flex h-6 max-w-full items-center gap-1 rounded-mark hover:text-ink"
      onClick={column.getToggleSortingHandler()}
    >
      <span className="truncate">{label}</span>
      {sorted && (
        <span
          aria-hidden
          className={`inline-flex shrink-0 items-center tabular-nums ${sortPending ? "opacity-40" : "text-accent-ink"}`}
        >
          <Arrow className="size-3.5" />
          {table.state.sorting.length > 1 && column.getSortIndex() + 1}
        </span>
      )}
      {dot}
    </button>
  );
}
