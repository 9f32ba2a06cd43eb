import { sql } from "drizzle-orm";

/**
 * Joins to what a statement has as `asked`, with a `key` and a `time`, the count that was the last one read
 * by then, as `held`, and when another was read after it, as `later`: what `countAt` asks for. Where there
 * was no count before, the row falls away.
 */
export const HELD_COUNT = sql`
  cross join lateral (
    select at, until, subscriber_count from snapshots
    where channel_key = asked.key and at <= asked.time and subscriber_count is not null
    order by at desc limit 1
  ) as held
  left join lateral (
    select at from snapshots
    where channel_key = asked.key and at > held.at and subscriber_count is not null
    order by at limit 1
  ) as later on true`;
