"use client";

import { useTranslations } from "next-intl";
import type { KeyboardEvent } from "react";

type CursorSliderProps = {
  /** Moments there are. */
  count: number;
  /** The place of the one that is pointed to. */
  cursor: number | null;
  /** What is there. */
  text: string;
  onCursor: (cursor: number | null) => void;
};

/** Moments that a page key passes. */
const PAGE = 20;

/** The chart's cursor for who has no pointer: over all of the chart, and transparent to pointers. */
export function CursorSlider({ count, cursor, text, onCursor }: CursorSliderProps) {
  const t = useTranslations("trend");
  const last = count - 1;

  function move(event: KeyboardEvent) {
    const to = steps(cursor ?? last, last)[event.key];
    if (event.key === "Escape") onCursor(null);
    if (to === undefined) return;
    event.preventDefault();
    // The first key shows where the cursor is.
    const isFirst = cursor === null && event.key.startsWith("Arrow");
    onCursor(isFirst ? last : Math.min(last, Math.max(0, to)));
  }

  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={t("cursor")}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={cursor ?? last}
      aria-valuetext={text}
      onKeyDown={move}
      onBlur={() => onCursor(null)}
      className="pointer-events-none absolute inset-0 rounded-mark"
    />
  );
}

function steps(cursor: number, last: number): Readonly<Record<string, number>> {
  return {
    ArrowLeft: cursor - 1,
    ArrowDown: cursor - 1,
    ArrowRight: cursor + 1,
    ArrowUp: cursor + 1,
    PageDown: cursor - PAGE,
    PageUp: cursor + PAGE,
    Home: 0,
    End: last,
  };
}
