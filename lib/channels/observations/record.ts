import { and, asc, eq, sql } from "drizzle-orm";
import { type Changes, readChanges } from "@/lib/channels/history/history";
import type { Channel } from "@/lib/chat-api/types";
import { channels } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { recordset } from "../sql";
import {
  type AllObserved,
  foldedKeys,
  observeAll,
  type SanitizedObservation,
  type StoredChannel,
  sanitizeChannel,
} from "./observe";

/** A channel as an API response contained it: a field that was not requested is absent. */
export type Observation = { readonly channel: Channel; readonly seenAt: Date };

/** The API said that a channel no longer exists (130004). */
export type Absence = { readonly channelId: string; readonly goneAt: Date };

/** Rows of one transaction: other statements of an embedded database wait for it. */
const BATCH = 500;

/** Longer ids cannot be requested, and an index cannot hold every length. */
const LONGEST_ID = 200;

/**
 * Records observations of an app's channels. A field that an observation lacks keeps its stored value, and
 * later knowledge is never overwritten. Observations of one channel apply in the order of their times.
 * Each batch is recorded completely or not at all.
 */
export async function recordObservations(
  db: Database,
  app: string,
  observations: readonly Observation[],
): Promise<void> {
  const ordered = observations
    .map(({ channel, seenAt }) => ({ channel: sanitizeChannel(channel, seenAt), seenAt }))
    .filter(({ channel }) => channel.channelId.length <= LONGEST_ID)
    .toSorted((a, b) => a.seenAt.getTime() - b.seenAt.getTime());
  for (let at = 0; at < ordered.length; at += BATCH) {
    const batch = ordered.slice(at, at + BATCH);
    await db.transaction((transaction) => recordBatch(transaction, app, batch));
  }
}

/** Records that channels no longer exist, unless they were read later. Unknown channels are ignored. */
export async function recordAbsences(
  db: Database,
  app: string,
  absences: readonly Absence[],
): Promise<void> {
  if (absences.length === 0) return;
  await db.transaction(async (transaction) => {
    const ids = absences.map(({ channelId }) => channelId);
    await lockStored(transaction, app, ids);
    await transaction.execute(sql`
      update channels set gone_at = gone."goneAt"
      from ${recordset("gone", absences, sql`"channelId" text, "goneAt" timestamptz`)}
      where app = ${app} and channel_id = gone."channelId" and gone_at is null
        and not coalesce(greatest(facts_at, coalesce(moved_since, counted_at)) > gone."goneAt", false)`);
  });
}

async function recordBatch(
  transaction: Transaction,
  app: string,
  batch: readonly SanitizedObservation[],
): Promise<void> {
  const seen = new Map<string, SanitizedObservation[]>();
  for (const each of batch) {
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

// Known channels are left out, because each attempt uses up a key. The fixed order prevents deadlocks.
async function addUnknown(
  transaction: Transaction,
  app: string,
  seen: ReadonlyMap<string, readonly SanitizedObservation[]>,
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
  // Of two readings in one millisecond, the last one counts.
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
