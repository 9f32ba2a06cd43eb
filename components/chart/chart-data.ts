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
