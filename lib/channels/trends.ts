import { sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { countAt } from "./changes";
import { daysBefore } from "./directory-sql";
import { HELD_COUNT } from "./held-count";
import { millisecondsOf } from "./milliseconds";

/** Values of a trend: one for each of so many days. */
export const TREND_DAYS = 30;

/** A channel's counts, one a day, the oldest first; null where the count of that time is not known. */
export type Trend = readonly (number | null)[];

/** The counts of channels at this hour on each of the last 30 days, by the keys of the channels. */
export async function readTrends(
  db: Database,
  keys: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, Trend>> {
  const trends = new Map(keys.map((key) => [key, Array<number | null>(TREND_DAYS).fill(null)]));
  for (const [key, day, count, until, next] of await readHeld(db, keys, now)) {
    const time = daysBefore(now, day);
    // After the newest reading a count holds as long as it would until another.
    const held = { count, until: new Date(until), nextAt: next === null ? time : new Date(next) };
    trends.get(key)?.splice(TREND_DAYS - 1 - day, 1, countAt(held, time));
  }
  return trends;
}

/** The count that a channel had on a day, when it was last read and when there was another, in milliseconds. */
type HeldDay = readonly [
  key: number,
  day: number,
  count: number,
  until: number,
  next: number | null,
];

// One list: parsing as many rows takes several times as long.
async function readHeld(
  db: Database,
  keys: readonly number[],
  now: Date,
): Promise<readonly HeldDay[]> {
  const { rows } = await db.execute<{ held: HeldDay[] | null }>(sql`
    select json_agg(json_build_array(
      asked.key, asked.day, held.subscriber_count,
      ${millisecondsOf(sql`coalesce(held.until, channels.counted_at)`)}, ${millisecondsOf(sql`later.at`)}
    )) as held
    from (
      select key, day, ${now.toISOString()}::timestamptz - make_interval(secs => 86400 * day) as time
      from unnest(${sql.param([...keys])}::integer[]) as key, generate_series(0, ${TREND_DAYS - 1}) as day
    ) as asked
    join channels on channels.key = asked.key
    ${HELD_COUNT}`);
  return rows[0]?.held ?? [];
}
