import uPlot from "uplot";
import { tickLabels, timeTicks } from "@/components/chart/time-ticks";
import { lookOf, OUTLINES, REACH } from "./line-look";

/** Colours for the canvas. */
export type Colours = {
  /** One for each line. */
  readonly lines: readonly string[];
  readonly mark: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  readonly ground: string;
  readonly font: string;
};

type ChartSetting = {
  readonly data: ChartData;
  readonly colours: Colours;
  readonly width: number;
  readonly height: number;
  readonly locale: string;
  readonly timeZone: string;
  readonly formatValue: (value: number) => string;
  /** Values are whole numbers, and so are the axis labels. */
  readonly isWhole: boolean;
  /** Called with the index of the moment under the pointer, or null when the pointer leaves. */
  readonly onCursor: (index: number | null) => void;
};

/** Below this width, in pixels, the lines have no names beside them. */
const WIDE = 640;

const TICK_WIDTH = 68;

/** Width of a character on the value axis, in pixels. */
const CHARACTER = 7.2;

/** Steps of an axis of whole numbers. */
const WHOLE_STEPS = Array.from({ length: 15 }, (_, power) =>
  [1, 2, 5].map((digit) => digit * 10 ** power),
).flat();

const stepPath = uPlot.paths.stepped?.({ align: 1, alignGaps: 1 });

/** Returns uPlot's options. The chart is created anew when anything changes. */
export function chartOptions(setting: ChartSetting): uPlot.Options {
  const { data, colours, width, height, locale, timeZone, formatValue, isWhole, onCursor } =
    setting;
  const drawing = { data, colours };
  const isLabelled = width >= WIDE && data.lines.length > 1;
  // Half a label of the time axis can stand beyond the last moment.
  const labelWidth = isLabelled ? 140 : 28;
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
        // Each value holds until the next moment, and null breaks the line.
        paths: stepPath,
        points: { show: false },
      })),
    ],
    hooks: {
      drawAxes: [(chart) => drawBand(chart, drawing)],
      draw: [
        (chart) => {
          drawBlank(chart, drawing);
          drawMarks(chart, drawing);
          drawShapes(chart, drawing);
          if (isLabelled) drawLabels(chart, drawing, labelWidth);
        },
      ],
      setCursor: [({ cursor: { idx, left = -1 } }) => onCursor(left < 0 ? null : (idx ?? null))],
    },
  };
}

type Drawing = { readonly data: ChartData; readonly colours: Colours };

/** Distance between two shapes on a line, in pixels. */
const SHAPES_APART = 120;

const LABEL_HEIGHT = 15;

/** Draws the range of hourly and daily values as a band, if there is one line. */
function drawBand(chart: uPlot, { data, colours }: Drawing): void {
  const [line, another] = data.lines;
  if (!line || another) return;
  const { ctx } = chart;
  ctx.save();
  clip(chart);
  ctx.globalAlpha = 0.18;
  ctx.fillStyle = colours.lines[0] ?? "";
  for (const [index, least] of line.least.entries()) {
    const most = line.most[index] ?? null;
    const next = data.moments[index + 1];
    if (least === null || most === null || next === undefined) continue;
    const left = chart.valToPos(data.moments[index] ?? 0, "x", true);
    const right = chart.valToPos(next, "x", true);
    const top = chart.valToPos(most, "y", true);
    ctx.fillRect(left, top, right - left, chart.valToPos(least, "y", true) - top);
  }
  ctx.restore();
}

/** Draws the shapes along each line, and at every value without neighbours. */
function drawShapes(chart: uPlot, { data, colours }: Drawing): void {
  const isAlone = data.lines.length === 1;
  for (const [place, { values }] of data.lines.entries()) {
    const last = values.findLastIndex((value) => value !== null);
    const end = chart.valToPos(data.moments[last] ?? 0, "x", true);
    const apart = SHAPES_APART * uPlot.pxRatio;
    let drawnAt = Number.NEGATIVE_INFINITY;
    for (const [index, value] of values.entries()) {
      if (value === null) continue;
      const x = chart.valToPos(data.moments[index] ?? 0, "x", true);
      const standsAlone = isNone(values[index - 1]) && isNone(values[index + 1]);
      const isDue = !isAlone && x - drawnAt >= apart && end - x >= apart / 4;
      if (!standsAlone && index !== last && !isDue) continue;
      drawnAt = x;
      drawShape(chart, place, x, chart.valToPos(value, "y", true), colours);
    }
  }
}

const isNone = (value: number | null | undefined) => value === null || value === undefined;

export function drawShape(
  { ctx }: Pick<uPlot, "ctx">,
  place: number,
  x: number,
  y: number,
  colours: Colours,
): void {
  const outline = new Path2D(OUTLINES[lookOf(place).shape]);
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(uPlot.pxRatio, uPlot.pxRatio);
  ctx.setLineDash([]);
  ctx.lineWidth = 4;
  ctx.strokeStyle = colours.ground;
  ctx.stroke(outline);
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = ctx.fillStyle = colours.lines[place] ?? "";
  ctx.stroke(outline);
  ctx.fill(outline);
  ctx.restore();
}

/** Says in the blank time before the first value that there is no data, if there is room. */
function drawBlank(chart: uPlot, { data, colours }: Drawing): void {
  const { ctx, bbox } = chart;
  const first = data.moments.find((_, index) =>
    data.lines.some(({ values }) => !isNone(values[index])),
  );
  if (data.blank === undefined || first === undefined) return;
  const width = chart.valToPos(first, "x", true) - bbox.left;
  ctx.save();
  ctx.font = scaled(colours.font, uPlot.pxRatio);
  ctx.fillStyle = colours.muted;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  if (ctx.measureText(data.blank).width < width - 16 * uPlot.pxRatio) {
    ctx.fillText(data.blank, bbox.left + width / 2, bbox.top + bbox.height / 2);
  }
  ctx.restore();
}

/** Draws short strokes on the time axis at the marked moments. */
function drawMarks(chart: uPlot, { data, colours }: Drawing): void {
  const { ctx, bbox } = chart;
  const ratio = uPlot.pxRatio;
  ctx.save();
  clip(chart);
  ctx.fillStyle = colours.mark;
  for (const moment of data.marks) {
    const x = Math.round(chart.valToPos(moment, "x", true));
    ctx.fillRect(x - ratio, bbox.top + bbox.height - 10 * ratio, 2 * ratio, 10 * ratio);
  }
  ctx.restore();
}

/** Draws the name of each line at its end, moved apart where names overlap. */
function drawLabels(chart: uPlot, { data, colours }: Drawing, width: number): void {
  const { ctx, bbox } = chart;
  const ratio = uPlot.pxRatio;
  const ends = data.lines
    .flatMap(({ label, values }, place) => {
      const last = values.findLast((value) => value !== null);
      return last === undefined || last === null
        ? []
        : [{ label, place, y: chart.valToPos(last, "y", true) }];
    })
    .toSorted((a, b) => a.y - b.y);
  const apart = LABEL_HEIGHT * ratio;
  ctx.save();
  ctx.font = scaled(colours.font, ratio);
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  let above = Number.NEGATIVE_INFINITY;
  for (const end of ends) {
    end.y = Math.max(end.y, above + apart);
    above = end.y;
  }
  let lowest = bbox.top + bbox.height + apart;
  for (const end of ends.toReversed()) {
    end.y = Math.min(end.y, lowest - apart);
    lowest = end.y;
  }
  for (const { label, place, y } of ends) {
    ctx.fillStyle = colours.lines[place] ?? "";
    const x = bbox.left + bbox.width + (REACH + 4) * ratio;
    ctx.fillText(fitting(ctx, label, (width - REACH - 6) * ratio), x, y);
  }
  ctx.restore();
}

export function fitting(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && ctx.measureText(`${characters.join("")}…`).width > width) {
    characters.pop();
  }
  return `${characters.join("")}…`;
}

export function scaled(font: string, ratio: number): string {
  return font.replace(/^[\d.]+/, (size) => String(Number(size) * ratio));
}

function clip({ ctx, bbox }: uPlot): void {
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}

export type ChartLine = {
  readonly id: string;
  readonly label: string;
  /** One for each moment; null where unknown, which breaks the line. */
  readonly values: readonly (number | null)[];
  /** Range of an hourly or daily value; null for a raw reading. */
  readonly least: readonly (number | null)[];
  readonly most: readonly (number | null)[];
};

/** Data of a chart. Moments are in milliseconds since 1970. */
export type ChartData = {
  readonly from: number;
  readonly to: number;
  /** Ascending. Each value holds until the next moment. */
  readonly moments: readonly number[];
  readonly lines: readonly ChartLine[];
  /** Moments marked on the time axis. */
  readonly marks: readonly number[];
  /** Said in the blank time before the first value. */
  readonly blank?: string;
};

/** Returns the range of the value axis: all values and ranges with a margin of 12 percent. */
function spanOf(lines: readonly ChartLine[]): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { values, least, most } of lines) {
    for (const one of [values, least, most].flat()) {
      if (one === null) continue;
      low = Math.min(low, one);
      high = Math.max(high, one);
    }
  }
  if (low > high) return [0, 1];
  const room = (high - low) * 0.12 || Math.max(1, Math.abs(high) * 0.01);
  return [low >= 0 ? Math.max(0, low - room) : low - room, high + room];
}
