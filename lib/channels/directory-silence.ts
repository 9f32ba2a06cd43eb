import { and, isNotNull, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Band, DirectoryQuery } from "./directory-query";
import { daysBefore, instant } from "./directory-times";

/** Channels that have been silent for as long as the first threshold says, or ever. */
export function isSilent(silentDays: readonly number[], now: Date): SQL | undefined {
  const [days] = silentDays;
  const hasPaused = days === undefined ? undefined : silentFor(days, now);
  return or(hasPaused, inBand(silentDays, "never", now));
}

/**
 * Channels of a band of silence, whether they have gone or not. Of one whose last message nobody asked for,
 * nothing is known.
 */
export function inBand(silentDays: readonly number[], band: Band, now: Date): SQL | undefined {
  const { lastMessageAt, lastMessageReadAt } = channels;
  if (band === "never") return and(isNull(lastMessageAt), isNotNull(lastMessageReadAt));
  const [from, to] = silentDays.slice(band, band + 2);
  if (from === undefined) return sql`false`;
  return and(
    silentFor(from, now),
    to === undefined ? undefined : sql`${lastMessageAt} > ${instant(daysBefore(now, to))}`,
  );
}

/** Bands of the channels that are looked at. */
export type Bands = {
  /** The number of a channel's band, from 0. */
  readonly of: SQL;
  readonly count: number;
  /** The band of which alone channels are wanted, none if there is no such band; null: of all. */
  readonly wanted: number | null;
};

/** The bands of silent channels; that of those that never sent comes last. */
export function bandsOf(
  { silentDays, band }: Pick<DirectoryQuery, "silentDays" | "band">,
  now: Date,
): Bands {
  const never = silentDays.length;
  const longer = silentDays.map(
    (days, index) => sql`when ${silentFor(days, now)} then ${sql.raw(String(index))}`,
  );
  // One that never sent meets none of these.
  const of = sql`case ${sql.join([...longer.toReversed(), sql`else ${sql.raw(String(never))}`], sql` `)} end`;
  return {
    of: never === 0 ? sql`0` : of,
    count: never + 1,
    wanted: band === "never" ? never : band === null || band < never ? band : -1,
  };
}

/** Channels whose last message is known, and at least so many days old. */
function silentFor(days: number, now: Date): SQL {
  return lte(channels.lastMessageAt, daysBefore(now, days));
}
