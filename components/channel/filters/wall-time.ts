/** A moment as a clock and a calendar on a wall show it: "2026-03-08" and "02:30" or "02:30:15". */
export type WallTime = { readonly date: string; readonly time: string };

const DAY = 24 * 60 * 60 * 1000;

/**
 * The moment at which the wall shows this; null when it is no date of 1970 to 9999. Of two such moments
 * the earlier; a time that the clock jumps over is as much later as the clock jumps.
 */
export function instantOf({ date, time }: WallTime, timeZone: string): Date | null {
  // The calendar rolls 31 February over into March.
  const written = `${date}T${time}`;
  const asUtc = Date.parse(`${written}Z`);
  if (!/^\d{4}-\d\d-\d\dT/.test(written) || Number.isNaN(asUtc) || asUtc < 0) return null;
  if (new Date(asUtc).toISOString().slice(0, 10) !== date) return null;
  // No clock is a day off, so the true moment lies between these two.
  const before = offsetAt(asUtc - DAY, timeZone);
  const after = offsetAt(asUtc + DAY, timeZone);
  const moments = [asUtc - before, asUtc - after].sort((a, b) => a - b);
  const shown = moments.find((moment) => moment + offsetAt(moment, timeZone) === asUtc);
  return new Date(shown ?? asUtc - before);
}

/** What the wall shows at a moment, with seconds where there are any. */
export function wallTimeOf(at: Date, timeZone: string): WallTime {
  const shown = new Date(at.getTime() + offsetAt(at.getTime(), timeZone)).toISOString();
  const time = shown.slice(11, 19);
  return { date: shown.slice(0, 10), time: time.endsWith(":00") ? time.slice(0, 5) : time };
}

/** How far the zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
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
  }).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((found) => found.type === type)?.value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(moment / 1000) * 1000;
}
