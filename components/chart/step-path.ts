import type uPlot from "uplot";

/** A line on which each value holds until the next moment, and which is broken where there is none. */
export const stepPath: uPlot.Series.PathBuilder = (chart, series) => {
  const [times] = chart.data;
  const values = chart.data[series] ?? [];
  const stroke = new Path2D();
  let height: number | null = null;
  for (const [index, value] of Array.from(values).entries()) {
    const x = chart.valToPos(times[index] ?? 0, "x", true);
    if (height !== null) stroke.lineTo(x, height);
    const y = typeof value === "number" ? chart.valToPos(value, "y", true) : null;
    if (y !== null) {
      if (height === null) stroke.moveTo(x, y);
      else stroke.lineTo(x, y);
    }
    height = y;
  }
  return { stroke, fill: null, clip: null, band: null, gaps: [], flags: 1 };
};
