import { clockOf } from "@/lib/zone-clock";

/** A moment as a clock and a calendar on a wall show it: "2026-03-08" and "02:30" or "02:30:15". */
export type WallTime = { readonly date: string; readonly time: string };

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
  return new Date(clockOf(timeZone).momentOf(asUtc));
}

/** What the wall shows at a moment, with seconds where there are any. */
export function wallTimeOf(at: Date, timeZone: string): WallTime {
  const shown = new Date(clockOf(timeZone).shownAt(at.getTime())).toISOString();
  const time = shown.slice(11, 19);
  return { date: shown.slice(0, 10), time: time.endsWith(":00") ? time.slice(0, 5) : time };
}
