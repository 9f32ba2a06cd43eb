import { and, eq, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels, watches } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { failure, type Result, success } from "@/lib/result";
import { type RefreshSettings, syncSchedule } from "./refresh/schedule";

/** The most watches of one person, and of the team. */
export const MAX_WATCHES = 10_000;

export type WatchChange = {
  /** At most 1,000. */
  readonly channelKeys: readonly number[];
  /** The person who makes the change, for themselves or for the team. */
  readonly userId: string;
  readonly isTeam: boolean;
  readonly watched: boolean;
};

/**
 * Adds or removes watches of a person or the team, updates the refresh periods and returns the number of
 * changed channels. Changes all of them, or none beyond the limit. Skips channels that do not exist.
 */
export async function setWatched(
  db: Database,
  change: WatchChange,
  settings: RefreshSettings,
): Promise<Result<number, "tooManyWatches">> {
  const changed = await db.transaction(async (transaction) => {
    // Serializes changes. Concurrent changes could exceed the limit.
    await transaction.execute(sql`lock table watches in share row exclusive mode`);
    return change.watched
      ? beginWatches(transaction, change, settings.now)
      : success(await endWatches(transaction, change));
  });
  if (!changed.ok) return changed;
  await syncSchedule(db, changed.value, settings);
  return success(changed.value.length);
}

async function beginWatches(
  transaction: Transaction,
  change: WatchChange,
  now: Date,
): Promise<Result<readonly number[], "tooManyWatches">> {
  const isOwn = belongsTo(change);
  const isWatched = sql`exists (select from watches where channel_key = key and ${isOwn})`;
  const added = await transaction
    .select({ key: channels.key })
    .from(channels)
    .where(and(isOneOf(channels.key, change), sql`not ${isWatched}`));
  if (added.length === 0) return success([]);
  const all = await transaction.$count(watches, isOwn);
  if (all + added.length > MAX_WATCHES) return failure("tooManyWatches");
  const keys = added.map(({ key }) => key);
  await transaction.execute(sql`
    insert into watches (channel_key, account_id, created_at)
    select key, ${change.isTeam ? null : change.userId}::uuid, ${now.toISOString()}::timestamptz
    from unnest(${sql.param(keys)}::integer[]) as key`);
  return success(keys);
}

async function endWatches(
  transaction: Transaction,
  change: WatchChange,
): Promise<readonly number[]> {
  const removed = await transaction
    .delete(watches)
    .where(and(belongsTo(change), isOneOf(watches.channelKey, change)))
    .returning({ key: watches.channelKey });
  return removed.map(({ key }) => key);
}

function belongsTo({ isTeam, userId }: WatchChange): SQL {
  return isTeam ? isNull(watches.accountId) : eq(watches.accountId, userId);
}

function isOneOf(key: SQLWrapper, { channelKeys }: WatchChange): SQL {
  return sql`${key} = any(${sql.param([...channelKeys])}::integer[])`;
}
