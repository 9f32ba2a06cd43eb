import { createHash } from "node:crypto";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { UNCHANGED_MS } from "@/lib/channels/history/changes";
import { recordAbsences, recordObservations } from "@/lib/channels/observations/record";
import type { ChannelCallback } from "@/lib/chat-api/callbacks";
import type { Channel } from "@/lib/chat-api/types";
import { callbackReceipts, channels } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { logLine } from "@/lib/log";

/** Changes of a count within this time share a snapshot. */
const TOGETHER_MS = 60_000;

export type ReceivedCallback = {
  /** The slug of the app. */
  readonly app: string;
  readonly callback: ChannelCallback;
  /** The body as received. It contains the event's time, so that equal bodies are the same callback. */
  readonly body: string;
  readonly receivedAt: Date;
};

/** Records the event of a callback, once for all its deliveries. */
export async function applyCallback(db: Database, received: ReceivedCallback): Promise<void> {
  const { app, callback, body, receivedAt } = received;
  // Following and unfollowing within a second have equal bodies.
  const change = callback.event === "followed" ? callback.change : 0;
  const digest = createHash("sha256")
    .update(`${app}\n${callback.event} ${change}\n${body}`)
    .digest("base64url");
  await db.transaction(async (transaction) => {
    const added = await transaction
      .insert(callbackReceipts)
      .values({ digest, receivedAt })
      .onConflictDoNothing()
      .returning();
    if (added.length > 0) await applyEvent(transaction, app, callback);
  });
}

async function applyEvent(transaction: Transaction, app: string, callback: ChannelCallback) {
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
      // An alert reports the end of a watched channel, so a reading has to confirm it first.
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
 * Makes a watched channel due for a refresh, because the body of a callback is not signed and may be forged.
 * Returns whether the channel is watched.
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
 * Changes the count of a channel if it was read before the event, unless the channel is gone. Callbacks may
 * arrive in any order.
 */
async function moveCount(
  transaction: Transaction,
  app: string,
  { channelId, at }: ChannelCallback,
  change: number,
): Promise<void> {
  const known = await lockKnown(transaction, app, channelId);
  // Lost subscribers of a channel that is gone must not bring it back.
  if (known?.goneAt && change < 0) return;
  const moved = known && movedCount(known, at, change);
  const { seenAt = at, ...seen } = moved ?? {};
  await recordObservations(transaction, app, [{ channel: { channelId, ...seen }, seenAt }]);
  if (!moved) return;
  const { key, countedAt, movedSince, refreshProblem } = known;
  await transaction
    .update(channels)
    // Nothing was read, so a refresh problem remains.
    .set({ movedSince: movedSince ?? countedAt, refreshProblem })
    .where(eq(channels.key, key));
}

/** Returns the changed count with its time; null if the earlier count is unknown or too old. */
function movedCount(
  { subscriberCount, countedAt, movedSince }: Counted,
  at: Date,
  change: number,
): { readonly subscriberCount: number; readonly seenAt: Date } | null {
  if (countedAt === null || subscriberCount === null || (movedSince ?? countedAt) >= at)
    return null;
  const since = at.getTime() - countedAt.getTime();
  // A count that is no longer valid may have changed otherwise.
  if (since > UNCHANGED_MS) return null;
  // Otherwise many new followers would fill the database with snapshots.
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

/** Reads and locks a channel until the end of the transaction; undefined if it is unknown. */
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
