import type { CSSProperties, ReactNode } from "react";
import type { ColumnLook, DataColumn } from "./column";
import { type Density, isPinned, MIN_WIDTH, orderedColumns, type TableLayout } from "./layout";

/** A column where it lies now: what each of its cells has in common. */
export type Lane<Row, Id extends string = string> = {
  readonly column: DataColumn<Row, Id>;
  /** From 1, as assistive technology counts. */
  readonly place: number;
  readonly width: number;
  /** The custom property of the table that holds its width, so that a drag needs no row drawn anew. */
  readonly variable: string;
  readonly pinned: boolean;
  readonly headClass: string;
  readonly cellClass: string;
  readonly colStyle: CSSProperties;
  /** Where it stops when the table is scrolled sideways. */
  readonly style: CSSProperties | undefined;
  readonly cell: (row: Row) => ReactNode;
};

export const SELECT_WIDTH = 40;

type Arrangement<Row, Id extends string> = {
  columns: readonly DataColumn<Row, Id>[];
  layout: TableLayout;
  selectable: boolean;
};

/** The columns from left to right, with their widths and looks. */
export function lanesOf<Row, Id extends string>(given: Arrangement<Row, Id>): Lane<Row, Id>[] {
  const { columns, layout, selectable } = given;
  const ordered = orderedColumns(columns, layout);
  const widths = ordered.map(({ id, width }) => layout.widths[id] ?? width);
  const stretched = widths.filter((width) => width >= MIN_WIDTH);
  const whole = stretched.reduce((sum, width) => sum + width, 0);
  const before: string[] = selectable ? [`${SELECT_WIDTH}px`] : [];
  return ordered.map((column, index) => {
    const width = widths[index] ?? column.width;
    const variable = `--width-${index}`;
    const share = width >= MIN_WIDTH ? width / whole : 0;
    const drawn = `(var(${variable}) + var(--spare) * ${share.toFixed(4)})`;
    const pinned = isPinned(column, layout);
    const left = `calc(${["0px", ...before].join(" + ")})`;
    before.push(drawn);
    return {
      column,
      place: index + (selectable ? 2 : 1),
      width,
      variable,
      pinned,
      headClass: `${PADDING[layout.density]} ${pinned ? "sm:z-20" : "z-10"} ${column.numeric ? "sm:text-right" : "text-left"}`,
      cellClass: cellClass(column, layout.density, pinned),
      colStyle: { width: `calc${drawn}` },
      style: pinned ? { left } : undefined,
      cell: column.cell,
    };
  });
}

/** What the table says of its widths: each column's, their sum, and what the screen leaves over. */
export function tableStyle(
  lanes: readonly Lane<never>[],
  layout: TableLayout,
  selectable: boolean,
): CSSProperties {
  const sum = lanes.reduce((all, { width }) => all + width, selectable ? SELECT_WIDTH : 0);
  // Somebody who has set a width gets exactly that one, and no other column moves.
  const exact = lanes.some(({ column }) => layout.widths[column.id] !== undefined);
  const parts = [
    ...(selectable ? [`${SELECT_WIDTH}px`] : []),
    ...lanes.map(({ variable }) => `var(${variable})`),
  ];
  return Object.fromEntries([
    ...lanes.map(({ variable, width }) => [variable, `${width}px`]),
    ["--row", `${ROW_HEIGHTS[layout.density]}px`],
    ["--spare", exact ? "0px" : `max(0px, 100cqw - ${sum}px)`],
    ["--table", `calc(${parts.join(" + ")} + var(--spare))`],
  ]);
}

/** Pixels at the left edge under which nothing that has the focus may lie. */
export function pinnedWidth(lanes: readonly Lane<never>[], selectable: boolean): number {
  const pinned = lanes.filter((lane) => lane.pinned);
  return pinned.reduce((sum, { width }) => sum + width, selectable ? SELECT_WIDTH : 0);
}

/** Pixels of a row on a wide screen: a picture of 28, the air around it, and a line. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = {
  compact: 33,
  comfortable: 41,
  roomy: 49,
};

const PADDING: Readonly<Record<Density, string>> = {
  compact: "sm:px-2",
  comfortable: "sm:px-3",
  roomy: "sm:px-4",
};

function cellClass(look: ColumnLook, density: Density, pinned: boolean): string {
  const wide = `sm:h-(--row) sm:overflow-clip sm:text-ellipsis sm:whitespace-nowrap sm:border-line sm:border-b ${PADDING[density]}`;
  const pin = pinned ? "sm:sticky sm:z-1 sm:bg-inherit" : "";
  const number = look.numeric ? "tabular-nums sm:text-right" : "";
  return `align-middle ${wide} ${pin} ${number} ${NARROW[look.narrow ?? "line"]}`;
}

const NARROW = {
  aside: "max-sm:order-1 max-sm:row-span-2 max-sm:self-start max-sm:pt-1",
  start:
    "max-sm:order-2 max-sm:col-start-2 max-sm:min-w-0 max-sm:font-medium max-sm:group-data-selectable:col-start-3",
  end: "max-sm:order-3 max-sm:justify-self-end",
  second: "max-sm:order-4 max-sm:min-w-0 max-sm:text-muted",
  secondEnd: "max-sm:order-4 max-sm:justify-self-end max-sm:text-muted",
  line: "max-sm:order-5 max-sm:col-span-2 max-sm:col-start-2 max-sm:flex max-sm:min-w-0 max-sm:items-center max-sm:gap-2 max-sm:text-muted max-sm:before:shrink-0 max-sm:before:content-[attr(data-label)] max-sm:group-data-selectable:col-start-3",
};
