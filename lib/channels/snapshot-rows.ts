import { sql } from "drizzle-orm";
import type { SNAPSHOT_GRAINS } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";

type Grain = (typeof SNAPSHOT_GRAINS)[number];

export type SnapshotRows = Readonly<Record<Grain, number>> & {
  /** There are more than were counted. */
  readonly isMore: boolean;
};

/** What is worth counting while somebody waits. */
const MOST = 1_000_000;

/** Counts the snapshots of each grain, about a million in all at most. */
export async function countSnapshots(db: Database): Promise<SnapshotRows> {
  const { rows } = await db.execute<{ grain: Grain; rows: number }>(sql`
    select grain, count(*)::integer as rows
    from (select grain from snapshots limit ${MOST + 1}) as counted group by grain`);
  const counts = new Map(rows.map((row) => [row.grain, row.rows]));
  const [reading = 0, hour = 0, day = 0] = (["reading", "hour", "day"] as const).map((grain) =>
    counts.get(grain),
  );
  return { reading, hour, day, isMore: reading + hour + day > MOST };
}
