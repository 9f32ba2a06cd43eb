import { clockOf } from "@/lib/zone-clock";

/** A local date and time without a zone: "2026-03-08" and "02:30" or "02:30:15". */
export type WallTime = { readonly date: string; readonly time: string };

/**
 * Converts a local time to an instant; null unless it is a date from 1970 to 9999. Of two equal local
 * times the earlier is used. A skipped local time moves forward by the length of the gap.
 */
export function instantOf({ date, time }: WallTime, timeZone: string): Date | null {
  const written = `${date}T${time}`;
  const asUtc = Date.parse(`${written}Z`);
  if (!/^\d{4}-\d\d-\d\dT/.test(written) || Number.isNaN(asUtc) || asUtc < 0) return null;
  // Date.parse reads 31 February as a day of March.
  if (new Date(asUtc).toISOString().slice(0, 10) !== date) return null;
  return new Date(clockOf(timeZone).momentOf(asUtc));
}

/** Converts an instant to a local time. Seconds are omitted if they are zero. */
export function wallTimeOf(at: Date, timeZone: string): WallTime {
  const shown = new Date(clockOf(timeZone).shownAt(at.getTime())).toISOString();
  const time = shown.slice(11, 19);
  return { date: shown.slice(0, 10), time: time.endsWith(":00") ? time.slice(0, 5) : time };
}
