import { eq, min, sql } from "drizzle-orm";
import { snapshots, watches } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { DAY_MS, daysBefore, HOUR_MS } from "@/lib/time";
import type { Change } from "../known-channel";
import type { Observed } from "../observations/observe";
import { COUNT_AS_OF, millisecondsOf, recordset } from "../sql";

/** The longest time between two readings in which the count counts as unchanged. */
export const UNCHANGED_MS = 26 * HOUR_MS;

/** The time spans of changes. Days have 24 hours. */
export const SPANS = {
  changeDay: DAY_MS,
  changeWeek: 7 * DAY_MS,
  changeMonth: 30 * DAY_MS,
} as const;

type SpanId = keyof typeof SPANS;

const SPAN_IDS = Object.keys(SPANS) as readonly SpanId[];

/** A count from its first to its last reading, and the time of the reading after it. */
type Interval = {
  readonly count: number;
  readonly until: Date;
  readonly nextAt: Date;
};

/** Returns the count at a time at or after its first reading; null if it is unknown. */
function countAt(interval: Interval | undefined, time: Date): number | null {
  if (interval === undefined) return null;
  const { count, until, nextAt } = interval;
  return until >= time || nextAt.getTime() - until.getTime() <= UNCHANGED_MS ? count : null;
}

/** Returns the change from the count and its difference; null if either is unknown. */
export function changeOf(count: number | null, absolute: number | null): Change | null {
  if (count === null || absolute === null) return null;
  const earlier = count - absolute;
  return { absolute, percent: earlier === 0 ? null : (absolute * 100) / earlier };
}

/** The differences of counts, by the key of the channel; null if the earlier count is unknown. */
export type Changes = ReadonlyMap<number, Readonly<Record<SpanId, number | null>>>;

/** Reads the changes of the counts that were just recorded. */
export async function readChanges(
  transaction: Transaction,
  observed: readonly Pick<Observed, "channel" | "isCounted">[],
): Promise<Changes> {
  const counted = observed.filter(({ isCounted }) => isCounted);
  if (counted.length === 0) return new Map();
  const times = counted.flatMap(({ channel: { key, countedAt } }) =>
    SPAN_IDS.map((span) => ({
      key,
      span,
      time: new Date((countedAt?.getTime() ?? 0) - SPANS[span]),
    })),
  );
  const { rows } = await transaction.execute<IntervalRow>(sql`
    select times.key, times.span, as_of.subscriber_count::text as count,
      extract(epoch from as_of.until) * 1000 as until, extract(epoch from following.at) * 1000 as next
    from ${recordset("times", times, sql`key integer, span text, time timestamptz`)}
    ${COUNT_AS_OF}`);
  const intervals = new Map(rows.map((row) => [`${row.key} ${row.span}`, row]));
  return new Map(
    counted.map(({ channel }) => {
      const { key, countedAt } = channel;
      const changes = SPAN_IDS.map((span) => {
        const row = intervals.get(`${key} ${span}`);
        const time = new Date((countedAt?.getTime() ?? 0) - SPANS[span]);
        const earlier = row && countedAt ? countAt(intervalOf(row, countedAt), time) : null;
        return [span, earlier === null ? null : (channel.subscriberCount ?? 0) - earlier];
      });
      return [key, Object.fromEntries(changes)];
    }),
  );
}

type IntervalRow = {
  readonly key: number;
  readonly span: SpanId;
  readonly count: string;
  /** Milliseconds. The driver returns a numeric as text. */
  readonly until: string | number | null;
  readonly next: string | number | null;
};

// The newest row has no end yet: the count was read until now.
function intervalOf({ count, until, next }: IntervalRow, countedAt: Date) {
  const time = (value: string | number | null) =>
    value === null ? countedAt : new Date(Number(value));
  return { count: Number(count), until: time(until), nextAt: time(next) };
}

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
