"use client";

import "uplot/dist/uPlot.min.css";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import uPlot from "uplot";
import type { ChartData } from "./chart-data";
import { chartOptions } from "./chart-options";
import { readColours, useThemeChanges } from "./colours";
import { lookOf } from "./look";

export type PlotProps = {
  data: ChartData;
  /** What the whole of it shows, in words. */
  label: string;
  locale: string;
  timeZone: string;
  formatValue: (value: number) => string;
  /** Between two whole numbers there is no value. */
  isWhole: boolean;
  /** The place of the moment to which the cursor points; null for none. */
  cursor: number | null;
  onCursor: (index: number | null) => void;
};

/** Lines over time on a canvas, as wide as there is room, in the colours of the theme. */
export function Plot({ data, label, cursor, onCursor, ...words }: PlotProps) {
  const { locale, timeZone, formatValue, isWhole } = words;
  const home = useRef<HTMLDivElement>(null);
  const probes = useRef<HTMLSpanElement>(null);
  const drawn = useRef<uPlot | null>(null);
  const theme = useThemeChanges();
  const width = useWidth(home);

  // The theme decides the colours, which only the document knows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useLayoutEffect(() => {
    if (!home.current || !probes.current || width === 0) return;
    const chart = new uPlot(
      chartOptions({
        ...{ data, locale, timeZone, formatValue, isWhole, onCursor, width },
        height: heightOf(width),
        colours: readColours(probes.current),
      }),
      [[...data.moments], ...data.lines.map(({ values }) => [...values])],
      home.current,
    );
    drawn.current = chart;
    return () => chart.destroy();
  }, [data, locale, timeZone, formatValue, isWhole, onCursor, width, theme]);

  useEffect(() => {
    const chart = drawn.current;
    if (!chart) return;
    const moment = cursor === null ? undefined : data.moments[cursor];
    // Where the pointer is, the cursor is already there.
    if (moment !== undefined && chart.cursor.idx === cursor && (chart.cursor.left ?? -1) >= 0) {
      return;
    }
    const left = moment === undefined ? -10 : chart.valToPos(moment, "x");
    chart.setCursor({ left, top: moment === undefined ? -10 : 10 }, false);
  }, [cursor, data]);

  return (
    <div role="img" aria-label={label}>
      <span ref={probes} hidden>
        {data.lines.map((line, place) => (
          <i key={line.id} data-line className={lookOf(place).colour} />
        ))}
        {PROBES.map(([name, colour]) => (
          <i key={name} data-probe={name} className={colour} />
        ))}
      </span>
      <div ref={home} style={{ minHeight: heightOf(width) }} />
    </div>
  );
}

const PROBES = [
  ["mark", "text-warn"],
  ["ink", "text-ink"],
  ["muted", "text-muted"],
  ["grid", "text-line"],
  ["ground", "text-raised"],
] as const;

function heightOf(width: number): number {
  return width < 640 ? 260 : 380;
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => {
      setWidth(Math.floor(entry?.contentRect.width ?? 0));
    });
    setWidth(Math.floor(element.current.clientWidth));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
