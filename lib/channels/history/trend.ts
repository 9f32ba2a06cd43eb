import { DAY_MS, HOUR_MS } from "@/lib/time";
import { clockOf } from "@/lib/zone-clock";
import type { HistoryPoint } from "./history";

/** The most moments of a chart and its table. */
const MOST_MOMENTS = 2000;

export type TrendSource = {
  readonly points: readonly HistoryPoint[];
  readonly gapAt: GapRule;
};

type TrendSeries = {
  /** Null where the count is unknown. */
  readonly counts: readonly (number | null)[];
  /** The extremes of the hour or day that a count summarizes; null for a single reading. */
  readonly least: readonly (number | null)[];
  readonly most: readonly (number | null)[];
  /** The first known count of the range. The index is in percent of it. */
  readonly base: number | null;
};

/** Counts of some channels at the same moments. */
export type Trend = {
  /** Milliseconds, ascending: each time at which a count changes or becomes unknown. */
  readonly moments: readonly number[];
  readonly series: readonly TrendSeries[];
  readonly isReduced: boolean;
};

/**
 * Merges the readings of several channels into one row of moments, both ends of the range included. With
 * too many moments, each time window keeps its first, last, least and greatest count and its longest gap,
 * so no gap as long as a window is lost.
 */
export function trendOf(
  sources: readonly TrendSource[],
  range: { readonly from: Date; readonly to: Date },
  most = MOST_MOMENTS,
): Trend {
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  const histories = sources.map(({ points, gapAt }) => ({
    intervals: intervalsOf(points, gapAt),
    gapAt,
  }));
  const whole = histories.map(({ intervals, gapAt }) => momentsOf(intervals, from, to, gapAt));
  const isReduced = new Set(whole.flat().map(({ time }) => time)).size > most;
  const each = Math.floor(most / Math.max(1, sources.length));
  const kept = isReduced ? whole.map((moments) => reduced(moments, from, to, each)) : whole;
  const moments = [...new Set(kept.flat().map(({ time }) => time))].toSorted((a, b) => a - b);
  const series = histories.map(({ intervals }, index) =>
    seriesOf(intervals, moments, whole[index] ?? []),
  );
  return { moments, series, isReduced };
}

/** Returns a count in percent of another; null if that is zero or either is unknown. */
export function indexOf(count: number | null, base: number | null): number | null {
  return count === null || base === null || base === 0 ? null : (count * 100) / base;
}

/** Returns what the indexes of each series are in percent of. */
export function basesOf({ series }: Trend): readonly (number | null)[] {
  return series.map(({ base }) => base);
}

function seriesOf(
  intervals: readonly Interval[],
  moments: readonly number[],
  own: readonly Moment[],
): TrendSeries {
  const at = moments.map((time) => intervalAt(intervals, time));
  return {
    counts: at.map((interval) => interval?.count ?? null),
    least: at.map((interval) => interval?.least ?? null),
    most: at.map((interval) => interval?.most ?? null),
    base: own.find(({ count }) => count !== null)?.count ?? null,
  };
}

/** One channel in a row of the table. */
export type TrendCell = {
  /** Null if unknown. */
  readonly count: number | null;
  /** Since the row before. */
  readonly change: number | null;
  /** The extremes of the hour or day that the count summarizes; null for a single reading. */
  readonly least: number | null;
  readonly most: number | null;
};

export type TrendRow = { readonly at: Date; readonly cells: readonly TrendCell[] };

/** Returns a trend as a table: one row per moment, oldest first, one cell per channel. */
export function trendRows({ moments, series }: Trend): TrendRow[] {
  return moments.map((moment, index) => ({
    at: new Date(moment),
    cells: series.map(({ counts, least, most }) => {
      const count = counts[index] ?? null;
      const before = counts[index - 1] ?? null;
      return {
        count,
        change: count === null || before === null ? null : count - before,
        least: least[index] ?? null,
        most: most[index] ?? null,
      };
    }),
  }));
}

/** Combines the rows of each day: the last known count, the sum of the changes, the extremes. */
export function dailyRows(rows: readonly TrendRow[], timeZone: string): TrendRow[] {
  const { shownAt } = clockOf(timeZone);
  const days = new Map<number, TrendRow[]>();
  for (const row of rows) {
    const day = Math.floor(shownAt(row.at.getTime()) / DAY_MS);
    const ofDay = days.get(day);
    if (ofDay) ofDay.push(row);
    else days.set(day, [row]);
  }
  return [...days.values()].map((ofDay) => {
    const last = ofDay.at(-1);
    if (last === undefined) throw new Error("A day has rows.");
    const cells = last.cells.map((_, place) => {
      const all = ofDay.flatMap(({ cells: each }) => each[place] ?? []);
      const counts = all.flatMap(({ count }) => count ?? []);
      const changes = all.flatMap(({ change }) => change ?? []);
      const extremes = (of: "least" | "most") =>
        all.flatMap(({ [of]: extreme, count }) => extreme ?? count ?? []);
      return {
        count: counts.at(-1) ?? null,
        change: changes.length === 0 ? null : changes.reduce((sum, change) => sum + change, 0),
        least: counts.length === 0 ? null : Math.min(...extremes("least")),
        most: counts.length === 0 ? null : Math.max(...extremes("most")),
      };
    });
    return { at: last.at, cells };
  });
}

/** Returns whether some row summarizes several readings. */
export function hasExtremes(rows: readonly TrendRow[]): boolean {
  return rows.some(({ cells }) => cells.some(({ least }) => least !== null));
}

/** A time interval in which the count is known not to have changed. Times are in milliseconds. */
type Interval = {
  readonly at: number;
  /** The last reading of this count. */
  readonly until: number;
  /** The end of the interval: the next reading if it came soon enough, else `until`. */
  readonly knownTo: number;
  readonly count: number;
  /** The extremes of the hour or day that it summarizes; null for a single reading. */
  readonly least: number | null;
  readonly most: number | null;
};

/** Returns the intervals of a count, oldest first. Ignores readings with an impossible time. */
function intervalsOf(points: readonly HistoryPoint[], gapAt: GapRule): readonly Interval[] {
  const known = points
    .filter(({ at }) => at.getTime() > 0)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return known.map(({ at, until, count, least, most }, index) => {
    const began = at.getTime();
    const next = known[index + 1]?.at.getTime();
    const read = until.getTime() > began ? until.getTime() : began;
    const ended = Math.min(read, next ?? read);
    const isFollowed = next !== undefined && next - ended <= gapAt(ended);
    return { at: began, until: ended, knownTo: isFollowed ? next : ended, count, least, most };
  });
}

/** Returns the interval that contains a time, or null if the count is unknown then. */
function intervalAt(intervals: readonly Interval[], time: number): Interval | null {
  let low = 0;
  let high = intervals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((intervals[middle]?.at ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  const interval = intervals[low - 1];
  return interval && time <= interval.knownTo ? interval : null;
}

/** The start of a count, in milliseconds; null if the count is unknown from then on. */
type Moment = { readonly time: number; readonly count: number | null };

/** The distance from the last reading to the start of a gap. */
const AFTER_MS = 1000;

/** Returns the moments at which one count changes, both ends of the range included. */
function momentsOf(
  intervals: readonly Interval[],
  from: number,
  to: number,
  gapAt: GapRule,
): Moment[] {
  const moments: Moment[] = [];
  const add = (time: number, count: number | null) => {
    if (time >= from && time <= to) moments.push({ time, count });
  };
  for (const [index, { at, until, knownTo, count }] of intervals.entries()) {
    if (knownTo < from) continue;
    if (at > to) break;
    const next = intervals[index + 1]?.at ?? null;
    add(Math.max(at, from), count);
    if (next !== null && knownTo === next) continue;
    if (until > Math.max(at, from)) add(until, count);
    if ((next ?? to) - until > gapAt(until)) add(until + AFTER_MS, null);
  }
  const last = moments.at(-1);
  const interval = intervalAt(intervals, to);
  if (interval && last && last.time < to) add(to, interval.count);
  return moments;
}

/** Reduces the moments to at most `most`, with the significant ones of each time window. */
function reduced(moments: readonly Moment[], from: number, to: number, most: number): Moment[] {
  if (moments.length <= most) return [...moments];
  const gaps = moments.filter(({ count }) => count === null).length;
  const windows = Math.max(1, Math.floor(Math.max((most - 3 * gaps) / 4, most / 7)));
  const width = (to - from) / windows || 1;
  const kept = new Set<number>();
  let begin = 0;
  while (begin < moments.length) {
    const current = windowOf(moments[begin], from, width, windows);
    let end = begin + 1;
    while (end < moments.length && windowOf(moments[end], from, width, windows) === current) {
      end += 1;
    }
    for (const index of significant(moments, begin, end, to)) kept.add(index);
    begin = end;
  }
  return moments.filter((_, index) => kept.has(index));
}

function windowOf(moment: Moment | undefined, from: number, width: number, count: number): number {
  return Math.min(count - 1, Math.floor(((moment?.time ?? from) - from) / width));
}

/** Returns the indexes to keep: at most four, and three around the longest gap. */
function significant(moments: readonly Moment[], begin: number, end: number, to: number): number[] {
  const countOf = (index: number) => moments[index]?.count ?? null;
  const lengthOf = (index: number) =>
    (moments[index + 1]?.time ?? to) - (moments[index]?.time ?? to);
  const indexes = Array.from({ length: end - begin }, (_, offset) => begin + offset);
  const known = indexes.filter((index) => countOf(index) !== null);
  const counted = (index: number) => countOf(index) ?? 0;
  const least = indexOfGreatest(known, (index) => -counted(index));
  const most = indexOfGreatest(known, counted);
  const gap = indexOfGreatest(
    indexes.filter((index) => countOf(index) === null),
    lengthOf,
  );
  const around = gap.flatMap((index) => [index - 1, index, index + 1]);
  return [...known.slice(0, 1), ...known.slice(-1), ...least, ...most, ...around];
}

/** Returns the first index with the greatest value, or none without indexes. */
function indexOfGreatest(indexes: readonly number[], weight: (index: number) => number): number[] {
  const [first, ...others] = indexes;
  if (first === undefined) return [];
  return [others.reduce((one, other) => (weight(other) > weight(one) ? other : one), first)];
}

/** The time ranges of a chart; null for everything known. Days have 24 hours. */
export const RANGES = {
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
  "90d": 90 * DAY_MS,
  "1y": 365 * DAY_MS,
  all: null,
} as const;

type RangeId = keyof typeof RANGES;

export const RANGE_IDS = Object.keys(RANGES) as readonly RangeId[];

/** Returns the milliseconds without a reading after which a count that was read at `time` is unknown. */
type GapRule = (time: number) => number;

/** For a channel without regular refreshes. */
const UNWATCHED_MS = 26 * HOUR_MS;

/**
 * Returns the rule for gaps of one channel.
 *
 * @param watched the start and period of its refreshes; null if nobody watches it
 */
export function gapRule(
  watched: { readonly since: Date; readonly refreshMinutes: number } | null,
): GapRule {
  if (watched === null) return () => UNWATCHED_MS;
  const since = watched.since.getTime();
  const regular = Math.max(HOUR_MS, 4 * watched.refreshMinutes * 60_000);
  return (time) => (time < since ? UNWATCHED_MS : regular);
}
