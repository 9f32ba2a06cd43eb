import { tzOffset } from "@date-fns/tz";
import { DAY_MS, MINUTE_MS } from "@/lib/time";

/** Converts between moments and the wall clock of a zone, which is written as if it were UTC. */
export type Clock = {
  shownAt(moment: number): number;
  /** Of two moments returns the earlier. A skipped time moves forward by the length of the gap. */
  momentOf(shown: number): number;
};

export function clockOf(timeZone: string): Clock {
  const offsetAt = (moment: number) => tzOffset(timeZone, new Date(moment)) * MINUTE_MS;
  const shownAt = (moment: number) => moment + offsetAt(moment);
  return {
    shownAt,
    momentOf(shown) {
      // Offsets are less than a day, so the moment has one of these two.
      const [before, after] = [shown - offsetAt(shown - DAY_MS), shown - offsetAt(shown + DAY_MS)];
      const moments = [Math.min(before, after), Math.max(before, after)];
      return moments.find((moment) => shownAt(moment) === shown) ?? before;
    },
  };
}
