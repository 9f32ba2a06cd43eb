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

/** What is known of a channel's counts and messages in a range of time, both ends included. */
export async function readHistory(
  store: Store,
  channelKey: number,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<History> {
  const [begin, end] = [from.toISOString(), to.toISOString()];
  const { rows } = (await store.execute(sql`
    select extract(epoch from at) * 1000 as at, extract(epoch from coalesce(until, counted_at)) * 1000 as until,
      snapshots.subscriber_count::text as count, least_count::text as least, most_count::text as most, grain,
      extract(epoch from snapshots.last_message_at) * 1000 as message
    from snapshots join channels on channels.key = channel_key
    where channel_key = ${channelKey} and at <= ${end}::timestamptz and at >= coalesce((
      select max(at) from snapshots
      where channel_key = ${channelKey} and at <= ${begin}::timestamptz and subscriber_count is not null
    ), ${begin}::timestamptz)
    order by at`)) as unknown as { rows: Row[] };
  const points = rows.flatMap(({ at, until, count, least, most, grain }) =>
    count === null
      ? []
      : [
          {
            at: timeOf(at),
            until: timeOf(until ?? at),
            count: Number(count),
            least: least === null ? null : Number(least),
            most: most === null ? null : Number(most),
            grain,
          },
        ],
  );
  const times = rows.flatMap(({ message }) => (message === null ? [] : [Number(message)]));
  const messages = [...new Set(times)]
    .filter((time) => time >= from.getTime() && time <= to.getTime())
    .toSorted((a, b) => a - b)
    .map((time) => new Date(time));
  return { points, messages };
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
