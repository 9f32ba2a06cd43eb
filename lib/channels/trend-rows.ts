import { indexOf, type Trend } from "./trend";

/** What a row says of one channel. */
export type TrendCell = {
  /** Null where nobody knows it, like what follows from it. */
  readonly count: number | null;
  /** Since the row before. */
  readonly change: number | null;
  /** In percent of the first known count of the range. */
  readonly index: number | null;
};

export type TrendRow = { readonly at: Date; readonly cells: readonly TrendCell[] };

/** The numbers of a trend as a table: a row a moment, oldest first, a cell for each channel. */
export function trendRows({ moments, series }: Trend): TrendRow[] {
  return moments.map((moment, place) => ({
    at: new Date(moment),
    cells: series.map(({ counts, base }) => {
      const count = counts[place] ?? null;
      const before = counts[place - 1] ?? null;
      const change = count === null || before === null ? null : count - before;
      return { count, change, index: indexOf(count, base) };
    }),
  }));
}
