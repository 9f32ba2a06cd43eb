import { type Course, heldAt } from "./trend-course";
import type { GapRule } from "./trend-range";

/** A time, in milliseconds, at which a count began or ended; null: from then on nobody knows it. */
export type Moment = { readonly time: number; readonly count: number | null };

/** The first moment after a reading at which there was none. */
const AFTER_MS = 1000;

/** The moments at which one course says something new, both ends of the range included. */
export function momentsOf(course: Course, from: number, to: number, gapAt: GapRule): Moment[] {
  const moments: Moment[] = [];
  const add = (time: number, count: number | null) => {
    if (time >= from && time <= to) moments.push({ time, count });
  };
  for (const [index, { at, until, knownTo, count }] of course.entries()) {
    if (knownTo < from) continue;
    if (at > to) break;
    const next = course[index + 1]?.at ?? null;
    add(Math.max(at, from), count);
    if (next !== null && knownTo === next) continue;
    if (until > Math.max(at, from)) add(until, count);
    if ((next ?? to) - until > gapAt(until)) add(until + AFTER_MS, null);
  }
  const last = moments.at(-1);
  const held = heldAt(course, to);
  if (held && last && last.time < to) add(to, held.count);
  return moments;
}

/** Of these at most so many: of each stretch of time what a chart of its width would show. */
export function thinned(
  moments: readonly Moment[],
  from: number,
  to: number,
  most: number,
): Moment[] {
  if (moments.length <= most) return [...moments];
  const gaps = moments.filter(({ count }) => count === null).length;
  const stretches = Math.max(1, Math.floor(Math.max((most - 3 * gaps) / 4, most / 7)));
  const width = (to - from) / stretches || 1;
  const kept = new Set<number>();
  let begin = 0;
  while (begin < moments.length) {
    const stretch = stretchOf(moments[begin], from, width, stretches);
    let end = begin + 1;
    while (end < moments.length && stretchOf(moments[end], from, width, stretches) === stretch) {
      end += 1;
    }
    for (const index of telling(moments, begin, end, to)) kept.add(index);
    begin = end;
  }
  return moments.filter((_, index) => kept.has(index));
}

function stretchOf(moment: Moment | undefined, from: number, width: number, count: number): number {
  return Math.min(count - 1, Math.floor(((moment?.time ?? from) - from) / width));
}

/** The places of those that must stay: at most four, and three around the longest gap. */
function telling(moments: readonly Moment[], begin: number, end: number, to: number): number[] {
  const countOf = (index: number) => moments[index]?.count ?? null;
  const lengthOf = (index: number) =>
    (moments[index + 1]?.time ?? to) - (moments[index]?.time ?? to);
  const places = Array.from({ length: end - begin }, (_, offset) => begin + offset);
  const known = places.filter((index) => countOf(index) !== null);
  const counted = (index: number) => countOf(index) ?? 0;
  const least = best(known, (index) => -counted(index));
  const most = best(known, counted);
  const gap = best(
    places.filter((index) => countOf(index) === null),
    lengthOf,
  );
  const around = gap.flatMap((index) => [index - 1, index, index + 1]);
  return [...known.slice(0, 1), ...known.slice(-1), ...least, ...most, ...around];
}

/** The first of those with the greatest worth, or nothing of nothing. */
function best(places: readonly number[], worth: (index: number) => number): number[] {
  const [first, ...others] = places;
  if (first === undefined) return [];
  return [others.reduce((one, other) => (worth(other) > worth(one) ? other : one), first)];
}
