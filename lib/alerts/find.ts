import { and, asc, exists, gt, sql } from "drizzle-orm";
import { changeOf } from "@/lib/channels/history/history";
import { recordset } from "@/lib/channels/sql";
import { channels, watches } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import type { AlertWebhook } from "@/lib/env-services";
import { DAY_MS } from "@/lib/time";

/** A count that was read longer ago than this says nothing about the last 24 hours. */
const FRESH_MS = 2 * DAY_MS;

/** Channels in memory at once. */
const BATCH = 1000;

/** A watched channel, with what alerts depend on. */
export type WatchedChannel = Pick<
  typeof channels.$inferSelect,
  | ("key" | "name" | "subscriberCount" | "countedAt" | "changeDay")
  | ("lastMessageAt" | "lastMessageReadAt" | "firstSeenAt" | "goneAt")
>;

/** What an alert reports, with the figures at that time: a repeated delivery must say the same. */
export type AlertContent =
  | {
      readonly kind: "silent";
      /** Times are in ISO 8601. */
      readonly detail: Named & {
        /** Null if nothing was ever sent. */
        readonly lastMessageAt: string | null;
        readonly knownSince: string;
        readonly days: number;
      };
    }
  | { readonly kind: "gone"; readonly detail: Named & { readonly goneAt: string } }
  | {
      readonly kind: "entered";
      readonly detail: Named & {
        readonly viewId: string;
        readonly view: string;
        /** Channels that entered at the same time and have no alert of their own. */
        readonly more: number;
      };
    }
  | {
      readonly kind: "moved";
      readonly detail: Named & {
        readonly count: number;
        readonly countedAt: string;
        readonly change: number;
        readonly percent: number;
      };
    };

type Alert = AlertContent & {
  readonly channelKey: number;
  /** Identifies the event: each event is reported once. */
  readonly occasion: string;
};

type Named = { readonly name: string | null };

type Thresholds = Pick<AlertWebhook, "silentDays" | "movePercent">;

/**
 * Stores the alerts of watched channels, each event once. Events from before a channel was watched are
 * included: a new watcher wants to know them.
 */
export async function findAlerts(db: Database, thresholds: Thresholds, now: Date): Promise<void> {
  let after: number | undefined = 0;
  while (after !== undefined) {
    const batch: WatchedChannel[] = await listWatched(db, after);
    const found = batch.flatMap((channel) => alertsOf(channel, thresholds, now));
    if (found.length > 0) await addAlerts(db, found, now);
    after = batch.length === BATCH ? batch.at(-1)?.key : undefined;
  }
}

function listWatched(db: Database, after: number): Promise<WatchedChannel[]> {
  const { key, name, subscriberCount, countedAt, changeDay } = channels;
  const { lastMessageAt, lastMessageReadAt, firstSeenAt, goneAt } = channels;
  const watchesOfIt = db.select().from(watches).where(sql`${watches.channelKey} = ${key}`);
  return db
    .select({
      ...{ key, name, subscriberCount, countedAt, changeDay },
      ...{ lastMessageAt, lastMessageReadAt, firstSeenAt, goneAt },
    })
    .from(channels)
    .where(and(gt(key, after), exists(watchesOfIt)))
    .orderBy(asc(key))
    .limit(BATCH);
}

async function addAlerts(db: Database, found: readonly Alert[], now: Date): Promise<void> {
  const shape = sql`"channelKey" integer, kind text, occasion text, detail jsonb`;
  // A jump stays in the figure for the 24 hours before the count was read, also past midnight.
  await db.execute(sql`
    insert into notices (channel_key, kind, occasion, detail, created_at)
    select "channelKey", kind, occasion, detail, ${now.toISOString()}::timestamptz
    from ${recordset("found", found, shape)}
    where not exists (select from notices as earlier
      where earlier.channel_key = found."channelKey" and earlier.kind = found.kind
        and (earlier.occasion = found.occasion or (found.kind = 'moved'
          and split_part(earlier.occasion, ' ', 2) = split_part(found.occasion, ' ', 2)
          and earlier.created_at > (found.detail ->> 'countedAt')::timestamptz - interval '24 hours')))
    on conflict do nothing`);
}

/** Returns the alerts that a channel deserves now, whether they are stored already or not. */
export function alertsOf(channel: WatchedChannel, thresholds: Thresholds, now: Date): Alert[] {
  if (channel.goneAt !== null) return [goneAlert(channel, channel.goneAt)];
  return [silenceAlert(channel, thresholds), moveAlert(channel, thresholds, now)].filter(
    (alert) => alert !== null,
  );
}

function goneAlert({ key, name }: WatchedChannel, goneAt: Date): Alert {
  const time = goneAt.toISOString();
  return { channelKey: key, kind: "gone", occasion: time, detail: { name, goneAt: time } };
}

/** A silence counts up to the last reading: a message may have been sent since. */
function silenceAlert(channel: WatchedChannel, { silentDays }: Thresholds): Alert | null {
  const { key, name, lastMessageAt, lastMessageReadAt, firstSeenAt } = channel;
  if (lastMessageReadAt === null) return null;
  const since = lastMessageAt ?? firstSeenAt;
  const days = Math.floor((lastMessageReadAt.getTime() - since.getTime()) / DAY_MS);
  if (days < silentDays) return null;
  const sent = lastMessageAt?.toISOString() ?? null;
  const detail = { name, lastMessageAt: sent, knownSince: firstSeenAt.toISOString(), days };
  return { channelKey: key, kind: "silent", occasion: sent ?? "never", detail };
}

function moveAlert(channel: WatchedChannel, { movePercent }: Thresholds, now: Date): Alert | null {
  const { key, name, subscriberCount: count, countedAt, changeDay } = channel;
  if (count === null || countedAt === null) return null;
  if (now.getTime() - countedAt.getTime() > FRESH_MS) return null;
  const change = changeOf(count, changeDay);
  if (change?.percent == null) return null;
  // Without a division, which makes 7 of 100 a little more than 7 %.
  const earlier = count - change.absolute;
  if (Math.abs(change.absolute) * 100 <= movePercent * earlier) return null;
  const time = countedAt.toISOString();
  const direction = change.absolute > 0 ? "up" : "down";
  return {
    channelKey: key,
    kind: "moved",
    occasion: `${time.slice(0, 10)} ${direction}`,
    detail: {
      ...{ name, count, countedAt: time },
      ...{ change: change.absolute, percent: change.percent },
    },
  };
}
