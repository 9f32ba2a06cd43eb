import type { ReactNode } from "react";

type Column = {
  readonly name: string;
  readonly isNumber?: boolean;
  /** It holds sentences, which must have room. */
  readonly isText?: boolean;
};

type Row = { readonly key: string | number; readonly cells: readonly ReactNode[] };

type StatusTableProps = {
  title: string;
  columns: readonly Column[];
  /** As many cells as columns; the first names the row. */
  rows: readonly Row[];
};

/** A small table, which scrolls sideways where it is too wide. */
export function StatusTable({ title, columns, rows }: StatusTableProps) {
  return (
    <section
      className="overflow-x-auto rounded-control border border-line bg-raised"
      // Wider than the screen, it must scroll by keyboard too.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      aria-label={title}
    >
      <table className="w-full border-collapse text-left text-dense">
        <caption className="sr-only">{title}</caption>
        <thead className="border-line border-b text-muted">
          <tr>
            {columns.map(({ name, isNumber }) => (
              <th key={name} scope="col" className={`${CELL} font-medium ${side(isNumber)}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [head, ...rest] }) => (
            <tr key={key} className="border-line border-b last:border-b-0 hover:bg-hover">
              <th scope="row" className={`${CELL} text-left font-normal`}>
                {head}
              </th>
              {rest.map((cell, index) => {
                const column = columns[index + 1];
                return (
                  <td
                    key={column?.name}
                    className={column?.isText ? TEXT : `${CELL} ${side(column?.isNumber)}`}
                  >
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const CELL = "whitespace-nowrap px-3 py-2";
const TEXT = "min-w-64 px-3 py-2";

function side(isNumber: boolean | undefined): string {
  return isNumber ? "text-right tabular-nums" : "";
}
