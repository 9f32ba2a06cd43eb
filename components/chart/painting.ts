import uPlot from "uplot";
import type { ChartData } from "./chart-data";
import type { Colours } from "./colours";
import { lookOf, OUTLINES, REACH } from "./look";

type Drawing = { readonly data: ChartData; readonly colours: Colours };

/** Pixels between the shapes on one line. */
const SHAPES_APART = 120;

/** Pixels from one label to the next one below it. */
const LABEL_HEIGHT = 15;

/** The least and the most of what a value stands for, as a band behind a line that is alone. */
export function drawBand(chart: uPlot, { data, colours }: Drawing): void {
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

/** The shapes by which lines are told apart, along each of them and wherever a value stands alone. */
export function drawShapes(chart: uPlot, { data, colours }: Drawing): void {
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

function drawShape({ ctx }: uPlot, place: number, x: number, y: number, colours: Colours): void {
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

/** Short strokes at the foot, at the moments that are marked. */
export function drawMarks(chart: uPlot, { data, colours }: Drawing): void {
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

/** The name of each line at its end, moved up or down where two would cover each other. */
export function drawLabels(chart: uPlot, { data, colours }: Drawing, width: number): void {
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

function fitting(ctx: CanvasRenderingContext2D, text: string, width: number): string {
  if (ctx.measureText(text).width <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 1 && ctx.measureText(`${characters.join("")}…`).width > width) {
    characters.pop();
  }
  return `${characters.join("")}…`;
}

function scaled(font: string, ratio: number): string {
  return font.replace(/^[\d.]+/, (size) => String(Number(size) * ratio));
}

function clip({ ctx, bbox }: uPlot): void {
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}
