import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { MINUTE_MS } from "@/lib/time";
import { instant } from "../directory/conditions";

/** The interval between two runs of the refresh job. */
export const REFRESH_EVERY_MS = 10_000;

const DAY_MINUTES = 1440;

/** The largest pace, as a multiple of what the periods need. */
const CATCH_UP = 2;

const SHORTEST_WAIT_MS = 30_000;

/** A watched channel that is due. */
export type DueChannel = {
  readonly key: number;
  readonly channelId: string;
  readonly dueAt: Date;
  readonly minutes: number;
  readonly isGone: boolean;
  /** When its count was last read, or when it was first seen. */
  readonly since: Date;
};

/**
 * Returns the most calls of one run, from the number of watched channels by period: twice what it takes to
 * refresh each once a period. After any pause the calls are spread, and all is caught up within a period.
 */
export function callsOfRun(
  watched: readonly { readonly minutes: number; readonly count: number }[],
  idsOfCall: number,
): number {
  const runs = (minutes: number) => (minutes * MINUTE_MS) / REFRESH_EVERY_MS;
  const channels = watched.reduce((sum, { minutes, count }) => sum + count / runs(minutes), 0);
  return Math.max(1, Math.ceil((CATCH_UP * channels) / idsOfCall));
}

/**
 * Returns when a channel that was read is due next: a period after it was due, plus or minus a tenth. If
 * that is within half a period from now, it is half a period to a period from now instead. A channel that
 * is gone is read at most once a day.
 */
export function nextDue(
  { dueAt, minutes, isGone }: Pick<DueChannel, "dueAt" | "minutes" | "isGone">,
  now: Date,
  random: () => number,
): Date {
  const period = (isGone ? Math.max(minutes, DAY_MINUTES) : minutes) * MINUTE_MS;
  const share = random();
  const next = dueAt.getTime() + period * (0.9 + 0.2 * share);
  if (next >= now.getTime() + period / 2) return new Date(next);
  return new Date(now.getTime() + period * (0.5 + 0.5 * share));
}

/**
 * Returns when a channel is retried after a failed call: after a pause as long as its delay so far, so that
 * pauses double. A pause lasts from half a minute to a period.
 */
export function retryDue(
  { since, minutes }: Pick<DueChannel, "since" | "minutes">,
  now: Date,
  random: () => number,
): Date {
  const period = minutes * MINUTE_MS;
  const late = now.getTime() - since.getTime() - period;
  const wait = Math.min(Math.max(late, SHORTEST_WAIT_MS), period);
  return new Date(now.getTime() + wait * (0.9 + 0.2 * random()));
}

/** The period of watched channels without a tag that has its own, and the present time. */
export type RefreshSettings = {
  readonly refreshMinutes: number;
  readonly now: Date;
};

/** Channels of one transaction: other statements of an embedded database wait for it. */
const BATCH = 5000;

/** The largest difference between the clocks of two instances. A later time comes from a wrong clock. */
const CLOCK_SKEW_MS = 300_000;

const rightMinutes = (refreshMinutes: number) => sql`
  case when exists (select from watches where watches.channel_key = channels.key)
  then coalesce(
    (select min(tags.refresh_minutes) from channel_tags
      join tags on tags.name = channel_tags.tag where channel_tags.channel_key = channels.key),
    ${refreshMinutes}::integer
  ) end`;

// Where in its period a channel is refreshed first, from 0 to 1, the same in every database.
const DIGEST = sql`sha256(convert_to(app || ' ' || channel_id, 'UTF8'))`;
const SHARE = sql`(get_byte(${DIGEST}, 0) * 256 + get_byte(${DIGEST}, 1)) / 65536.0`;
const FIRST_SHARE = sql`case when counted_at is null then 0 else ${SHARE} end`;

/** Locks channels until the end of the transaction, in a fixed order. Returns the keys that exist. */
export async function lockChannels(
  transaction: Transaction,
  keys: readonly number[],
): Promise<number[]> {
  const { rows } = await transaction.execute<{ key: number }>(sql`
    select key from channels where key = any(${sql.param([...keys])}::integer[])
    order by key for no key update`);
  return rows.map(({ key }) => key);
}

/**
 * Sets the period and the next refresh of channels from their watches and tags. Unwatched channels are
 * never due, uncounted ones at once, others within their period at their own time, or earlier if they are
 * due earlier. A channel with the right period stays as it is.
 *
 * Call it after the transaction that changes watches or tags: of two changes at the same time, the later
 * call then sees both. `syncAllSchedules` repairs what a crash leaves behind.
 */
export async function syncSchedule(
  db: Database,
  keys: readonly number[],
  { refreshMinutes, now }: RefreshSettings,
): Promise<void> {
  for (let at = 0; at < keys.length; at += BATCH) {
    await db.transaction(async (transaction) => {
      const locked = await lockChannels(transaction, keys.slice(at, at + BATCH));
      await transaction.execute(sql`
        update channels set refresh_minutes = target.minutes,
          refresh_problem = case when target.minutes is null then null else refresh_problem end,
          refresh_due_at = case when target.minutes is not null then least(
            refresh_due_at,
            ${instant(now)} + target.minutes * ${FIRST_SHARE} * interval '1 minute'
          ) end
        from (
          select key as target_key, ${rightMinutes(refreshMinutes)} as minutes from channels
          where key = any(${sql.param(locked)}::integer[])
        ) as target
        where key = target_key and refresh_minutes is distinct from target.minutes`);
    });
  }
}

/** Does the same for all channels: the default period may have changed, and watchers may have left. */
export async function syncAllSchedules(db: Database, settings: RefreshSettings): Promise<void> {
  const { rows } = await db.execute<{ key: number }>(sql`
    select key from channels
    where refresh_minutes is distinct from (${rightMinutes(settings.refreshMinutes)}) order by key`);
  const keys = rows.map(({ key }) => key);
  await syncSchedule(db, keys, settings);
}

/**
 * Replaces future times by the present. They are from before the clock was set back, and would make every
 * new reading look old. Snapshots of those times are deleted, as they would mix with new ones.
 */
export async function repairTimes(db: Database, now: Date): Promise<void> {
  const { firstSeenAt, seenAt, countedAt, movedSince, factsAt } = channels;
  const { key, lastMessageReadAt, goneAt, refreshDueAt, snapshotAt } = channels;
  const time = instant(now);
  const latest = instant(new Date(now.getTime() + CLOCK_SKEW_MS));
  const past = (column: SQLWrapper) =>
    sql`case when ${column} > ${time} then ${time} else ${column} end`;
  await db.transaction(async (transaction) => {
    const { rows } = await transaction.execute<{ key: number }>(sql`
      select ${key} as key from ${channels}
      where greatest(${seenAt}, ${countedAt}, ${factsAt}, ${lastMessageReadAt}, ${goneAt}) > ${latest}
        or ${isDueTooLate(now)}
      order by key for no key update`);
    if (rows.length === 0) return;
    const wrong = sql`${sql.param(rows.map((row) => row.key))}::integer[]`;
    await transaction.execute(
      sql`delete from snapshots where channel_key = any(${wrong}) and at > ${time}`,
    );
    await transaction.execute(sql`
      update channels set first_seen_at = ${past(firstSeenAt)}, seen_at = ${past(seenAt)},
        counted_at = ${past(countedAt)}, moved_since = ${past(movedSince)},
        facts_at = ${past(factsAt)}, last_message_read_at = ${past(lastMessageReadAt)},
        gone_at = ${past(goneAt)},
        snapshot_at = case when ${snapshotAt} > ${time} then null else ${snapshotAt} end,
        refresh_due_at = case when ${isDueTooLate(now)} then ${time} else ${refreshDueAt} end
      where key = any(${wrong})`);
  });
}

/** A refresh is due within 1.1 periods. A channel that is gone has a period of at least a day. */
function isDueTooLate(now: Date): SQL {
  const { refreshDueAt, refreshMinutes, goneAt } = channels;
  const minutes = sql`case when ${goneAt} is null then ${refreshMinutes} else greatest(${refreshMinutes}, 1440) end`;
  return sql`${refreshDueAt} > ${instant(now)} + 2 * (${minutes}) * interval '1 minute'`;
}
