import { sql } from "drizzle-orm";
import type { Transaction } from "@/lib/db/database";
import { countAt, SPAN_IDS, SPANS, type SpanId } from "./changes";
import { HELD_COUNT } from "./held-count";
import type { Observed } from "./observe";
import { recordset } from "./recordset";

/** How counts have moved, by the key of the channel; null where the earlier count is not known. */
export type Changes = ReadonlyMap<number, Readonly<Record<SpanId, number | null>>>;

/** How the counts that were just noted have moved. */
export async function readChanges(
  transaction: Transaction,
  observed: readonly Pick<Observed, "channel" | "isCounted">[],
): Promise<Changes> {
  const counted = observed.filter(({ isCounted }) => isCounted);
  if (counted.length === 0) return new Map();
  const asked = counted.flatMap(({ channel: { key, countedAt } }) =>
    SPAN_IDS.map((span) => ({
      key,
      span,
      time: new Date((countedAt?.getTime() ?? 0) - SPANS[span]),
    })),
  );
  const { rows } = (await transaction.execute(sql`
    select asked.key, asked.span, held.subscriber_count::text as count,
      extract(epoch from held.until) * 1000 as until, extract(epoch from later.at) * 1000 as next
    from ${recordset("asked", asked, sql`key integer, span text, time timestamptz`)}
    ${HELD_COUNT}`)) as unknown as { rows: HeldRow[] };
  const held = new Map(rows.map((row) => [`${row.key} ${row.span}`, row]));
  return new Map(
    counted.map(({ channel }) => {
      const { key, countedAt } = channel;
      const changes = SPAN_IDS.map((span) => {
        const row = held.get(`${key} ${span}`);
        const time = new Date((countedAt?.getTime() ?? 0) - SPANS[span]);
        const earlier = row && countedAt ? countAt(heldOf(row, countedAt), time) : null;
        return [span, earlier === null ? null : (channel.subscriberCount ?? 0) - earlier];
      });
      return [key, Object.fromEntries(changes)];
    }),
  );
}

type HeldRow = {
  readonly key: number;
  readonly span: SpanId;
  readonly count: string;
  /** Milliseconds, as the driver gives a numeric. */
  readonly until: string | number | null;
  readonly next: string | number | null;
};

// The newest row has no end yet: it was read so until now.
function heldOf({ count, until, next }: HeldRow, countedAt: Date) {
  const time = (value: string | number | null) =>
    value === null ? countedAt : new Date(Number(value));
  return { count: Number(count), until: time(until), nextAt: time(next) };
}
