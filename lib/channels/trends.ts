import { sql } from "drizzle-orm";
import type { Store } from "@/lib/db/store";
import { countAt } from "./changes";

const DAY_MS = 86_400_000;

/** Values of a trend: one for each of so many days. */
export const TREND_DAYS = 30;

/** A channel's counts, one a day, the oldest first; null where the count of that time is not known. */
export type Trend = readonly (number | null)[];

/** The counts of channels at this hour on each of the last 30 days, by the keys of the channels. */
export async function readTrends(
  store: Store,
  keys: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, Trend>> {
  if (keys.length === 0) return new Map();
  const { rows } = (await store.execute(sql`
    select asked.key, asked.day, held.subscriber_count::text as count,
      extract(epoch from coalesce(held.until, channels.counted_at)) * 1000 as until,
      extract(epoch from later.at) * 1000 as next
    from (
      select key, day, ${now.toISOString()}::timestamptz - make_interval(secs => 86400 * day) as time
      from unnest(${sql.param(keys)}::integer[]) as key, generate_series(0, ${TREND_DAYS - 1}) as day
    ) as asked
    join channels on channels.key = asked.key
    cross join lateral (
      select at, until, subscriber_count from snapshots
      where channel_key = asked.key and at <= asked.time and subscriber_count is not null
      order by at desc limit 1
    ) as held
    left join lateral (
      select at from snapshots
      where channel_key = asked.key and at > held.at and subscriber_count is not null
      order by at limit 1
    ) as later on true`)) as unknown as { rows: Row[] };
  const trends = new Map(keys.map((key) => [key, Array<number | null>(TREND_DAYS).fill(null)]));
  for (const { key, day, count, until, next } of rows) {
    const time = new Date(now.getTime() - day * DAY_MS);
    // After the newest reading a count holds as long as it would until another.
    const nextAt = next === null ? time : new Date(Number(next));
    const held = { count: Number(count), until: new Date(Number(until)), nextAt };
    trends.get(key)?.splice(TREND_DAYS - 1 - day, 1, countAt(held, time));
  }
  return trends;
}

type Row = {
  readonly key: number;
  readonly day: number;
  readonly count: string;
  /** Milliseconds. */
  readonly until: string | number;
  readonly next: string | number | null;
};
