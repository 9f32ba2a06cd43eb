export type ChartLine = {
  readonly id: string;
  readonly label: string;
  /** At each moment; null where nobody knows it: the line is broken there. */
  readonly values: readonly (number | null)[];
  /** The extremes of what a value stands for; null where it is itself all there was. */
  readonly least: readonly (number | null)[];
  readonly most: readonly (number | null)[];
};

/** What a chart draws. Moments are in milliseconds. */
export type ChartData = {
  readonly from: number;
  readonly to: number;
  /** Ascending. A value holds until the next moment. */
  readonly moments: readonly number[];
  readonly lines: readonly ChartLine[];
  /** Moments that are marked at its foot. */
  readonly marks: readonly number[];
};

/** From a bit below the least value to a bit above the greatest, extremes included. */
export function spanOf(lines: readonly ChartLine[]): [number, number] {
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
