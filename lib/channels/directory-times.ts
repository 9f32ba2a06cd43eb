import { type SQL, sql } from "drizzle-orm";

const DAY_MS = 86_400_000;

/** A time in a condition. */
export function instant(time: Date): SQL {
  return sql`${storableTime(time)}::timestamptz`;
}

/** An address may name times that no database knows; all that is known of channels lies between. */
function storableTime(time: Date): string {
  const year = time.getUTCFullYear();
  if (year < 1) return "-infinity";
  return year > 9999 ? "infinity" : time.toISOString();
}

/** A time that is so many days of 24 hours before another. */
export function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * DAY_MS);
}
