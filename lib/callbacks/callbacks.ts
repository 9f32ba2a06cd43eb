import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { and, eq, isNotNull, sql } from "drizzle-orm";
import { UNCHANGED_MS } from "@/lib/channels/history/history";
import { recordAbsences, recordObservations } from "@/lib/channels/observations/record";
import {
  CALLBACK_ANSWER,
  type ChannelCallback,
  isSignedCallback,
  parseCallback,
} from "@/lib/chat-api/callbacks";
import type { Channel } from "@/lib/chat-api/types";
import { callbackReceipts, channels } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import type { ChatApp } from "@/lib/env-services";
import type { RequestFacts } from "@/lib/http/request";
import { type LineLimit, logLine, reasonOf } from "@/lib/log";

/** What the receipt of a callback depends on. */
type CallbackContext = {
  readonly apps: readonly ChatApp[];
  readonly database: () => Promise<Database>;
  readonly now: Date;
  readonly from: Pick<RequestFacts, "address" | "requestId">;
  /** Limits the lines of refusals, by address. */
  readonly limit: LineLimit;
};

/**
 * Accepts a callback of an app with a callback token, and records its event, if that takes long after the
 * answer. Every refusal is the same, so that it reveals neither apps nor tokens.
 */
export async function takeCallback(
  request: Request,
  slug: string,
  { apps, database, now: receivedAt, from, limit }: CallbackContext,
): Promise<Response> {
  const refuse = (reason: string) => {
    if (limit.admits(from.address, receivedAt)) {
      const { requestId, address } = from;
      logLine("callbacks", `refused: ${reason}`, { level: "warning", requestId, address });
    }
    return new Response(null, { status: 403, headers: HEADERS });
  };
  const app = apps.find((each) => each.slug === slug);
  const query = new URL(request.url).searchParams;
  // Without a token the check runs as well, so that it takes as long.
  const token = app?.callbackToken?.reveal();
  const signed = { sdkAppId: app?.sdkAppId ?? 0, token: token ?? "" };
  const isOurs = isSignedCallback(query, signed, receivedAt) && token !== undefined;
  if (!isOurs) return refuse("it is not signed as one of now");
  const body = await request.text().catch(() => null);
  if (body === null) return refuse("it breaks off");
  const callback = parseCallback(query, body, receivedAt);
  if (!callback) return refuse("it cannot be understood");
  if (callback.event !== "other") {
    const received = { app: slug, callback, body, receivedAt };
    await enqueueCallback(async () => applyCallback(await database(), received));
  }
  return Response.json(CALLBACK_ANSWER, { headers: HEADERS });
}

const HEADERS = { "cache-control": "no-store" };

/** Less than the 2 s in which the API expects an answer. */
const PATIENCE_MS = 1000;

/** The most callbacks that wait for a slow database. Refreshes catch up on lost ones. */
const MOST_WAITING = 1000;

/** The longest pause between two callbacks. */
const LONGEST_PAUSE_MS = 50;

let waiting = 0;
let last: Promise<void> = Promise.resolve();

/** Callbacks that were lost since the queue was last empty. */
let lost = 0;

/**
 * Does the work of a callback after that of all earlier callbacks. Returns when it is done, or after a
 * second while the work goes on. Never fails.
 */
export async function enqueueCallback(work: () => Promise<void>): Promise<void> {
  if (waiting >= MOST_WAITING) return lose("too many are waiting");
  waiting += 1;
  const done = last.then(() => attempt(work));
  // A pause as long as the work leaves the database to people half of the time.
  last = done.then((ms) => pause(Math.min(ms, LONGEST_PAUSE_MS)));
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([done, patience]);
  clearTimeout(timer);
}

/** Returns the duration in milliseconds. */
async function attempt(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const problem = await work().then(() => null, reasonOf);
  waiting -= 1;
  if (problem !== null) lose(problem);
  else if (waiting === 0) recover();
  return performance.now() - startedAt;
}

function recover(): void {
  if (lost === 0) return;
  logLine("callbacks", `callbacks are recorded again; lost in between: ${lost}`, {
    level: "warning",
  });
  lost = 0;
}

/** Logs the first loss only: while the database is away, every callback is lost. */
function lose(reason: string): void {
  if (lost === 0) logLine("callbacks", `a callback could not be recorded: ${reason}`);
  lost += 1;
}

/** Changes of a count within this time share a snapshot. */
const TOGETHER_MS = 60_000;

type ReceivedCallback = {
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

/** Changes the count of a channel that was read before the event. Events may come in any order. */
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
  { subscriberCount, countedAt, movedSince }: typeof channels.$inferSelect,
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

/** Reads and locks a channel until the end of the transaction; undefined if it is unknown. */
async function lockKnown(transaction: Transaction, app: string, channelId: string) {
  const [known] = await transaction
    .select()
    .from(channels)
    .where(and(eq(channels.app, app), eq(channels.channelId, channelId)))
    .for("no key update");
  return known;
}
