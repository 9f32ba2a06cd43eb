import { eq, min, sql } from "drizzle-orm";
import { snapshots, watches } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { daysBefore } from "../directory/conditions";
import { COUNT_AS_OF, millisecondsOf } from "../sql";
import { countAt } from "./changes";

/** A count of a channel, from its first to its last reading. */
export type HistoryPoint = {
  readonly at: Date;
  readonly until: Date;
  readonly count: number;
  /** The extremes of an hour or day; null for a single reading. */
  readonly least: number | null;
  readonly most: number | null;
  readonly resolution: "reading" | "hour" | "day";
};

type History = {
  /** Ascending by time. The first may start before the range and still apply at its start. */
  readonly points: readonly HistoryPoint[];
  /** The times of the last messages, ascending, each once. */
  readonly messages: readonly Date[];
};

/** Reads a channel's counts and messages in a time range, both ends included. */
export async function readHistory(
  db: Database,
  channelKey: number,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<History> {
  const readings = await readReadings(
    db,
    channelKey,
    await startOfCountAt(db, channelKey, from),
    to,
  );
  const points = readings.flatMap(pointOf);
  const times = new Set(readings.flatMap(([, , , , , , message]) => message ?? []));
  const messages = [...times]
    .filter((time) => time >= from.getTime() && time <= to.getTime())
    .toSorted((a, b) => a - b)
    .map((time) => new Date(time));
  return { points, messages };
}

/** Returns the start of the count that applies at a time, or that time if none is known. */
async function startOfCountAt(db: Database, channelKey: number, time: Date): Promise<Date> {
  const { rows } = await db.execute<{ at: string | number }>(sql`
    select ${millisecondsOf(snapshots.at)} as at from snapshots
    where channel_key = ${channelKey} and at <= ${time.toISOString()}::timestamptz
      and subscriber_count is not null
    order by at desc limit 1`);
  return rows[0] ? new Date(Number(rows[0].at)) : time;
}

// One JSON list is parsed several times faster than as many rows.
async function readReadings(
  db: Database,
  channelKey: number,
  begin: Date,
  end: Date,
): Promise<readonly Reading[]> {
  const { at, until, subscriberCount, leastCount, mostCount, resolution, lastMessageAt } =
    snapshots;
  const countedAt = sql`(select counted_at from channels where key = ${channelKey})`;
  const { rows } = await db.execute<{ readings: Reading[] | null }>(sql`
    select json_agg(json_build_array(
      ${millisecondsOf(at)}, ${millisecondsOf(sql`coalesce(${until}, ${countedAt})`)},
      ${subscriberCount}, ${leastCount}, ${mostCount}, ${resolution}, ${millisecondsOf(lastMessageAt)}
    )) as readings
    from (
      select * from snapshots
      where channel_key = ${channelKey} and at >= ${begin.toISOString()}::timestamptz
        and at <= ${end.toISOString()}::timestamptz
      order by at
    ) as snapshots`);
  return rows[0]?.readings ?? [];
}

type Reading = readonly [
  at: number,
  until: number | null,
  count: number | null,
  least: number | null,
  most: number | null,
  resolution: HistoryPoint["resolution"],
  message: number | null,
];

function pointOf([at, until, count, least, most, resolution]: Reading): HistoryPoint[] {
  if (count === null) return [];
  return [{ at: new Date(at), until: new Date(until ?? at), count, least, most, resolution }];
}

/** The days of a trend. */
export const TREND_DAYS = 30;

/** A channel's counts, one a day, oldest first; null if unknown. */
export type DailyCounts = readonly (number | null)[];

/** Reads the counts at this hour of each of the last 30 days, by the keys of the channels. */
export async function readTrends(
  db: Database,
  keys: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, DailyCounts>> {
  const trends = new Map(keys.map((key) => [key, Array<number | null>(TREND_DAYS).fill(null)]));
  for (const [key, day, count, until, next] of await readDailyCounts(db, keys, now)) {
    const time = daysBefore(now, day);
    // After the newest reading a count stays known as long as before another reading.
    const interval = {
      count,
      until: new Date(until),
      nextAt: next === null ? time : new Date(next),
    };
    trends.get(key)?.splice(TREND_DAYS - 1 - day, 1, countAt(interval, time));
  }
  return trends;
}

/** `until` is the last reading of the count and `next` the first reading after it, in milliseconds. */
type DailyCount = readonly [
  key: number,
  day: number,
  count: number,
  until: number,
  next: number | null,
];

// One JSON list is parsed several times faster than as many rows.
async function readDailyCounts(
  db: Database,
  keys: readonly number[],
  now: Date,
): Promise<readonly DailyCount[]> {
  const { rows } = await db.execute<{ counts: DailyCount[] | null }>(sql`
    select json_agg(json_build_array(
      times.key, times.day, as_of.subscriber_count,
      ${millisecondsOf(sql`coalesce(as_of.until, channels.counted_at)`)}, ${millisecondsOf(sql`following.at`)}
    )) as counts
    from (
      select key, day, ${now.toISOString()}::timestamptz - make_interval(secs => 86400 * day) as time
      from unnest(${sql.param([...keys])}::integer[]) as key, generate_series(0, ${TREND_DAYS - 1}) as day
    ) as times
    join channels on channels.key = times.key
    ${COUNT_AS_OF}`);
  return rows[0]?.counts ?? [];
}

/** Returns the start of the first watch of a channel; null if nobody watches it. */
export async function readWatchedSince(db: Database, channelKey: number): Promise<Date | null> {
  const [found] = await db
    .select({ since: min(watches.createdAt) })
    .from(watches)
    .where(eq(watches.channelKey, channelKey));
  return found?.since ?? null;
}
