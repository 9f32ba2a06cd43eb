import { sql } from "drizzle-orm";
import { believed } from "@/lib/channels/believed";
import { foldedKeys, type NewSnapshot, observe, type StoredChannel } from "@/lib/channels/observe";
import type { Sighting } from "@/lib/channels/sighting";
import { noteSightings } from "@/lib/channels/sightings";
import { recordset } from "@/lib/channels/sql";
import { channels } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";

/** Snapshots that are written together. */
const SLICE = 2000;

type Kept = { -readonly [Field in keyof NewSnapshot]: NewSnapshot[Field] } & { until: Date | null };
type Past = { readonly channel: StoredChannel; readonly firstSeenAt: Date; readonly kept: Kept[] };

/**
 * Notes channels nobody has met, as they were seen at many times, the oldest first. What would be noted by
 * one sighting after another is worked out here and written at once; the last of each is noted as any other.
 */
export async function notePast(
  db: Database,
  app: string,
  sightings: ReadonlyMap<string, readonly Sighting[]>,
): Promise<void> {
  const pasts = [...sightings.values()].map((all) => pastOf(all.slice(0, -1)));
  const known = pasts.filter((past) => past !== null);
  const rows = known.map(({ channel: { key: _, ...channel }, firstSeenAt }) => ({
    ...{ app, ...channel, ...foldedKeys(channel), firstSeenAt },
  }));
  const keys = new Map<string, number>();
  if (rows.length > 0) {
    const { key, channelId } = channels;
    const added = await db.insert(channels).values(rows).returning({ key, channelId });
    for (const row of added) keys.set(row.channelId, row.key);
  }
  const snapshots = known.flatMap(({ channel, kept }) =>
    kept.map((snapshot) => ({ key: keys.get(channel.channelId), ...snapshot })),
  );
  const shape = sql`key integer, at timestamptz, "until" timestamptz, "subscriberCount" bigint,
    "lastMessageAt" timestamptz`;
  for (let at = 0; at < snapshots.length; at += SLICE) {
    await db.execute(sql`
      insert into snapshots (channel_key, at, until, grain, subscriber_count, last_message_at)
      select key, at, "until", 'reading', "subscriberCount", "lastMessageAt"
      from ${recordset("kept", snapshots.slice(at, at + SLICE), shape)}`);
  }
  await noteSightings(
    db,
    app,
    [...sightings.values()].flatMap((all) => all.slice(-1)),
  );
}

function pastOf(sightings: readonly Sighting[]): Past | null {
  const [first] = sightings;
  if (first === undefined) return null;
  const kept: Kept[] = [];
  let channel = unseen(first);
  for (const { channel: seen, seenAt } of sightings) {
    const observed = observe(channel, believed(seen, seenAt), seenAt);
    channel = observed.channel;
    const before = kept.at(-1);
    // It is read seldom here and stands for a channel that is read often: a count holds until the next.
    if (observed.closes && before) before.until = seenAt;
    if (observed.snapshot) kept.push({ ...observed.snapshot, until: null });
  }
  return { channel, firstSeenAt: first.seenAt, kept };
}

function unseen({ channel: { channelId }, seenAt }: Sighting): StoredChannel {
  return {
    key: 0,
    channelId,
    name: null,
    ownerId: null,
    organization: null,
    introduction: null,
    avatarUrl: null,
    createdAt: null,
    subscriberCount: null,
    countedAt: null,
    lastMessageAt: null,
    lastMessageReadAt: null,
    snapshotAt: null,
    movedSince: null,
    factsAt: null,
    seenAt,
    goneAt: null,
  };
}
