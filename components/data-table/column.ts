import type { ReactNode } from "react";

/** How a column lies in the table, and what can be done with it. */
export type ColumnLook = {
  /** Pixels, until somebody drags the column's edge. */
  readonly width: number;
  readonly numeric?: boolean;
  /** Stays in sight when the table is scrolled sideways, whatever somebody pins besides. */
  readonly pinned?: boolean;
  /** Cannot be hidden. */
  readonly required?: boolean;
  /** The direction in which it is sorted first; absent where it cannot be sorted. */
  readonly sorts?: "ascending" | "descending";
  /** On a narrow screen: an end of the row's first line, or of the second; else a line of its own. */
  readonly narrow?: "aside" | "start" | "end" | "second" | "secondEnd";
};

export type DataColumn<Row, Id extends string = string> = ColumnLook & {
  readonly id: Id;
  readonly header: string;
  /** Drawn for every row that comes into sight: no hooks, no handlers. */
  readonly cell: (row: Row) => ReactNode;
};
