import { setImmediate } from "node:timers/promises";
import { and, asc, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { channels } from "@/lib/db/schema";
import type { Store, Transaction } from "@/lib/db/store";
import { believed, type KeptChannel } from "./believed";
import { type Changes, readChanges } from "./changes-read";
import { foldedKeys, type Observed, observe, type StoredChannel } from "./observe";
import { recordset } from "./recordset";
import type { Absence, Sighting } from "./sighting";

/** Channels that are written together: the embedded store is busy with each statement for all of it. */
const SLICE = 200;

type Seen = { readonly channel: KeptChannel; readonly seenAt: Date };

/**
 * Notes channels of an app as they were seen. A field that a sighting does not hold stays as it was known,
 * and nothing that is known from later is overwritten. Several sightings of one channel are taken in the
 * order of their times. A slice is noted whole or not at all.
 */
export async function noteSightings(
  store: Store,
  app: string,
  sightings: readonly Sighting[],
): Promise<void> {
  const seen = sightings.map(({ channel, seenAt }) => ({
    channel: believed(channel, seenAt),
    seenAt,
  }));
  for (const [index, slice] of slicesOf(seen).entries()) {
    // Others have their turn between two slices.
    if (index > 0) await setImmediate();
    await store.transaction((transaction) => noteSlice(transaction, app, slice));
  }
}

/** Notes that channels have gone. What is known of them stays; of those that were never met nothing is noted. */
export async function noteAbsences(
  store: Store,
  app: string,
  absences: readonly Absence[],
): Promise<void> {
  for (const { channelId, goneAt } of absences) {
    await store
      .update(channels)
      .set({ goneAt })
      .where(
        and(
          eq(channels.app, app),
          eq(channels.channelId, channelId),
          isNull(channels.goneAt),
          lte(channels.seenAt, goneAt),
        ),
      );
  }
}

/** Slices in which no channel comes twice, each in one order, so that two of them never wait for each other. */
function slicesOf(seen: readonly Seen[]): Seen[][] {
  const rounds: Map<string, Seen>[] = [];
  const roundOf = new Map<string, number>();
  for (const each of seen.toSorted((a, b) => a.seenAt.getTime() - b.seenAt.getTime())) {
    const { channelId } = each.channel;
    const number = roundOf.get(channelId) ?? 0;
    roundOf.set(channelId, number + 1);
    const round = rounds[number] ?? new Map<string, Seen>();
    rounds[number] = round.set(channelId, each);
  }
  return rounds.flatMap((round) => {
    const ordered = [...round.values()].toSorted((a, b) =>
      a.channel.channelId < b.channel.channelId ? -1 : 1,
    );
    return Array.from({ length: Math.ceil(ordered.length / SLICE) }, (_, index) =>
      ordered.slice(index * SLICE, (index + 1) * SLICE),
    );
  });
}

async function noteSlice(
  transaction: Transaction,
  app: string,
  slice: readonly Seen[],
): Promise<void> {
  await addUnknown(transaction, app, slice);
  const stored = await lockStored(transaction, app, slice);
  const observed = slice.flatMap(({ channel, seenAt }) => {
    const before = stored.get(channel.channelId);
    return before ? [observe(before, channel, seenAt)] : [];
  });
  await closeSnapshots(transaction, observed);
  await addSnapshots(transaction, observed);
  await updateChannels(transaction, observed, await readChanges(transaction, observed));
}

async function addUnknown(
  transaction: Transaction,
  app: string,
  slice: readonly Seen[],
): Promise<void> {
  const rows = slice.map(({ channel, seenAt }) => ({
    app,
    channelId: channel.channelId,
    searchText: "",
    nameKey: "",
    firstSeenAt: seenAt,
    // Nothing was read of it yet, so that what comes now is newer.
    seenAt,
  }));
  await transaction.insert(channels).values(rows).onConflictDoNothing();
}

async function lockStored(
  transaction: Transaction,
  app: string,
  slice: readonly Seen[],
): Promise<Map<string, StoredChannel>> {
  const ids = slice.map(({ channel }) => channel.channelId);
  const { key, channelId, name, ownerId, organization, introduction, avatarUrl } = channels;
  const { createdAt, subscriberCount, countedAt, lastMessageAt, lastMessageReadAt } = channels;
  const { snapshotAt, seenAt, goneAt } = channels;
  const rows = await transaction
    .select({
      ...{ key, channelId, name, ownerId, organization, introduction, avatarUrl, createdAt },
      ...{ subscriberCount, countedAt, lastMessageAt, lastMessageReadAt, snapshotAt },
      ...{ seenAt, goneAt },
    })
    .from(channels)
    .where(and(eq(channels.app, app), inArray(channelId, ids)))
    .orderBy(asc(key))
    .for("no key update");
  return new Map(rows.map((row) => [row.channelId, row]));
}

async function closeSnapshots(
  transaction: Transaction,
  observed: readonly Observed[],
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
  observed: readonly Observed[],
): Promise<void> {
  const rows = observed.flatMap(({ channel, snapshot }) =>
    snapshot ? [{ key: channel.key, ...snapshot }] : [],
  );
  if (rows.length === 0) return;
  const shape = sql`key integer, at timestamptz, "subscriberCount" bigint, "lastMessageAt" timestamptz`;
  // Two readings in one millisecond: the one that came last counts.
  await transaction.execute(sql`
    insert into snapshots (channel_key, at, grain, subscriber_count, last_message_at)
    select key, at, 'reading', "subscriberCount", "lastMessageAt"
    from ${recordset("added", rows, shape)}
    on conflict (channel_key, at) do update set until = null,
      subscriber_count = coalesce(excluded.subscriber_count, snapshots.subscriber_count),
      last_message_at = excluded.last_message_at`);
}

async function updateChannels(
  transaction: Transaction,
  observed: readonly Observed[],
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
    "goneAt" timestamptz, "isCounted" boolean, "changeDay" bigint, "changeWeek" bigint,
    "changeMonth" bigint`;
  await transaction.execute(sql`
    update channels set name = seen.name, owner_id = seen."ownerId",
      organization = seen.organization, introduction = seen.introduction,
      avatar_url = seen."avatarUrl", created_at = seen."createdAt",
      search_text = seen."searchText", name_key = seen."nameKey",
      subscriber_count = seen."subscriberCount", counted_at = seen."countedAt",
      last_message_at = seen."lastMessageAt", last_message_read_at = seen."lastMessageReadAt",
      snapshot_at = seen."snapshotAt", seen_at = seen."seenAt", gone_at = seen."goneAt",
      change_day = case when seen."isCounted" then seen."changeDay" else change_day end,
      change_week = case when seen."isCounted" then seen."changeWeek" else change_week end,
      change_month = case when seen."isCounted" then seen."changeMonth" else change_month end
    from ${recordset("seen", rows, shape)} where channels.key = seen.key`);
}
