import { eq, sql } from "drizzle-orm";
import {
  foldedKeys,
  type NewSnapshot,
  observe,
  STORED_FIELDS,
  type StoredChannel,
  sanitizeChannel,
} from "@/lib/channels/observations/observe";
import {
  type Absence,
  type Observation,
  recordAbsences,
  recordObservations,
} from "@/lib/channels/observations/record";
import { isAbsent } from "@/lib/channels/refresh/refresh";
import { recordset } from "@/lib/channels/sql";
import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";
import { getSubscriptionPage, listChannels } from "@/lib/chat-api/official-accounts";
import { channels } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import type { EmulatedApp } from "./children";

const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;
const DAYS = 60;

/** Subscribers whose channels all have a history. */
const READERS = ["107867", "user-1", "user-2", "user-3"];
/** Of their channels only the recent ones have a history. Some of them are already deleted. */
const FOLLOWERS = Array.from({ length: 20 }, (_, index) => `user-${index + 4}`);

const MOVING_FIELDS = ["subscriberCount", "lastMessageAt"] as const;

const VENDORS_RATE = 200;
/** The history needs no rate limit. */
const UNBOUND = 100_000;

const BEHIND = { priority: "background" } as const;

export type SampleApp = EmulatedApp & { readonly slug: string };

/** The observations of each channel, oldest first. */
export type SampleHistory = ReadonlyMap<string, readonly Observation[]>;

/**
 * Reads what the emulator would have answered in the last 60 days, and notes it as if it had been read
 * then. Nobody else may ask that emulator meanwhile, for its clock is moved.
 */
export async function addSampleHistory(
  db: Database,
  app: SampleApp,
  emulator: string,
  now: Date,
): Promise<SampleHistory> {
  const client = new ChatClient({ ...app, origins: [emulator], budget: new Budget(UNBOUND) });
  const ids = new Set<string>();
  for (let ago = DAYS * DAY_S; ago >= 0; ago -= 15 * DAY_S) {
    await setUp(emulator, { clockOffsetSeconds: -ago, callsPerSecond: UNBOUND });
    for (const id of await followedAt(client, before(now, ago))) ids.add(id);
  }
  const history = new Map<string, Observation[]>();
  const absences: Absence[] = [];
  for (const ago of readingTimes()) {
    await setUp(emulator, { clockOffsetSeconds: -ago });
    const seenAt = before(now, ago);
    const fields = ago % DAY_S === 0 ? STORED_FIELDS : MOVING_FIELDS;
    for (const answer of await listChannels(client, [...ids], fields, BEHIND)) {
      const { channelId } = answer;
      const seen = history.get(channelId);
      if ("channel" in answer) {
        const observation = { channel: answer.channel, seenAt };
        if (seen) seen.push(observation);
        else history.set(channelId, [observation]);
      } else if (seen && isAbsent(answer)) {
        absences.push({ channelId, goneAt: seenAt });
        ids.delete(channelId);
      }
    }
  }
  await setUp(emulator, { clockOffsetSeconds: 0, callsPerSecond: VENDORS_RATE });
  await notePast(db, app.slug, history);
  await recordAbsences(db, app.slug, absences);
  await db.update(channels).set({ sampleUntil: now }).where(eq(channels.app, app.slug));
  return history;
}

/** Seconds ago, descending, and denser towards now. */
function readingTimes(): number[] {
  const spans = [
    { from: DAYS * DAY_S, every: 12 * HOUR_S },
    { from: 14 * DAY_S, every: 4 * HOUR_S },
    { from: 2 * DAY_S, every: HOUR_S },
    { from: DAY_S, every: HOUR_S / 2 },
    { from: 0, every: HOUR_S / 2 },
  ];
  return spans.flatMap(({ from, every }, index) => {
    const end = spans[index + 1]?.from ?? -every;
    return Array.from({ length: (from - end) / every }, (_, step) => from - step * every);
  });
}

function before(now: Date, seconds: number): Date {
  return new Date(now.getTime() - seconds * 1000);
}

/** Returns the channel IDs of the sample subscribers at a time of the emulator's clock. */
async function followedAt(client: ChatClient, time: Date): Promise<string[]> {
  const made = time.getTime() - DAYS * DAY_S * 1000;
  const lists = [...READERS, ...FOLLOWERS].map(async (subscriberId) => {
    const request = { subscriberId, fields: ["createdAt"] as const, offset: 0, limit: 200 };
    const { subscriptions } = await getSubscriptionPage(client, request, BEHIND);
    if (READERS.includes(subscriberId)) return subscriptions;
    return subscriptions.filter(({ createdAt }) => createdAt && createdAt.getTime() > made);
  });
  return (await Promise.all(lists)).flat().map(({ channelId }) => channelId);
}

async function setUp(emulator: string, settings: object): Promise<void> {
  await fetch(`${emulator}/emulator/settings`, { method: "PUT", body: JSON.stringify(settings) });
}

/** Snapshots per statement. */
const SLICE = 2000;

type Kept = { -readonly [Field in keyof NewSnapshot]: NewSnapshot[Field] } & { until: Date | null };
type Past = { readonly channel: StoredChannel; readonly firstSeenAt: Date; readonly kept: Kept[] };

/**
 * Adds observations of new channels, oldest first. Computes what single observations would store
 * and writes it at once. The last one is recorded normally.
 */
export async function notePast(
  db: Database,
  app: string,
  observations: ReadonlyMap<string, readonly Observation[]>,
): Promise<void> {
  const pasts = [...observations.values()].map((all) => pastOf(all.slice(0, -1)));
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
  await recordObservations(
    db,
    app,
    [...observations.values()].flatMap((all) => all.slice(-1)),
  );
}

function pastOf(observations: readonly Observation[]): Past | null {
  const [first] = observations;
  if (first === undefined) return null;
  const kept: Kept[] = [];
  let channel = unseen(first);
  for (const { channel: seen, seenAt } of observations) {
    const observed = observe(channel, sanitizeChannel(seen, seenAt), seenAt);
    channel = observed.channel;
    const before = kept.at(-1);
    // It is rarely read here and represents a frequently read channel: a count holds until the
    // next.
    if (observed.closes && before) before.until = seenAt;
    if (observed.snapshot) kept.push({ ...observed.snapshot, until: null });
  }
  return { channel, firstSeenAt: first.seenAt, kept };
}

function unseen({ channel: { channelId }, seenAt }: Observation): StoredChannel {
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
