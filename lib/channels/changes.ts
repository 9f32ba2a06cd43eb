import type { Change } from "./known-channel";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How long a count that was read holds until the next reading, where it is not known to have moved. */
export const KEPT_MS = 26 * HOUR_MS;

/** The spans over which changes are told: of 24 hours a day, whatever the clocks on the walls do. */
export const SPANS = {
  changeDay: DAY_MS,
  changeWeek: 7 * DAY_MS,
  changeMonth: 30 * DAY_MS,
} as const;

export type SpanId = keyof typeof SPANS;

export const SPAN_IDS = Object.keys(SPANS) as readonly SpanId[];

/** A count, from its first reading to the last one that gave it, and the reading that came after that. */
export type Held = {
  readonly count: number;
  readonly until: Date;
  readonly nextAt: Date;
};

/** The count at a time at or after its first reading; null when nobody can know it. */
export function countAt(held: Held | undefined, time: Date): number | null {
  if (held === undefined) return null;
  const { count, until, nextAt } = held;
  return until >= time || nextAt.getTime() - until.getTime() <= KEPT_MS ? count : null;
}

/** A change as it is told, from the count and how much it has moved; null where that is not known. */
export function changeOf(count: number | null, absolute: number | null): Change | null {
  if (count === null || absolute === null) return null;
  const earlier = count - absolute;
  return { absolute, percent: earlier === 0 ? null : (absolute / earlier) * 100 };
}
