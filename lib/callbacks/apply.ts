import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { noteAbsences, noteSightings } from "@/lib/channels/sightings";
import type { ChannelCallback } from "@/lib/chat-api/callbacks";
import type { Channel } from "@/lib/chat-api/types";
import { callbackReceipts, channels } from "@/lib/db/channel-schema";
import type { Store, Transaction } from "@/lib/db/store";
import { logLine } from "@/lib/log";

export type ReceivedCallback = {
  /** The slug of the app. */
  readonly app: string;
  readonly callback: ChannelCallback;
  /** As it came: the same again is the same callback, for it says when it happened. */
  readonly body: string;
  readonly receivedAt: Date;
};

/** Notes what a callback says, once however often it is delivered. */
export async function applyCallback(store: Store, received: ReceivedCallback): Promise<void> {
  const { app, callback, body, receivedAt } = received;
  // Who comes and goes in one second is told of in two equal bodies.
  const change = callback.event === "followed" ? callback.change : 0;
  const digest = createHash("sha256")
    .update(`${app}\n${callback.event} ${change}\n${body}`)
    .digest("base64url");
  await store.transaction(async (transaction) => {
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
    noteSightings(transaction, app, [{ channel: { channelId, ...seen }, seenAt: at }]);
  switch (callback.event) {
    case "created":
    case "changed":
      return see(callback.facts);
    case "destroyed":
      return noteAbsences(transaction, app, [{ channelId, goneAt: at }]);
    case "sent": {
      const known = await lockKnown(transaction, app, channelId);
      const isLater = !known?.lastMessageAt || callback.messageAt > known.lastMessageAt;
      return isLater ? see({ lastMessageAt: callback.messageAt }) : undefined;
    }
    case "followed":
      return moveCount(transaction, app, callback, callback.change);
    case "full":
      return logLine("callbacks", "a channel takes no more subscribers", {
        ...{ level: "info", app, channelId },
      });
  }
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
  if (!known?.countedAt || known.subscriberCount === null) return;
  const { countedAt, movedAt, movedSince } = known;
  const readAt = movedAt?.getTime() === countedAt.getTime() && movedSince ? movedSince : countedAt;
  // Whom a channel loses in its end must not make it one that is back.
  if (readAt >= at || (known.goneAt !== null && change < 0)) return;
  const subscriberCount = Math.max(0, known.subscriberCount + change);
  const seenAt = at > countedAt ? at : countedAt;
  await noteSightings(transaction, app, [{ channel: { channelId, subscriberCount }, seenAt }]);
  await transaction
    .update(channels)
    .set({ movedAt: seenAt, movedSince: readAt })
    .where(eq(channels.key, known.key));
}

/** What is known of a channel, and stays so until the transaction ends; undefined for one never met. */
async function lockKnown(transaction: Transaction, app: string, channelId: string) {
  const { key, subscriberCount, countedAt, movedAt, movedSince, lastMessageAt, goneAt } = channels;
  const [known] = await transaction
    .select({ key, subscriberCount, countedAt, movedAt, movedSince, lastMessageAt, goneAt })
    .from(channels)
    .where(and(eq(channels.app, app), eq(channels.channelId, channelId)))
    .for("no key update");
  return known;
}
