import { sql } from "drizzle-orm";
import type { Store } from "@/lib/db/store";

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

/** Rows of one statement: the embedded store is busy with it for all of its time. */
const SLICE = 2000;

/** What is known of a channel's counts and messages in a range of time, both ends included. */
export async function readHistory(
  store: Store,
  channelKey: number,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<History> {
  const points: HistoryPoint[] = [];
  const times = new Set<number>();
  let begin = await holdsAt(store, channelKey, from);
  for (let isMore = true; isMore; ) {
    const rows = await readRows(store, channelKey, begin, to);
    for (const { message } of rows) if (message !== null) times.add(Number(message));
    points.push(...rows.flatMap(pointOf));
    const last = rows.at(-1);
    isMore = rows.length === SLICE;
    if (last) begin = new Date(Number(last.at) + 1);
  }
  const messages = [...times]
    .filter((time) => time >= from.getTime() && time <= to.getTime())
    .toSorted((a, b) => a - b)
    .map((time) => new Date(time));
  return { points, messages };
}

/** When the count began that holds at a time, or that time if none is known. */
async function holdsAt(store: Store, channelKey: number, time: Date): Promise<Date> {
  const { rows } = (await store.execute(sql`
    select extract(epoch from at) * 1000 as at from snapshots
    where channel_key = ${channelKey} and at <= ${time.toISOString()}::timestamptz
      and subscriber_count is not null
    order by at desc limit 1`)) as unknown as { rows: Pick<Row, "at">[] };
  return rows[0] ? timeOf(rows[0].at) : time;
}

async function readRows(store: Store, channelKey: number, begin: Date, end: Date): Promise<Row[]> {
  const { rows } = (await store.execute(sql`
    select extract(epoch from at) * 1000 as at, extract(epoch from coalesce(until, counted_at)) * 1000 as until,
      snapshots.subscriber_count::text as count, least_count::text as least, most_count::text as most, grain,
      extract(epoch from snapshots.last_message_at) * 1000 as message
    from snapshots join channels on channels.key = channel_key
    where channel_key = ${channelKey} and at >= ${begin.toISOString()}::timestamptz
      and at <= ${end.toISOString()}::timestamptz
    order by at limit ${SLICE}`)) as unknown as { rows: Row[] };
  return rows;
}

function pointOf({ at, until, count, least, most, grain }: Row): HistoryPoint[] {
  if (count === null) return [];
  return [
    {
      at: timeOf(at),
      until: timeOf(until ?? at),
      count: Number(count),
      least: least === null ? null : Number(least),
      most: most === null ? null : Number(most),
      grain,
    },
  ];
}

/** Times in milliseconds and counts, as the driver gives numbers that may be large. */
type Row = {
  readonly at: string | number;
  readonly until: string | number | null;
  readonly count: string | null;
  readonly least: string | null;
  readonly most: string | null;
  readonly grain: HistoryPoint["grain"];
  readonly message: string | number | null;
};

function timeOf(milliseconds: string | number): Date {
  return new Date(Number(milliseconds));
}
