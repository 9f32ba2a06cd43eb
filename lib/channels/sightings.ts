import { setImmediate } from "node:timers/promises";
import { and, asc, eq, sql } from "drizzle-orm";
import { channels } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { believed } from "./believed";
import { type Changes, readChanges } from "./history/changes";
import { type AllObserved, foldedKeys, observeAll, type Seen, type StoredChannel } from "./observe";
import type { Absence, Sighting } from "./sighting";
import { recordset } from "./sql";

/** Sightings that are written together: the embedded database is busy with each statement for all of it. */
const SLICE = 200;

/** Longer ids than any that may be asked for: an index could not hold just any. */
const LONGEST_ID = 200;

/**
 * Notes channels of an app as they were seen. A field that a sighting does not hold stays as it was known,
 * and nothing that is known from later is overwritten. Several sightings of one channel are taken in the
 * order of their times. A slice is noted whole or not at all.
 */
export async function noteSightings(
  db: Database,
  app: string,
  sightings: readonly Sighting[],
): Promise<void> {
  const seen = sightings
    .map(({ channel, seenAt }) => ({ channel: believed(channel, seenAt), seenAt }))
    .filter(({ channel }) => channel.channelId.length <= LONGEST_ID);
  const ordered = seen.toSorted((a, b) => a.seenAt.getTime() - b.seenAt.getTime());
  for (let at = 0; at < ordered.length; at += SLICE) {
    // Others have their turn between two slices.
    if (at > 0) await setImmediate();
    const slice = ordered.slice(at, at + SLICE);
    await db.transaction((transaction) => noteSlice(transaction, app, slice));
  }
}

/**
 * Notes that channels have gone, but of what was read later. What is known of them stays; of those that
 * were never met nothing is noted.
 */
export async function noteAbsences(
  db: Database,
  app: string,
  absences: readonly Absence[],
): Promise<void> {
  for (let at = 0; at < absences.length; at += SLICE) {
    if (at > 0) await setImmediate();
    const slice = absences.slice(at, at + SLICE);
    await db.transaction(async (transaction) => {
      const ids = slice.map(({ channelId }) => channelId);
      await lockStored(transaction, app, ids);
      await transaction.execute(sql`
        update channels set gone_at = gone."goneAt"
        from ${recordset("gone", slice, sql`"channelId" text, "goneAt" timestamptz`)}
        where app = ${app} and channel_id = gone."channelId" and gone_at is null
          and not coalesce(greatest(facts_at, coalesce(moved_since, counted_at)) > gone."goneAt", false)`);
    });
  }
}

async function noteSlice(
  transaction: Transaction,
  app: string,
  slice: readonly Seen[],
): Promise<void> {
  const seen = new Map<string, Seen[]>();
  for (const each of slice) {
    const { channelId } = each.channel;
    const others = seen.get(channelId);
    if (others) others.push(each);
    else seen.set(channelId, [each]);
  }
  await addUnknown(transaction, app, seen);
  const stored = await lockStored(transaction, app, [...seen.keys()]);
  const observed = stored.map((channel) => observeAll(channel, seen.get(channel.channelId) ?? []));
  await closeSnapshots(transaction, observed);
  await addSnapshots(transaction, observed);
  await updateChannels(transaction, observed, await readChanges(transaction, observed));
}

// Those that are known are not tried: each try takes a key, and there is an end to keys. The order is the
// same everywhere, so that two who add the same never wait for each other.
async function addUnknown(
  transaction: Transaction,
  app: string,
  seen: ReadonlyMap<string, readonly Seen[]>,
): Promise<void> {
  const rows = [...seen].map(([channelId, [first]]) => ({ channelId, seenAt: first?.seenAt }));
  await transaction.execute(sql`
    insert into channels (app, channel_id, search_text, name_key, first_seen_at, seen_at)
    select ${app}, "channelId", '', '', "seenAt", "seenAt"
    from ${recordset("added", rows, sql`"channelId" text, "seenAt" timestamptz`)}
    where not exists (select from channels where app = ${app} and channel_id = "channelId")
    order by "channelId" collate "C" on conflict do nothing`);
}

async function lockStored(
  transaction: Transaction,
  app: string,
  ids: readonly string[],
): Promise<StoredChannel[]> {
  const { key, channelId, name, ownerId, organization, introduction, avatarUrl } = channels;
  const { createdAt, subscriberCount, countedAt, lastMessageAt, lastMessageReadAt } = channels;
  const { snapshotAt, seenAt, goneAt, movedSince, factsAt } = channels;
  return transaction
    .select({
      ...{ key, channelId, name, ownerId, organization, introduction, avatarUrl, createdAt },
      ...{ subscriberCount, countedAt, lastMessageAt, lastMessageReadAt, snapshotAt },
      ...{ seenAt, goneAt, movedSince, factsAt },
    })
    .from(channels)
    .where(and(eq(channels.app, app), sql`${channelId} = any(${sql.param([...ids])}::text[])`))
    .orderBy(asc(key))
    .for("no key update");
}

async function closeSnapshots(
  transaction: Transaction,
  observed: readonly AllObserved[],
): Promise<void> {
  const rows = observed.flatMap(({ channel, closes }) =>
    closes ? [{ key: channel.key, at: closes.at, until: closes.until }] : [],
  );
  if (rows.length === 0) return;
  await transaction.execute(sql`
    update snapshots set until = closed.until
    from ${recordset("closed", rows, sql`key integer, at timestamptz, until timestamptz`)}
    where snapshots.channel_key = closed.key and snapshots.at = closed.at`);
}

async function addSnapshots(
  transaction: Transaction,
  observed: readonly AllObserved[],
): Promise<void> {
  const rows = observed.flatMap(({ channel: { key }, snapshots }) =>
    snapshots.map((snapshot) => ({ key, ...snapshot })),
  );
  if (rows.length === 0) return;
  const shape = sql`key integer, at timestamptz, until timestamptz, "subscriberCount" bigint, "lastMessageAt" timestamptz`;
  // Two readings in one millisecond: the one that came last counts.
  await transaction.execute(sql`
    insert into snapshots (channel_key, at, until, grain, subscriber_count, last_message_at)
    select key, at, until, 'reading', "subscriberCount", "lastMessageAt"
    from ${recordset("added", rows, shape)}
    on conflict (channel_key, at) do update set until = excluded.until,
      subscriber_count = coalesce(excluded.subscriber_count, snapshots.subscriber_count),
      last_message_at = excluded.last_message_at`);
}

async function updateChannels(
  transaction: Transaction,
  observed: readonly AllObserved[],
  changes: Changes,
): Promise<void> {
  const rows = observed.map(({ channel, isCounted }) => ({
    ...channel,
    ...foldedKeys(channel),
    isCounted,
    ...changes.get(channel.key),
  }));
  const shape = sql`key integer, name text, "ownerId" text, organization text, introduction text,
    "avatarUrl" text, "createdAt" timestamptz, "searchText" text, "nameKey" text,
    "subscriberCount" bigint, "countedAt" timestamptz, "lastMessageAt" timestamptz,
    "lastMessageReadAt" timestamptz, "snapshotAt" timestamptz, "seenAt" timestamptz,
    "goneAt" timestamptz, "movedSince" timestamptz, "factsAt" timestamptz, "isCounted" boolean, "changeDay" bigint, "changeWeek" bigint,
    "changeMonth" bigint`;
  await transaction.execute(sql`
    update channels set name = seen.name, owner_id = seen."ownerId",
      organization = seen.organization, introduction = seen.introduction,
      avatar_url = seen."avatarUrl", created_at = seen."createdAt",
      search_text = seen."searchText", name_key = seen."nameKey",
      subscriber_count = seen."subscriberCount", counted_at = seen."countedAt",
      last_message_at = seen."lastMessageAt", last_message_read_at = seen."lastMessageReadAt",
      snapshot_at = seen."snapshotAt", seen_at = seen."seenAt", gone_at = seen."goneAt",
      moved_since = seen."movedSince", facts_at = seen."factsAt",
      refresh_problem = case when seen."isCounted" then null else refresh_problem end,
      change_day = case when seen."isCounted" then seen."changeDay" else change_day end,
      change_week = case when seen."isCounted" then seen."changeWeek" else change_week end,
      change_month = case when seen."isCounted" then seen."changeMonth" else change_month end
    from ${recordset("seen", rows, shape)} where channels.key = seen.key`);
}
