import { sql } from "drizzle-orm";
import type { Transaction } from "@/lib/db/database";
import type { Change } from "../known-channel";
import type { Observed } from "../observations/observe";
import { COUNT_AS_OF, recordset } from "../sql";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

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
export function countAt(interval: Interval | undefined, time: Date): number | null {
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
  const { rows } = (await transaction.execute(sql`
    select times.key, times.span, as_of.subscriber_count::text as count,
      extract(epoch from as_of.until) * 1000 as until, extract(epoch from following.at) * 1000 as next
    from ${recordset("times", times, sql`key integer, span text, time timestamptz`)}
    ${COUNT_AS_OF}`)) as unknown as { rows: IntervalRow[] };
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
