import { indexOf, type Trend } from "./trend";

/** What a row says of one channel. */
export type TrendCell = {
  /** Null where nobody knows it, like what follows from it. */
  readonly count: number | null;
  /** Since the row before. */
  readonly change: number | null;
  /** In percent of the first known count of the range. */
  readonly index: number | null;
  /** The extremes of the hour or the day that the count stands for; null of a single reading. */
  readonly least: number | null;
  readonly most: number | null;
  /** In percent of the same as the count. */
  readonly leastIndex: number | null;
  readonly mostIndex: number | null;
};

export type TrendRow = { readonly at: Date; readonly cells: readonly TrendCell[] };

/** The numbers of a trend as a table: a row a moment, oldest first, a cell for each channel. */
export function trendRows({ moments, series }: Trend): TrendRow[] {
  return moments.map((moment, place) => ({
    at: new Date(moment),
    cells: series.map(({ counts, base, ...extremes }) => {
      const count = counts[place] ?? null;
      const before = counts[place - 1] ?? null;
      const least = extremes.least[place] ?? null;
      const most = extremes.most[place] ?? null;
      return {
        ...{ count, least, most },
        change: count === null || before === null ? null : count - before,
        index: indexOf(count, base),
        leastIndex: indexOf(least, base),
        mostIndex: indexOf(most, base),
      };
    }),
  }));
}

/** Whether a row stands for more than single readings. */
export function hasExtremes(rows: readonly TrendRow[]): boolean {
  return rows.some(({ cells }) => cells.some(({ least }) => least !== null));
}
