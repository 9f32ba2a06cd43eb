const DAY_MS = 86_400_000;

/**
 * The clock of a zone. What it shows is written as the milliseconds at which a clock of UTC would show
 * the same.
 */
export type Clock = {
  /** What it shows at a moment. */
  shownAt(moment: number): number;
  /**
   * The moment at which it shows this: of two the earlier; a time that it jumps over is as much later
   * as it jumps.
   */
  momentOf(shown: number): number;
};

/** @throws RangeError for a zone that nobody knows */
export function clockOf(timeZone: string): Clock {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const shownAt = (moment: number) => {
    const part = Object.fromEntries(
      format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    const milliseconds = moment - Math.floor(moment / 1000) * 1000;
    return Date.UTC(year, month - 1, day, hour, minute, second, milliseconds);
  };
  return {
    shownAt,
    momentOf(shown) {
      // No clock is a day off, so the true moment lies between these two.
      const offsets = [shown - DAY_MS, shown + DAY_MS].map((near) => shownAt(near) - near);
      const moments = offsets.map((offset) => shown - offset).toSorted((a, b) => a - b);
      return moments.find((moment) => shownAt(moment) === shown) ?? shown - (offsets[0] ?? 0);
    },
  };
}
