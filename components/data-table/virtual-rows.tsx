"use client";

import { defaultRangeExtractor, type Range, useVirtualizer } from "@tanstack/react-virtual";
import {
  Fragment,
  type ReactNode,
  type RefObject,
  startTransition,
  useCallback,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";

export type Measure = (element: HTMLTableRowElement | null) => void;

export type VirtualRowsProps = {
  region: RefObject<HTMLElement | null>;
  count: number;
  columnCount: number;
  rowHeight: number;
  /** Whether rows are being added: the ones at hand stay as they are. */
  growing: boolean;
  /** Another function for other rows. */
  keyAt: (index: number) => string;
  /** Rows of any height are measured. */
  drawAt: (index: number, measure: Measure | undefined) => ReactNode;
};

/**
 * Pixels rendered beyond either end: a fast turn of the wheel may pass them before the next frame. Of other rows,
 * those in sight are painted first.
 */
const BEYOND = 450;

/** Pixels of a row on a narrow screen until it has been measured. */
const NARROW_HEIGHT = 96;

/** The rows in sight, and the row with the focus, between gaps as high as the other rows. */
export function VirtualRows({
  region,
  count,
  columnCount,
  rowHeight,
  growing,
  keyAt,
  drawAt,
}: VirtualRowsProps) {
  const narrow = useNarrow();
  const height = narrow ? NARROW_HEIGHT : rowHeight;
  const focused = useFocusedRow(region);
  useRollingMark(region);
  const isPainted = usePainted(keyAt) || growing;
  const virtualizer = useVirtualizer({
    count,
    overscan: isPainted ? Math.ceil(BEYOND / height) : 0,
    getScrollElement: () => region.current,
    initialOffset: () => region.current?.scrollTop ?? 0,
    estimateSize: useCallback(() => height, [height]),
    rangeExtractor: useCallback((range: Range) => withFocused(range, focused.current), [focused]),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows, or of another height, are measured anew
  useEffect(() => virtualizer.measure(), [height, narrow && keyAt]);

  const items = virtualizer.getVirtualItems();
  const end = items.at(-1)?.end ?? 0;
  return (
    <>
      {items.map(({ index, start }, place) => (
        <Fragment key={index}>
          <Gap height={start - (items[place - 1]?.end ?? 0)} columnCount={columnCount} />
          {drawAt(index, narrow ? virtualizer.measureElement : undefined)}
        </Fragment>
      ))}
      <Gap height={virtualizer.getTotalSize() - end} columnCount={columnCount} />
    </>
  );
}

/** Returns whether a frame has been painted since the value changed. */
function usePainted<Value>(value: Value): boolean {
  const [painted, setPainted] = useState(() => value);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => startTransition(() => setPainted(() => value)));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [value]);
  return painted === value;
}

function Gap({ height, columnCount }: { height: number; columnCount: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden style={{ height }}>
      <td colSpan={columnCount} />
    </tr>
  );
}

/** Returns the range with the focused row, or the keyboard would lose its place. */
function withFocused(range: Range, focused: number | null): number[] {
  const indexes = defaultRangeExtractor(range);
  if (focused === null || focused >= range.count || indexes.includes(focused)) return indexes;
  return [...indexes, focused].sort((a, b) => a - b);
}

function useFocusedRow(region: RefObject<HTMLElement | null>): RefObject<number | null> {
  const focused = useRef<number | null>(null);
  useEffect(() => {
    const element = region.current;
    const keep = ({ target }: FocusEvent) => {
      const row = target instanceof Element && target.closest<HTMLElement>("tr[data-index]");
      focused.current = row ? Number(row.dataset.index) : null;
    };
    const forget = () => {
      focused.current = null;
    };
    element?.addEventListener("focusin", keep);
    element?.addEventListener("focusout", forget);
    return () => {
      element?.removeEventListener("focusin", keep);
      element?.removeEventListener("focusout", forget);
    };
  }, [region]);
  return focused;
}

/** Milliseconds after the last scroll event. */
const ROLLING_ENDS = 150;

/**
 * Marks the region with `data-rolling` while it is scrolled up or down and stands at its left edge. Pinned cells
 * need not be sticky then: each sticky cell is a layer of its own, and hundreds of them halve the frame rate.
 */
function useRollingMark(region: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = region.current;
    if (!element) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = () => {
      delete element.dataset.rolling;
    };
    const onScroll = () => {
      clearTimeout(timer);
      if (element.scrollLeft !== 0) return end();
      if (element.dataset.rolling === undefined) element.dataset.rolling = "";
      timer = setTimeout(end, ROLLING_ENDS);
    };
    // Before the rows change: where the region stands is known without a layout then.
    const options = { passive: true, capture: true };
    element.addEventListener("scroll", onScroll, options);
    return () => {
      clearTimeout(timer);
      end();
      element.removeEventListener("scroll", onScroll, options);
    };
  }, [region]);
}

const NARROW = "(max-width: 640px)";

function useNarrow(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(NARROW);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => matchMedia(NARROW).matches,
    () => false,
  );
}
