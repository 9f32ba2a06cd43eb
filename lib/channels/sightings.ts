import { setImmediate } from "node:timers/promises";
import { and, asc, eq, inArray, isNull, lte, type SQL, sql } from "drizzle-orm";
import { channels } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import { believed, type KeptChannel } from "./believed";
import { countAt, SPAN_IDS, SPANS, type SpanId } from "./changes";
import { foldedKeys, type Observed, observe, type StoredChannel } from "./observe";
import type { Absence, Sighting } from "./sighting";

/** Channels that are written together: the embedded store is busy with each statement for all of it. */
const SLICE = 200;

type Seen = { readonly channel: KeptChannel; readonly seenAt: Date };
type Transaction = Parameters<Parameters<Store["transaction"]>[0]>[0];

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
  await updateChannels(transaction, observed, await changesOf(transaction, observed));
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

type Changes = ReadonlyMap<number, Readonly<Record<SpanId, number | null>>>;

/** How the counts just read have moved, by the key of the channel. */
async function changesOf(
  transaction: Transaction,
  observed: readonly Observed[],
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
    cross join lateral (
      select at, until, subscriber_count from snapshots
      where channel_key = asked.key and at <= asked.time and subscriber_count is not null
      order by at desc limit 1
    ) as held
    left join lateral (
      select at from snapshots
      where channel_key = asked.key and at > held.at and subscriber_count is not null
      order by at limit 1
    ) as later on true`)) as unknown as { rows: HeldRow[] };
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

/** Rows as a table of a statement, whatever their number: one parameter. */
function recordset(name: string, rows: readonly object[], shape: SQL): SQL {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json) as ${sql.identifier(name)}(${shape})`;
}
