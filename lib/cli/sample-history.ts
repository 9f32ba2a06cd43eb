import { eq, sql } from "drizzle-orm";
import { STORED_FIELDS } from "@/lib/channels/observations/observe";
import {
  type Absence,
  type Observation,
  recordAbsences,
  recordObservations,
} from "@/lib/channels/observations/record";
import { isAbsent } from "@/lib/channels/refresh/refresh";
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

/**
 * Reads what the emulator would have answered in the last 60 days, and notes it as if it had been read
 * then. Nobody else may ask that emulator meanwhile, for its clock is moved.
 */
export async function addSampleHistory(
  db: Database,
  app: EmulatedApp & { readonly slug: string },
  emulator: string,
  now: Date,
): Promise<void> {
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
  await recordHistory(db, app.slug, history);
  await recordAbsences(db, app.slug, absences);
  await db.update(channels).set({ sampleUntil: now }).where(eq(channels.app, app.slug));
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

/**
 * Records observations of new channels. They were rarely read here and represent frequently read
 * channels, so each count holds until the next one.
 */
export async function recordHistory(
  db: Database,
  app: string,
  history: ReadonlyMap<string, readonly Observation[]>,
): Promise<void> {
  await recordObservations(db, app, [...history.values()].flat());
  await db.execute(sql`
    update snapshots set until = following.at
    from (
      select channel_key, at as since, lead(at) over (partition by channel_key order by at) as at
      from snapshots join channels on key = channel_key and app = ${app}
    ) following
    where snapshots.channel_key = following.channel_key and snapshots.at = following.since`);
}
