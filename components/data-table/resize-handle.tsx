"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { Lane } from "./lanes";
import {
  clampedWidth,
  MAX_WIDTH,
  MIN_WIDTH,
  type TableLayout,
  withoutWidth,
  withWidth,
} from "./layout";

type ResizeHandleProps<Row, Id extends string> = {
  lane: Lane<Row, Id>;
  lanes: readonly Lane<Row, Id>[];
  layout: TableLayout;
  onLayout: (layout: TableLayout) => void;
};

/** Pixels of one press of an arrow key; ten times that with Shift. */
const STEP = 10;

/** A column's edge: pulled by a pointer, moved by the arrow keys, reset by a double click. */
export function ResizeHandle<Row, Id extends string>(props: ResizeHandleProps<Row, Id>) {
  const { lane, lanes, layout, onLayout } = props;
  const t = useTranslations("table");
  const pull = useRef<Pull | null>(null);
  const { id, header } = lane.column;

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const measured = measuredLayout(event.currentTarget, lanes, layout);
    const width = keyedWidth(event, measured.widths[id] ?? lane.width);
    if (width === null) return;
    event.preventDefault();
    onLayout(withWidth(measured, id, width));
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const table = event.currentTarget.closest("table");
    if (event.button !== 0 || !table) return;
    // Neither a selection of text nor a drag of the whole column begins here.
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture(event.pointerId);
    const measured = measuredLayout(table, lanes, layout);
    const width = measured.widths[id] ?? lane.width;
    pull.current = { table, measured, from: event.clientX, width, style: table.style.cssText };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    const pulled = pull.current;
    if (!pulled) return;
    const { table, measured } = pulled;
    table.style.setProperty("--spare", "0px");
    for (const { variable, column, width } of lanes) {
      table.style.setProperty(variable, `${measured.widths[column.id] ?? width}px`);
    }
    table.style.setProperty(lane.variable, `${pulledWidth(pulled, event)}px`);
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>) => {
    const pulled = pull.current;
    if (!pulled) return;
    pull.current = null;
    pulled.table.style.cssText = pulled.style;
    const width = pulledWidth(pulled, event);
    if (width !== clampedWidth(pulled.width)) onLayout(withWidth(pulled.measured, id, width));
  };
  const onPointerCancel = () => {
    if (pull.current) pull.current.table.style.cssText = pull.current.style;
    pull.current = null;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that takes the focus is a widget; a rule is none
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t("widthOf", { column: header })}
      aria-valuenow={lane.width}
      aria-valuemin={MIN_WIDTH}
      aria-valuemax={MAX_WIDTH}
      className="absolute inset-y-0 right-0 w-3 cursor-col-resize touch-none after:absolute after:inset-y-1.5 after:right-0 after:w-px after:bg-line in-[th:last-child]:after:bg-transparent hover:after:w-0.5 hover:after:bg-accent focus-visible:after:bg-accent max-sm:hidden"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerCancel}
      onDoubleClick={() => onLayout(withoutWidth(layout, id))}
    />
  );
}

type Pull = {
  readonly table: HTMLTableElement;
  readonly measured: TableLayout;
  readonly from: number;
  readonly width: number;
  readonly style: string;
};

function pulledWidth({ from, width }: Pull, { clientX }: PointerEvent): number {
  return clampedWidth(width + clientX - from);
}

function keyedWidth({ key, shiftKey }: KeyboardEvent, width: number): number | null {
  const step = shiftKey ? STEP * 10 : STEP;
  if (key === "ArrowLeft") return width - step;
  if (key === "ArrowRight") return width + step;
  if (key === "Home") return MIN_WIDTH;
  if (key === "End") return MAX_WIDTH;
  return null;
}

/** The layout with the widths that are on the screen now: only the one that is pulled is to change. */
function measuredLayout<Row, Id extends string>(
  inside: HTMLElement,
  lanes: readonly Lane<Row, Id>[],
  layout: TableLayout,
): TableLayout {
  const heads = inside.closest("table")?.querySelectorAll<HTMLElement>("th[data-column]") ?? [];
  const seen = new Map([...heads].map((head) => [head.dataset.column, head.offsetWidth]));
  return lanes
    .filter(({ width }) => width >= MIN_WIDTH)
    .reduce(
      (next, { column, width }) => withWidth(next, column.id, seen.get(column.id) || width),
      layout,
    );
}
