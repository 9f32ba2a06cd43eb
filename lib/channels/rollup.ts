import { sql } from "drizzle-orm";
import type { SNAPSHOT_RESOLUTIONS } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import type { Env } from "@/lib/env";
import { daysBefore } from "@/lib/time";

/** Oldest rows that one statement looks at: other statements of an embedded database wait for it. */
const BATCH = 1000;

/** Snapshots without an end are the newest counts of their channels, and stay readings. */
const HAS_ENDED = sql`(until is not null or subscriber_count is null)`;

/**
 * Combines readings older than `days.reading` into one row an hour (UTC), and hours older than `days.hour`
 * into one row a day. A row keeps the last, the least and the highest count. Stops between two statements.
 */
export async function rollUpSnapshots(
  db: Database,
  days: Pick<Env["snapshotDays"], "reading" | "hour">,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  const before = (kept: number) => daysBefore(now, kept);
  while (!signal.aborted && (await rollUp(db, "reading", "hour", before(days.reading))) > 0);
  while (!signal.aborted && (await rollUp(db, "hour", "day", before(days.hour))) > 0);
}

// The oldest rows select the hours or days. All rows of each are combined into the first one with a count.
async function rollUp(
  db: Database,
  from: "reading" | "hour",
  to: "hour" | "day",
  before: Date,
): Promise<number> {
  const resolution = sql.raw(`'${from}'`);
  const span = sql.raw(to === "hour" ? "interval '1 hour'" : "interval '24 hours'");
  const { rows } = await db.execute<{ rows: number }>(sql`
    with oldest as (
      select channel_key, at from snapshots
      where grain = ${resolution} and ${HAS_ENDED}
        and at < date_trunc(${to}, ${before.toISOString()}::timestamptz, 'UTC')
      order by at limit ${BATCH}
    ), whole as (
      select distinct channel_key as key, date_trunc(${to}, at, 'UTC') as bucket from oldest
    ), taken as (
      select whole.*, of_bucket.* from whole cross join lateral (
        select ctid as place, at, until, subscriber_count as count, last_message_at as message,
          coalesce(least_count, subscriber_count) as least, coalesce(most_count, subscriber_count) as most
        from snapshots
        where channel_key = whole.key and at >= whole.bucket and at < whole.bucket + ${span}
          and grain = ${resolution} and ${HAS_ENDED}
        offset 0
      ) as of_bucket
    ), kept as (
      select (array_agg(place order by count is null, at))[1] as place, max(until) as until,
        (array_agg(count order by count is null, at desc))[1] as count,
        min(least) as least, max(most) as most, max(message) as message
      from taken group by key, bucket
    ), removed as (
      delete from snapshots where ctid = any(array(
        select place from taken except all select place from kept
      ))
    ), changed as (
      update snapshots set grain = ${to}, until = kept.until, subscriber_count = kept.count,
        least_count = kept.least, most_count = kept.most, last_message_at = kept.message
      from kept where snapshots.ctid = kept.place
      returning 1
    )
    select count(*)::integer as rows from changed`);
  return rows[0]?.rows ?? 0;
}

type Resolution = (typeof SNAPSHOT_RESOLUTIONS)[number];

type SnapshotCounts = Readonly<Record<Resolution, number>> & {
  /** There are more snapshots than were counted. */
  readonly isMore: boolean;
};

/** Counting more takes too long for a page. */
const MOST_COUNTED = 1_000_000;

/** Counts the snapshots of each resolution, about a million in total at most. */
export async function countSnapshots(db: Database): Promise<SnapshotCounts> {
  const { rows } = await db.execute<{ resolution: Resolution; count: number }>(sql`
    select grain as resolution, count(*)::integer as count
    from (select grain from snapshots limit ${MOST_COUNTED + 1}) as counted group by grain`);
  const counts = { reading: 0, hour: 0, day: 0 };
  for (const { resolution, count } of rows) counts[resolution] = count;
  return { ...counts, isMore: counts.reading + counts.hour + counts.day > MOST_COUNTED };
}
