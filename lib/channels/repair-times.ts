import { setImmediate } from "node:timers/promises";
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { instant } from "./directory/conditions";
import { lockChannels } from "./refresh-terms";

/** The largest difference between the clocks of two instances. A later time is that of a wrong clock. */
const CLOCK_SKEW_MS = 300_000;

/** Channels that are looked at together: the embedded store is busy with them for all of it. */
const SLICE = 2000;

/**
 * Makes times that are yet to come those of now: they are of before the clock was set back, and until they
 * had come nothing that is read would be newer. The snapshots of those times are dropped: they would stand
 * among the ones to come. May be stopped between two slices.
 */
export async function repairTimes(db: Database, now: Date, signal: AbortSignal): Promise<void> {
  const { rows } = (await db.execute(sql`select max(key) as last from channels`)) as unknown as {
    rows: { last: number | null }[];
  };
  const last = rows[0]?.last ?? 0;
  for (let from = 0; from < last && !signal.aborted; from += SLICE) {
    const keys = await listAhead(db, from, now);
    if (keys.length > 0) await setBack(db, keys, now);
    await setImmediate();
  }
}

async function listAhead(db: Database, from: number, now: Date): Promise<number[]> {
  const { key, seenAt, countedAt, factsAt, lastMessageReadAt, goneAt } = channels;
  const latest = instant(new Date(now.getTime() + CLOCK_SKEW_MS));
  const { rows } = (await db.execute(sql`
    select key from channels where ${key} > ${from} and ${key} <= ${from + SLICE}
      and (greatest(${seenAt}, ${countedAt}, ${factsAt}, ${lastMessageReadAt}, ${goneAt}) > ${latest}
        or ${isDueTooLate(now)})`)) as unknown as { rows: { key: number }[] };
  return rows.map((row) => row.key);
}

/** A turn is never further away than a period and a tenth, which of a channel that is gone is a day. */
function isDueTooLate(now: Date): SQL {
  const { refreshDueAt, refreshMinutes, goneAt } = channels;
  const minutes = sql`case when ${goneAt} is null then ${refreshMinutes} else greatest(${refreshMinutes}, 1440) end`;
  return sql`${refreshDueAt} > ${instant(now)} + 2 * (${minutes}) * interval '1 minute'`;
}

async function setBack(db: Database, keys: readonly number[], now: Date): Promise<void> {
  const { firstSeenAt, seenAt, countedAt, movedSince, factsAt } = channels;
  const { lastMessageReadAt, goneAt, refreshDueAt, snapshotAt } = channels;
  const time = instant(now);
  const past = (column: SQLWrapper) =>
    sql`case when ${column} > ${time} then ${time} else ${column} end`;
  await db.transaction(async (transaction) => {
    const locked = sql`${sql.param(await lockChannels(transaction, keys))}::integer[]`;
    await transaction.execute(
      sql`delete from snapshots where channel_key = any(${locked}) and at > ${time}`,
    );
    await transaction.execute(sql`
      update channels set first_seen_at = ${past(firstSeenAt)}, seen_at = ${past(seenAt)},
        counted_at = ${past(countedAt)}, moved_since = ${past(movedSince)},
        facts_at = ${past(factsAt)}, last_message_read_at = ${past(lastMessageReadAt)},
        gone_at = ${past(goneAt)},
        snapshot_at = case when ${snapshotAt} > ${time} then null else ${snapshotAt} end,
        refresh_due_at = case when ${isDueTooLate(now)} then ${time} else ${refreshDueAt} end
      where key = any(${locked})`);
  });
}
