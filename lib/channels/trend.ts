import type { HistoryPoint } from "./history";
import { type Course, courseOf, heldAt } from "./trend-course";
import { type Moment, momentsOf, thinned } from "./trend-moments";
import type { GapRule } from "./trend-range";

/** Moments that a chart and its table show at most. */
const MOST_MOMENTS = 2000;

export type TrendSource = {
  readonly points: readonly HistoryPoint[];
  readonly gapAt: GapRule;
};

/** One channel's counts, at each moment of the trend. */
export type TrendSeries = {
  /** Null where nobody knows it. */
  readonly counts: readonly (number | null)[];
  /** The extremes of the hour or the day that a count stands for; null of a single reading. */
  readonly least: readonly (number | null)[];
  readonly most: readonly (number | null)[];
  /** The first known count of the range, of which the others are told in percent; null without one. */
  readonly base: number | null;
};

/** Counts of some channels at the same moments. */
export type Trend = {
  /** Milliseconds, ascending: whenever one of the counts moved, or was not read any more. */
  readonly moments: readonly number[];
  readonly series: readonly TrendSeries[];
  /** Not every reading is among the moments: there would be too many. */
  readonly isThinned: boolean;
};

/**
 * Makes one row of moments of several channels' readings, both ends of the range included. Where there
 * are too many, what stays of each stretch of time is its first and its last count, the least and the
 * most, and the longest time without readings: no gap as long as such a stretch is lost.
 */
export function trendOf(
  sources: readonly TrendSource[],
  range: { readonly from: Date; readonly to: Date },
  most = MOST_MOMENTS,
): Trend {
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  const courses = sources.map(({ points, gapAt }) => ({ course: courseOf(points, gapAt), gapAt }));
  const whole = courses.map(({ course, gapAt }) => momentsOf(course, from, to, gapAt));
  const isThinned = new Set(whole.flat().map(({ time }) => time)).size > most;
  const each = Math.floor(most / Math.max(1, sources.length));
  const kept = isThinned ? whole.map((moments) => thinned(moments, from, to, each)) : whole;
  const moments = [...new Set(kept.flat().map(({ time }) => time))].toSorted((a, b) => a - b);
  const series = courses.map(({ course }, index) => seriesOf(course, moments, whole[index] ?? []));
  return { moments, series, isThinned };
}

/** A count in percent of another one; null where that is zero or either is not known. */
export function indexOf(count: number | null, base: number | null): number | null {
  return count === null || base === null || base === 0 ? null : (count * 100) / base;
}

function seriesOf(course: Course, moments: readonly number[], own: readonly Moment[]): TrendSeries {
  const held = moments.map((time) => heldAt(course, time));
  return {
    counts: held.map((one) => one?.count ?? null),
    least: held.map((one) => one?.least ?? null),
    most: held.map((one) => one?.most ?? null),
    base: own.find(({ count }) => count !== null)?.count ?? null,
  };
}
