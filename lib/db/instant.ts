import { customType } from "drizzle-orm/pg-core";

const ISO = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)(:\d\d)?$/;

/**
 * A column with a moment in time, as a Date. Understands the database's ISO form only: in another form
 * the day could be taken for the month.
 */
export const instant = customType<{ data: Date; driverData: string }>({
  dataType: () => "timestamp with time zone",
  toDriver: (value) => value.toISOString(),
  fromDriver: parseInstant,
});

/** Parses a time as the database writes it. Throws when it is in another form than ISO. */
export function parseInstant(text: string): Date {
  // No Date holds infinity. The desk never writes it; an audit row with it is shown as changed.
  if (/^-?infinity$/.test(text)) return new Date(Number.NaN);
  const [, day, time, hours, minutes = ":00"] = ISO.exec(text) ?? [];
  if (hours === undefined) {
    throw new Error(`The database wrote a time in another form than ISO: ${JSON.stringify(text)}`);
  }
  return new Date(`${day}T${time}${hours}${minutes}`);
}
