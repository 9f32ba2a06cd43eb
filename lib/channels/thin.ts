import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Store } from "@/lib/db/store";
import type { Env } from "@/lib/env";

const DAY_MS = 86_400_000;

/** Rows that one statement looks at: the embedded store is busy with it for all of its time. */
const ROWS = 2000;

/**
 * Makes one row an hour (UTC) of readings that have had their time, one a day of hours, and removes days
 * that have had theirs. What is left says the last count of its time, the least and the most of it, and how
 * long it was read. Left at any moment, it goes on where it was.
 */
export async function thinSnapshots(
  store: Store,
  days: Env["snapshotDays"],
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  const before = (kept: number) => new Date(now.getTime() - kept * DAY_MS);
  await inSlices(signal, () => thin(store, "reading", "hour", before(days.reading)));
  await inSlices(signal, () => thin(store, "hour", "day", before(days.hour)));
  await inSlices(signal, () => forget(store, before(days.day)));
}

/** Again and again until there was nothing left to do; others have their turn in between. */
async function inSlices(signal: AbortSignal, slice: () => Promise<number>): Promise<void> {
  while (!signal.aborted && (await slice()) > 0) await setImmediate();
}

// The oldest rows name the hours that are over; of each of these all rows are taken, whatever their number.
// The newest count of a channel stays as it is: it has no end yet.
async function thin(
  store: Store,
  from: "reading" | "hour",
  to: "hour" | "day",
  before: Date,
): Promise<number> {
  const bucket = sql.raw(`date_trunc('${to}', at at time zone 'UTC')`);
  const { rows } = (await store.execute(sql`
    with oldest as (
      select channel_key, at from snapshots
      where grain = ${sql.raw(`'${from}'`)} and at < date_trunc(${to}, ${before.toISOString()}::timestamptz at time zone 'UTC') at time zone 'UTC'
        and (until is not null or subscriber_count is null)
      order by at limit ${ROWS}
    ), whole as (
      select distinct channel_key, ${bucket} as bucket from oldest
    ), taken as (
      delete from snapshots using whole
      where snapshots.channel_key = whole.channel_key and grain = ${sql.raw(`'${from}'`)}
        and at >= whole.bucket at time zone 'UTC'
        and at < (whole.bucket + ${sql.raw(`interval '1 ${to}'`)}) at time zone 'UTC'
        and (until is not null or subscriber_count is null)
      returning snapshots.channel_key, at, until, subscriber_count, least_count, most_count,
        last_message_at, whole.bucket
    ), kept as (
      insert into snapshots (channel_key, at, grain, until, subscriber_count, least_count, most_count, last_message_at)
      select channel_key, coalesce(min(at) filter (where subscriber_count is not null), min(at)), ${sql.raw(`'${to}'`)},
        max(until), (array_agg(subscriber_count order by at desc) filter (where subscriber_count is not null))[1],
        min(coalesce(least_count, subscriber_count)), max(coalesce(most_count, subscriber_count)), max(last_message_at)
      from taken group by channel_key, bucket
      returning 1
    )
    select (select count(*) from kept)::integer as rows`)) as unknown as {
    rows: { rows: number }[];
  };
  return rows[0]?.rows ?? 0;
}

async function forget(store: Store, before: Date): Promise<number> {
  const { rows } = (await store.execute(sql`
    with oldest as (
      select channel_key, at from snapshots
      where grain = 'day' and at < ${before.toISOString()}::timestamptz
        and (until is not null or subscriber_count is null)
      order by at limit ${ROWS}
    ), removed as (
      delete from snapshots using oldest
      where snapshots.channel_key = oldest.channel_key and snapshots.at = oldest.at
      returning 1
    )
    select (select count(*) from removed)::integer as rows`)) as unknown as {
    rows: { rows: number }[];
  };
  return rows[0]?.rows ?? 0;
}
