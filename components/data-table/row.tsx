import { type FunctionComponent, memo, type ReactNode } from "react";
import type { Lane } from "./lanes";

export type TableRowProps<Row> = {
  row: Row;
  id: string;
  /** Its place among the rows at hand, and in the whole list. */
  index: number;
  rowIndex: number;
  lanes: readonly Lane<Row>[];
  /** Undefined where nothing can be selected. */
  selected: boolean | undefined;
  selectLabel: (row: Row) => string;
  measure: ((element: HTMLTableRowElement | null) => void) | undefined;
};

/** One row. Drawn by the dozen in one frame, so it has no hooks and no handlers: the table listens. */
export const TableRow = remembered(function TableRow<Row>(props: TableRowProps<Row>) {
  const { row, id, index, rowIndex, lanes, selected, selectLabel, measure } = props;
  return (
    <tr
      ref={measure}
      data-index={index}
      data-selectable={selected === undefined ? undefined : true}
      aria-rowindex={rowIndex}
      aria-selected={selected}
      className={ROW}
    >
      {selected !== undefined && (
        <td aria-colindex={1} className={SELECT_CELL}>
          <label className="inline-grid size-6 place-items-center">
            <input
              type="checkbox"
              data-select={id}
              aria-label={selectLabel(row)}
              checked={selected}
              onChange={heard}
              className="size-4 accent-accent"
            />
          </label>
        </td>
      )}
      {lanes.map(({ column, place, cellClass, style, cell }) => (
        <td
          key={column.id}
          aria-colindex={place}
          className={cellClass}
          style={style}
          data-label={column.header}
        >
          {cell(row)}
        </td>
      ))}
    </tr>
  );
});

const ROW =
  "group bg-raised hover:bg-hover aria-selected:bg-accent-soft max-sm:grid max-sm:grid-cols-[auto_minmax(0,1fr)_auto] max-sm:gap-x-3 max-sm:border-line max-sm:border-b max-sm:px-3 max-sm:py-2 max-sm:data-selectable:grid-cols-[auto_auto_minmax(0,1fr)_auto]";

const SELECT_CELL =
  "select-none align-middle max-sm:row-span-2 max-sm:self-start max-sm:pt-1 sm:sticky sm:left-0 sm:z-1 sm:h-(--row) sm:border-line sm:border-b sm:bg-inherit sm:px-2";

/** The table hears the click itself, which knows of Shift. */
function heard() {}

/** React's memo forgets the type parameters of a component; what it gives back takes the same props. */
function remembered<Component extends (props: never) => ReactNode>(
  component: Component,
): Component {
  return memo(component as unknown as FunctionComponent) as unknown as Component;
}
