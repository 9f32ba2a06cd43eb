import type { HistoryPoint } from "./history";
import type { GapRule } from "./trend-range";

/** A count, for as long as it is known to have been that. Times are in milliseconds. */
export type Held = {
  readonly at: number;
  /** When it was last read so. */
  readonly until: number;
  /** Up to where it is known: the next reading where that came soon enough, else `until`. */
  readonly knownTo: number;
  readonly count: number;
  /** The extremes of the hour or the day that it stands for; null of a single reading. */
  readonly least: number | null;
  readonly most: number | null;
};

/** How a count went, oldest first. Readings without a time that can be are left out. */
export type Course = readonly Held[];

/** How it went, by what was read of it and what counts as a gap. */
export function courseOf(points: readonly HistoryPoint[], gapAt: GapRule): Course {
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

/** What was held at a time; null where nobody knows it. */
export function heldAt(course: Course, time: number): Held | null {
  let low = 0;
  let high = course.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((course[middle]?.at ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  const held = course[low - 1];
  return held && time <= held.knownTo ? held : null;
}
