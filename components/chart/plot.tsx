"use client";

import "uplot/dist/uPlot.min.css";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import uPlot from "uplot";
import {
  type ChartData,
  type Colours,
  chartOptions,
  drawShape,
  fitting,
  scaled,
} from "./draw-chart";
import { LOOKS, REACH } from "./line-look";

type PlotProps = {
  data: ChartData;
  /** Describes the chart for screen readers. */
  label: string;
  locale: string;
  timeZone: string;
  formatValue: (value: number) => string;
  /** Values are whole numbers. */
  isWhole: boolean;
  /** Index of the moment at the cursor, or null. */
  cursor: number | null;
  onCursor: (index: number | null) => void;
  /** In pixels; by default from the width. */
  height?: number;
  /** Shown beside the cursor, for eyes only. */
  tooltip?: ReactNode;
};

/** Lines over time on a canvas, at full width and in the theme's colours. */
export function Plot({ data, label, cursor, onCursor, tooltip, ...words }: PlotProps) {
  const { locale, timeZone, formatValue, isWhole } = words;
  const [tipAt, setTipAt] = useState<number | null>(null);
  const home = useRef<HTMLDivElement>(null);
  const drawn = useRef<uPlot | null>(null);
  const theme = useThemeChanges();
  const width = useWidth(home);
  const height = words.height ?? (width < 640 ? 260 : 380);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours depend on the theme
  useLayoutEffect(() => {
    if (!home.current || width === 0) return;
    const chart = new uPlot(
      chartOptions({
        ...{ data, locale, timeZone, formatValue, isWhole, onCursor, width },
        height,
        colours: readColours(home.current),
      }),
      [[...data.moments], ...data.lines.map(({ values }) => [...values])],
      home.current,
    );
    drawn.current = chart;
    return () => chart.destroy();
  }, [data, locale, timeZone, formatValue, isWhole, onCursor, width, height, theme]);

  useEffect(() => {
    const chart = drawn.current;
    if (!chart) return;
    const moment = cursor === null ? undefined : data.moments[cursor];
    setTipAt(moment === undefined ? null : chart.over.offsetLeft + chart.valToPos(moment, "x"));
    // The pointer has already moved the cursor.
    if (moment !== undefined && chart.cursor.idx === cursor && (chart.cursor.left ?? -1) >= 0) {
      return;
    }
    const left = moment === undefined ? -10 : chart.valToPos(moment, "x");
    chart.setCursor({ left, top: moment === undefined ? -10 : 10 }, false);
  }, [cursor, data]);

  return (
    <div role="img" aria-label={label} className="relative">
      <div ref={home} style={{ minHeight: height }} />
      {tooltip && tipAt !== null && (
        <div
          aria-hidden
          className="pointer-events-none absolute top-3 z-10 max-w-72 rounded-control border border-line bg-raised px-2 py-1 text-dense tabular-nums shadow-float"
          style={tipAt < width / 2 ? { left: tipAt + 12 } : { right: width - tipAt + 12 }}
        >
          {tooltip}
        </div>
      )}
    </div>
  );
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

/** Reads the colours and the font that an element has in the current theme. */
function readColours(home: HTMLElement): Colours {
  const probe = home.appendChild(document.createElement("i"));
  const colourOf = (name: string) => {
    probe.className = name;
    return getComputedStyle(probe).color;
  };
  const colours = {
    lines: LOOKS.map(({ colour }) => colourOf(colour)),
    mark: colourOf("text-warn"),
    ink: colourOf("text-ink"),
    muted: colourOf("text-muted"),
    grid: colourOf("text-line"),
    ground: colourOf("text-raised"),
    font: `12px ${getComputedStyle(probe).fontFamily}`,
  };
  probe.remove();
  return colours;
}

/** Returns a number that changes with the theme. */
function useThemeChanges(): number {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    const changed = () => setChanges((count) => count + 1);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    dark.addEventListener("change", changed);
    return () => {
      observer.disconnect();
      dark.removeEventListener("change", changed);
    };
  }, []);
  return changes;
}

export type ChartPicture = {
  readonly title: string;
  readonly notes: readonly string[];
  readonly names: readonly string[];
};

/**
 * Returns the drawn chart as a PNG, with its title, notes and legend.
 *
 * @param figure the element with the chart, whose size and colours the picture has
 * @throws if the browser cannot make an image
 */
export async function chartPicture(
  figure: HTMLElement,
  { title, notes, names }: ChartPicture,
): Promise<Blob> {
  const chart = figure.querySelector("canvas");
  const canvas = document.createElement("canvas");
  const ctx = canvas.getContext("2d");
  if (!chart || !ctx) throw new Error("There is no chart to draw.");
  const colours = readColours(figure);
  const ratio = uPlot.pxRatio;
  const [margin, line, reach] = [16 * ratio, 20 * ratio, REACH * ratio];
  const font = scaled(colours.font, ratio);
  ctx.font = font;
  const textWidth = Math.max(chart.width, ...notes.map((note) => ctx.measureText(note).width));
  const legend = names.length > 1 ? names : [];
  const head = margin + line * (1 + notes.length + legend.length);
  canvas.width = Math.ceil(textWidth + 2 * margin);
  canvas.height = chart.height + head + margin;
  // Without a ground the picture would be transparent.
  ctx.fillStyle = colours.ground;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.textBaseline = "middle";
  const write = (text: string, colour: string, row: number, indent = 0) => {
    ctx.fillStyle = colour;
    const x = margin + indent;
    ctx.fillText(fitting(ctx, text, textWidth - indent), x, margin + line * (row + 0.5));
  };
  ctx.font = font.replace(/^[\d.]+px/, `600 ${16 * ratio}px`);
  write(title, colours.ink, 0);
  ctx.font = font;
  for (const [index, note] of notes.entries()) write(note, colours.muted, 1 + index);
  for (const [place, name] of legend.entries()) {
    const row = 1 + notes.length + place;
    drawShape({ ctx }, place, margin + reach, margin + line * (row + 0.5), colours);
    write(name, colours.ink, row, 4 * reach);
  }
  ctx.drawImage(chart, margin, head);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!blob) throw new Error("The browser made no image.");
  return blob;
}
