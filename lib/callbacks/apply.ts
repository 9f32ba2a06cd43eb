import { createHash } from "node:crypto";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { UNCHANGED_MS } from "@/lib/channels/history/changes";
import { recordAbsences, recordObservations } from "@/lib/channels/observations/record";
import type { ChannelCallback } from "@/lib/chat-api/callbacks";
import type { Channel } from "@/lib/chat-api/types";
import { callbackReceipts, channels } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { logLine } from "@/lib/log";

/** Moves of a count within this time are one of its snapshots. */
const TOGETHER_MS = 60_000;

export type ReceivedCallback = {
  /** The slug of the app. */
  readonly app: string;
  readonly callback: ChannelCallback;
  /** As it came: the same again is the same callback, for it says when it happened. */
  readonly body: string;
  readonly receivedAt: Date;
};

/** Notes what a callback says, once however often it is delivered. */
export async function applyCallback(db: Database, received: ReceivedCallback): Promise<void> {
  const { app, callback, body, receivedAt } = received;
  // Who comes and goes in one second is told of in two equal bodies.
  const change = callback.event === "followed" ? callback.change : 0;
  const digest = createHash("sha256")
    .update(`${app}\n${callback.event} ${change}\n${body}`)
    .digest("base64url");
  await db.transaction(async (transaction) => {
    const taken = await transaction
      .insert(callbackReceipts)
      .values({ digest, receivedAt })
      .onConflictDoNothing()
      .returning();
    if (taken.length > 0) await note(transaction, app, callback);
  });
}

async function note(transaction: Transaction, app: string, callback: ChannelCallback) {
  const { channelId, at } = callback;
  const see = (seen: Omit<Channel, "channelId">) =>
    recordObservations(transaction, app, [{ channel: { channelId, ...seen }, seenAt: at }]);
  switch (callback.event) {
    case "created":
    case "changed":
      await see(callback.facts);
      await readSoon(transaction, app, channelId);
      return undefined;
    case "destroyed":
      // Alerts tell of the end of a watched channel: a reading has to confirm it first.
      if (await readSoon(transaction, app, channelId)) return undefined;
      return recordAbsences(transaction, app, [{ channelId, goneAt: at }]);
    case "sent": {
      const known = await lockKnown(transaction, app, channelId);
      const isLater = !known?.lastMessageAt || callback.messageAt > known.lastMessageAt;
      return isLater ? see({ lastMessageAt: callback.messageAt }) : undefined;
    }
    case "followed":
      return moveCount(transaction, app, callback, callback.change);
    case "full":
      logLine("callbacks", "a channel takes no more subscribers", {
        ...{ level: "info", app, channelId },
      });
      return see({});
  }
}

/**
 * Makes a watched channel due for its refresh: the body of a callback is not signed, so that somebody else
 * may have written it. Returns whether the channel is watched.
 */
async function readSoon(
  transaction: Transaction,
  app: string,
  channelId: string,
): Promise<boolean> {
  const watched = await transaction
    .update(channels)
    .set({ refreshDueAt: sql`least(${channels.refreshDueAt}, now())` })
    .where(
      and(
        ...[eq(channels.app, app), eq(channels.channelId, channelId)],
        isNotNull(channels.refreshMinutes),
      ),
    )
    .returning({ key: channels.key });
  return watched.length > 0;
}

/**
 * Moves the count of a channel that was counted before that; not of one that has ended. Callbacks come in
 * any order: one of before the last that moved the count counts too, if the count was read before it.
 */
async function moveCount(
  transaction: Transaction,
  app: string,
  { channelId, at }: ChannelCallback,
  change: number,
): Promise<void> {
  const known = await lockKnown(transaction, app, channelId);
  // Whom a channel loses in its end must not make it one that is back.
  if (known?.goneAt && change < 0) return;
  const moved = known && movedCount(known, at, change);
  const { seenAt = at, ...seen } = moved ?? {};
  await recordObservations(transaction, app, [{ channel: { channelId, ...seen }, seenAt }]);
  if (!moved) return;
  const { key, countedAt, movedSince, refreshProblem } = known;
  await transaction
    .update(channels)
    // Of the vendor nothing was read: what is wrong with that is so still.
    .set({ movedSince: movedSince ?? countedAt, refreshProblem })
    .where(eq(channels.key, key));
}

/** A count with its change, and when it is so; null where it is not known what has changed. */
function movedCount(
  { subscriberCount, countedAt, movedSince }: Counted,
  at: Date,
  change: number,
): { readonly subscriberCount: number; readonly seenAt: Date } | null {
  if (countedAt === null || subscriberCount === null || (movedSince ?? countedAt) >= at)
    return null;
  const since = at.getTime() - countedAt.getTime();
  // Nobody knows who else has come or gone since a count that no longer holds.
  if (since > UNCHANGED_MS) return null;
  // A channel that many follow at once would else fill the database with its counts.
  const isSame = since < (movedSince === null ? 0 : TOGETHER_MS);
  return {
    subscriberCount: Math.max(0, subscriberCount + change),
    seenAt: isSame ? countedAt : at,
  };
}

type Counted = {
  readonly subscriberCount: number | null;
  readonly countedAt: Date | null;
  readonly movedSince: Date | null;
};

/** What is known of a channel, and stays so until the transaction ends; undefined for one never met. */
async function lockKnown(transaction: Transaction, app: string, channelId: string) {
  const { key, subscriberCount, countedAt, movedSince, lastMessageAt, goneAt, refreshProblem } =
    channels;
  const [known] = await transaction
    .select({
      ...{ key, subscriberCount, countedAt, movedSince, lastMessageAt, goneAt, refreshProblem },
    })
    .from(channels)
    .where(and(eq(channels.app, app), eq(channels.channelId, channelId)))
    .for("no key update");
  return known;
}
