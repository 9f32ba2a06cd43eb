import { sql } from "drizzle-orm";
import { snapshots } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { millisecondsOf } from "./milliseconds";

/** A count of a channel, from its first reading to the last one that gave it. */
export type HistoryPoint = {
  readonly at: Date;
  readonly until: Date;
  readonly count: number;
  /** The extremes of an hour or a day; null of a single reading. */
  readonly least: number | null;
  readonly most: number | null;
  readonly grain: "reading" | "hour" | "day";
};

export type History = {
  /** In the order of their times. The first may have begun before the range: it holds when that begins. */
  readonly points: readonly HistoryPoint[];
  /** The last messages that were seen, in order, each once. */
  readonly messages: readonly Date[];
};

/** What is known of a channel's counts and messages in a range of time, both ends included. */
export async function readHistory(
  db: Database,
  channelKey: number,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<History> {
  const readings = await readReadings(db, channelKey, await holdsAt(db, channelKey, from), to);
  const points = readings.flatMap(pointOf);
  const times = new Set(readings.flatMap(([, , , , , , message]) => message ?? []));
  const messages = [...times]
    .filter((time) => time >= from.getTime() && time <= to.getTime())
    .toSorted((a, b) => a - b)
    .map((time) => new Date(time));
  return { points, messages };
}

/** When the count began that holds at a time, or that time if none is known. */
async function holdsAt(db: Database, channelKey: number, time: Date): Promise<Date> {
  const { rows } = await db.execute<{ at: string | number }>(sql`
    select ${millisecondsOf(snapshots.at)} as at from snapshots
    where channel_key = ${channelKey} and at <= ${time.toISOString()}::timestamptz
      and subscriber_count is not null
    order by at desc limit 1`);
  return rows[0] ? new Date(Number(rows[0].at)) : time;
}

// One list: parsing as many rows takes several times as long.
async function readReadings(
  db: Database,
  channelKey: number,
  begin: Date,
  end: Date,
): Promise<readonly Reading[]> {
  const { at, until, subscriberCount, leastCount, mostCount, grain, lastMessageAt } = snapshots;
  const countedAt = sql`(select counted_at from channels where key = ${channelKey})`;
  const { rows } = await db.execute<{ readings: Reading[] | null }>(sql`
    select json_agg(json_build_array(
      ${millisecondsOf(at)}, ${millisecondsOf(sql`coalesce(${until}, ${countedAt})`)},
      ${subscriberCount}, ${leastCount}, ${mostCount}, ${grain}, ${millisecondsOf(lastMessageAt)}
    )) as readings
    from (
      select * from snapshots
      where channel_key = ${channelKey} and at >= ${begin.toISOString()}::timestamptz
        and at <= ${end.toISOString()}::timestamptz
      order by at
    ) as snapshots`);
  return rows[0]?.readings ?? [];
}

/** When it was read first and last, the count, the least and the most, the grain, the last message. */
type Reading = readonly [
  at: number,
  until: number | null,
  count: number | null,
  least: number | null,
  most: number | null,
  grain: HistoryPoint["grain"],
  message: number | null,
];

function pointOf([at, until, count, least, most, grain]: Reading): HistoryPoint[] {
  if (count === null) return [];
  return [{ at: new Date(at), until: new Date(until ?? at), count, least, most, grain }];
}
