"use client";

import type { Header as TableHeader } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type TouchEvent,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { MAX_WIDTH, MIN_WIDTH } from "./layout";
import { type DataTableInstance, type features, movedOrder } from "./table";

const MOUSE = ["mousemove", "mouseup"] as const;

/** Pixels of one press of an arrow key; ten times that with Shift. */
const STEP = 10;

type ResizeHandleProps<Data extends object> = {
  table: DataTableInstance<Data>;
  header: TableHeader<typeof features, Data, unknown>;
  label: string;
};

/** A column's edge: pulled by a pointer, moved by the arrow keys, reset by a double click. */
export function ResizeHandle<Data extends object>({
  table,
  header,
  label,
}: ResizeHandleProps<Data>) {
  const t = useTranslations("table");
  const { column } = header;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const measured = measuredSizes(table, event.currentTarget);
    const width = keyedWidth(event, measured[column.id] ?? column.getSize());
    if (width === null) return;
    event.preventDefault();
    table.setColumnSizing({ ...measured, [column.id]: width });
  };
  const pull = (event: MouseEvent<HTMLElement> | TouchEvent<HTMLElement>) => {
    const handle = event.currentTarget;
    const [move, end] = "touches" in event ? (["touchmove", "touchend"] as const) : MOUSE;
    const waiting = new AbortController();
    const { signal } = waiting;
    // Only a pull fixes the widths of the other columns, a press does not.
    const begin = () => {
      waiting.abort();
      flushSync(() => table.setColumnSizing(measuredSizes(table, handle)));
      header.getResizeHandler()(event);
    };
    document.addEventListener(move, begin, { signal });
    document.addEventListener(end, () => waiting.abort(), { signal });
  };
  const onMouseDown = (event: MouseEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    // Or the pull would select text.
    event.preventDefault();
    event.currentTarget.focus();
    pull(event);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that takes the focus is a widget; a rule is none
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("widthOf", { column: label })}
      aria-valuenow={column.getSize()}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      className="absolute inset-y-0 right-0 w-3 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:right-0 after:w-px after:bg-line in-[th:last-child]:after:bg-transparent hover:after:w-0.5 hover:after:bg-accent focus-visible:after:bg-accent max-sm:hidden"
      onKeyDown={onKeyDown}
      // Or the pull would drag the column.
      onPointerDown={(event) => event.stopPropagation()}
      onMouseDown={onMouseDown}
      onTouchStart={pull}
      onDoubleClick={() => column.resetSize()}
    />
  );
}

function keyedWidth({ key, shiftKey }: KeyboardEvent, width: number): number | null {
  const step = shiftKey ? STEP * 10 : STEP;
  if (key === "ArrowLeft") return width - step;
  if (key === "ArrowRight") return width + step;
  if (key === "Home") return MIN_WIDTH;
  if (key === "End") return MAX_WIDTH;
  return null;
}

/** Returns the widths on the screen now, so that a resize changes no other column. */
function measuredSizes<Data extends object>(
  table: DataTableInstance<Data>,
  inside: HTMLElement,
): Record<string, number> {
  const heads = inside.closest("table")?.querySelectorAll<HTMLElement>("th[data-column]") ?? [];
  const seen = new Map([...heads].map((head) => [head.dataset.column, head.offsetWidth]));
  const resizable = table.getVisibleLeafColumns().filter((column) => column.getCanResize());
  const sizes = resizable.map((column) => [column.id, seen.get(column.id) || column.getSize()]);
  return { ...table.state.columnSizing, ...Object.fromEntries(sizes) };
}

/** A column that is being dragged, and the one beside which it would be dropped. */
export type ColumnDrag = {
  readonly id: string;
  readonly over: string | null;
  readonly side: "before" | "after";
};

/** Pixels before a press is a drag. */
const THRESHOLD = 6;

/** Moves columns by dragging their headers. A finger scrolls the table instead, and has the menu. */
export function useColumnDrag<Data extends object>(table: DataTableInstance<Data>) {
  const [drag, setDrag] = useState<ColumnDrag | null>(null);
  const press = useRef<{ id: string; x: number } | null>(null);

  const move = (id: string, over: string) => {
    const column = table.getColumn(id);
    const places = (table.getColumn(over)?.getIndex() ?? 0) - (column?.getIndex() ?? 0);
    return { places, order: column ? movedOrder(table, column, places) : null };
  };
  const end = () => {
    press.current = null;
    setDrag(null);
  };
  const listeners = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      const id = headAt(event)?.dataset.column;
      if (event.button !== 0 || event.pointerType === "touch" || !id) return;
      press.current = { id, x: event.clientX };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      // The button was released outside of the header.
      if (event.buttons !== 1) press.current = null;
      const pressed = press.current;
      if (!pressed || (!drag && Math.abs(event.clientX - pressed.x) < THRESHOLD)) return;
      const { id } = pressed;
      // From now on the click at the end is the row's, and sorts nothing.
      if (!drag) event.currentTarget.setPointerCapture(event.pointerId);
      const over = headAt(event)?.dataset.column ?? id;
      const { places, order } = move(id, over);
      setDrag({ id, over: order ? over : null, side: places < 0 ? "before" : "after" });
    },
    onPointerUp() {
      const order = drag?.over ? move(drag.id, drag.over).order : null;
      if (order) table.setColumnOrder(order);
      end();
    },
    onPointerCancel: end,
  };
  return { drag, listeners };
}

/** Returns the header under the pointer, which a capture would hide. */
function headAt({ clientX, clientY }: PointerEvent): HTMLElement | null {
  const head = document.elementFromPoint(clientX, clientY)?.closest("th[data-column]");
  return head instanceof HTMLElement ? head : null;
}
