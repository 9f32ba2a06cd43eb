import type uPlot from "uplot";
import { tickLabels, timeTicks } from "@/lib/channels/trend-ticks";
import { type ChartData, spanOf } from "./chart-data";
import type { Colours } from "./colours";
import { lookOf } from "./look";
import { drawBand, drawLabels, drawMarks, drawShapes } from "./painting";
import { stepPath } from "./step-path";

export type ChartSetting = {
  readonly data: ChartData;
  readonly colours: Colours;
  readonly width: number;
  readonly height: number;
  readonly locale: string;
  readonly timeZone: string;
  readonly formatValue: (value: number) => string;
  /** Between two whole numbers there is no value. */
  readonly isWhole: boolean;
  /** Called with the place of the moment under the pointer; null when it has left. */
  readonly onCursor: (index: number | null) => void;
};

/** Below this width there is no room for names beside the lines. */
const WIDE = 640;

/** Pixels of a mark on the axis of time, with the room around it. */
const TICK_WIDTH = 68;

/** Pixels that one character takes on the axis of values. */
const CHARACTER = 7.2;

/** How far apart the marks of whole numbers may be. */
const WHOLE_STEPS = Array.from({ length: 15 }, (_, power) =>
  [1, 2, 5].map((digit) => digit * 10 ** power),
).flat();

/** What uPlot needs to draw this; it is drawn anew when anything of it changes. */
export function chartOptions(setting: ChartSetting): uPlot.Options {
  const { data, colours, width, height, locale, timeZone, formatValue, isWhole, onCursor } =
    setting;
  const drawing = { data, colours };
  const isLabelled = width >= WIDE && data.lines.length > 1;
  const labelWidth = isLabelled ? 140 : 14;
  const line = { stroke: colours.grid, width: 1 };
  const axis = { stroke: colours.muted, font: colours.font, ticks: line, grid: line };
  const ticksOf = (from: number, to: number) =>
    timeTicks(from, to, timeZone, Math.max(2, Math.floor((width - labelWidth) / TICK_WIDTH)));
  const span = spanOf(data.lines);
  return {
    width,
    height,
    ms: 1,
    padding: [12, labelWidth, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: false, y: false }, points: { size: 9 } },
    scales: {
      x: { time: false, range: () => [data.from, data.to] },
      y: { range: () => span },
    },
    axes: [
      {
        ...axis,
        size: 44,
        grid: { show: false },
        splits: (_, __, from, to) => [...ticksOf(from, to).moments],
        values: () => tickLabels(ticksOf(data.from, data.to), locale, timeZone),
      },
      {
        ...axis,
        space: 44,
        ...(isWhole && { incrs: [...WHOLE_STEPS] }),
        ticks: { show: false },
        values: (_, splits) => splits.map(formatValue),
        size: (_, labels) =>
          18 + CHARACTER * Math.max(3, ...(labels ?? []).map((label) => String(label).length)),
      },
    ],
    series: [
      {},
      ...data.lines.map(({ label }, place) => ({
        label,
        stroke: colours.lines[place] ?? "",
        width: 2,
        dash: [...lookOf(place).dash],
        paths: stepPath,
        points: { show: false },
      })),
    ],
    hooks: {
      drawAxes: [(chart) => drawBand(chart, drawing)],
      draw: [
        (chart) => {
          drawMarks(chart, drawing);
          drawShapes(chart, drawing);
          if (isLabelled) drawLabels(chart, drawing, labelWidth);
        },
      ],
      setCursor: [({ cursor: { idx, left = -1 } }) => onCursor(left < 0 ? null : (idx ?? null))],
    },
  };
}
