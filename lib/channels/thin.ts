import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import type { Env } from "@/lib/env";

const DAY_MS = 86_400_000;

/** Hours and days that one statement makes: the embedded database is busy with it for all of its time. */
const BUCKETS = { hour: 100, day: 100 };
/** Days that one statement removes. */
const FORGOTTEN = 500;

/** The newest count of a channel has no end yet, and stays a reading. */
const HAS_ENDED = sql`(until is not null or subscriber_count is null)`;

/**
 * Makes one row an hour (UTC) of readings that have had their time, one a day of hours, and removes days
 * that have had theirs. What is left says the last count of its time, the least and the most of it, and how
 * long it was read. Left at any moment, it goes on where it was.
 */
export async function thinSnapshots(
  db: Database,
  days: Env["snapshotDays"],
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  const before = (kept: number) => new Date(now.getTime() - kept * DAY_MS);
  await inSlices(signal, () => thin(db, "reading", "hour", before(days.reading)));
  await inSlices(signal, () => thin(db, "hour", "day", before(days.hour)));
  await inSlices(signal, () => forget(db, before(days.day)));
}

/** Again and again until there was nothing left to do; others have their turn in between. */
async function inSlices(signal: AbortSignal, slice: () => Promise<number>): Promise<void> {
  while (!signal.aborted && (await slice()) > 0) await setImmediate();
}

// The oldest rows name the hours that are over; of each of these all rows are taken, whatever their number,
// and the first count of them becomes what is left.
async function thin(
  db: Database,
  from: "reading" | "hour",
  to: "hour" | "day",
  before: Date,
): Promise<number> {
  const grain = sql.raw(`'${from}'`);
  const span = sql.raw(to === "hour" ? "interval '1 hour'" : "interval '24 hours'");
  const { rows } = (await db.execute(sql`
    with oldest as (
      select channel_key, at from snapshots
      where grain = ${grain} and ${HAS_ENDED}
        and at < date_trunc(${to}, ${before.toISOString()}::timestamptz, 'UTC')
      order by at limit ${BUCKETS[to]}
    ), whole as (
      select distinct channel_key as key, date_trunc(${to}, at, 'UTC') as bucket from oldest
    ), taken as (
      select whole.*, of_bucket.* from whole cross join lateral (
        select ctid as place, at, until, subscriber_count as count, last_message_at as message,
          coalesce(least_count, subscriber_count) as least, coalesce(most_count, subscriber_count) as most
        from snapshots
        where channel_key = whole.key and at >= whole.bucket and at < whole.bucket + ${span}
          and grain = ${grain} and ${HAS_ENDED}
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
    select count(*)::integer as rows from changed`)) as unknown as { rows: { rows: number }[] };
  return rows[0]?.rows ?? 0;
}

async function forget(db: Database, before: Date): Promise<number> {
  const { rows } = (await db.execute(sql`
    with removed as (
      delete from snapshots where ctid = any(array(
        select ctid from snapshots
        where grain = 'day' and at < ${before.toISOString()}::timestamptz
        order by at limit ${FORGOTTEN}
      ))
      returning 1
    )
    select count(*)::integer as rows from removed`)) as unknown as { rows: { rows: number }[] };
  return rows[0]?.rows ?? 0;
}
