const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far back one looks, by the name in the address; null is all that is known. Days are of 24 hours. */
export const RANGES = {
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
  "90d": 90 * DAY_MS,
  "1y": 365 * DAY_MS,
  all: null,
} as const;

export type RangeId = keyof typeof RANGES;

export const RANGE_IDS = Object.keys(RANGES) as readonly RangeId[];

/** Milliseconds without a reading, after one at this time, of which nobody knows how the count went on. */
export type GapRule = (time: number) => number;

/** Of a channel that is read when somebody happens to meet it. */
const UNWATCHED_MS = 26 * HOUR_MS;

/** @param watched since when it is read regularly, and how often; null of one that nobody watches */
export function gapRule(
  watched: { readonly since: Date; readonly refreshMinutes: number } | null,
): GapRule {
  if (watched === null) return () => UNWATCHED_MS;
  const since = watched.since.getTime();
  const regular = Math.max(HOUR_MS, 4 * watched.refreshMinutes * 60_000);
  return (time) => (time < since ? UNWATCHED_MS : regular);
}
