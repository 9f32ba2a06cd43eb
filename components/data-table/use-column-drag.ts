"use client";

import { type PointerEvent, useRef, useState } from "react";
import { movedBy, orderedColumns, type TableLayout } from "./layout";

/** A column that is being dragged, and the one beside which it would be dropped. */
export type ColumnDrag = {
  readonly id: string;
  readonly over: string | null;
  readonly side: "before" | "after";
};

type Given = {
  columns: readonly { readonly id: string; readonly pinned?: boolean }[];
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
};

/** Pixels before a press is a drag. */
const THRESHOLD = 6;

/** Moves columns by dragging their headers. A finger scrolls the table instead, and has the menu. */
export function useColumnDrag({ columns, layout, onLayout }: Given) {
  const [drag, setDrag] = useState<ColumnDrag | null>(null);
  const press = useRef<{ id: string; x: number } | null>(null);

  const places = (id: string, over: string) => {
    const ids = orderedColumns(columns, layout).map((column) => column.id);
    return ids.indexOf(over) - ids.indexOf(id);
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
      // Let go where nobody heard it: outside of the header.
      if (event.buttons !== 1) press.current = null;
      const pressed = press.current;
      if (!pressed || (!drag && Math.abs(event.clientX - pressed.x) < THRESHOLD)) return;
      const { id } = pressed;
      // From now on the click at the end is the row's, and sorts nothing.
      if (!drag) event.currentTarget.setPointerCapture(event.pointerId);
      const over = headAt(event)?.dataset.column ?? id;
      const by = places(id, over);
      const possible = movedBy(columns, layout, id, by) !== null && by !== 0;
      setDrag({ id, over: possible ? over : null, side: by < 0 ? "before" : "after" });
    },
    onPointerUp() {
      const next = drag?.over
        ? movedBy(columns, layout, drag.id, places(drag.id, drag.over))
        : null;
      if (next) onLayout(next);
      end();
    },
    onPointerCancel: end,
  };
  return { drag, listeners };
}

/** The header under the pointer, which a capture would hide. */
function headAt({ clientX, clientY }: PointerEvent): HTMLElement | null {
  const head = document.elementFromPoint(clientX, clientY)?.closest("th[data-column]");
  return head instanceof HTMLElement ? head : null;
}
