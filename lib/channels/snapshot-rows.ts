import { setImmediate } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { SNAPSHOT_GRAINS } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";

export type SnapshotRows = Readonly<Record<(typeof SNAPSHOT_GRAINS)[number], number>> & {
  /** There are more than were counted. */
  readonly isMore: boolean;
};

/** Rows of one statement: the embedded store is busy with it for all of its time. */
const SLICE = 10_000;

/** What is worth counting while somebody waits. */
const MOST = 1_000_000;

/** How many snapshots there are of each grain, a slice at a time and a million in all at most. */
export async function countSnapshots(store: Store): Promise<SnapshotRows> {
  const counts = { reading: 0, hour: 0, day: 0 };
  let after = { key: 0, at: "-infinity" };
  for (let all = 0; all < MOST; all += SLICE) {
    const { rows } = (await store.execute(sql`
      with slice as materialized (
        select channel_key, at, grain from snapshots
        where (channel_key, at) > (${after.key}::integer, ${after.at}::timestamptz)
        order by channel_key, at limit ${SLICE}
      ), last as (select channel_key, at from slice order by channel_key desc, at desc limit 1)
      select grain, count(*)::integer as rows, (select channel_key from last) as key,
        (select at::text from last) as at
      from slice group by grain`)) as unknown as { rows: SliceRow[] };
    for (const { grain, rows: number } of rows) counts[grain] += number;
    const [first] = rows;
    const taken = rows.reduce((sum, row) => sum + row.rows, 0);
    if (first === undefined || taken < SLICE) return { ...counts, isMore: false };
    after = { key: first.key, at: first.at };
    // Others have their turn between two slices.
    await setImmediate();
  }
  return { ...counts, isMore: true };
}

type SliceRow = {
  readonly grain: (typeof SNAPSHOT_GRAINS)[number];
  readonly rows: number;
  readonly key: number;
  readonly at: string;
};
