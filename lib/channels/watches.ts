import { and, eq, inArray, isNull, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import type { ChatClient } from "@/lib/chat-api/client";
import { MAX_CHANNEL_IDS } from "@/lib/chat-api/official-accounts";
import { channels, watches } from "@/lib/db/channel-schema";
import type { Database, Transaction } from "@/lib/db/database";
import { failure, type Result, success } from "@/lib/result";
import { isAbsent, type ReadChannel, readChannels, recordReads } from "./refresh/refresh";
import { type RefreshSettings, syncSchedule } from "./refresh/schedule";

/** The most watches of one person, and of the team. */
export const MAX_WATCHES = 10_000;

type WatchChange = {
  /** At most 1,000. */
  readonly channelKeys: readonly number[];
  /** The person who makes the change, for themselves or for the team. */
  readonly userId: string;
  readonly isTeam: boolean;
  readonly watched: boolean;
};

/**
 * Adds or removes watches of a person or the team, updates the refresh periods and returns the keys of the
 * changed channels. Changes all of them, or none beyond the limit. Skips channels that do not exist.
 */
export async function setWatched(
  db: Database,
  change: WatchChange,
  settings: RefreshSettings,
): Promise<Result<readonly number[], "tooManyWatches">> {
  const changed = await db.transaction(async (transaction) => {
    // Serializes changes. Concurrent changes could exceed the limit.
    await transaction.execute(sql`lock table watches in share row exclusive mode`);
    return change.watched
      ? beginWatches(transaction, change, settings.now)
      : success(await endWatches(transaction, change));
  });
  if (changed.ok) await syncSchedule(db, changed.value, settings);
  return changed;
}

async function beginWatches(
  transaction: Transaction,
  change: WatchChange,
  now: Date,
): Promise<Result<readonly number[], "tooManyWatches">> {
  const isOwn = belongsTo(change);
  const isWatched = sql`exists (select from watches where channel_key = key and ${isOwn})`;
  const added = await transaction
    .select({ key: channels.key })
    .from(channels)
    .where(and(isOneOf(channels.key, change), sql`not ${isWatched}`));
  if (added.length === 0) return success([]);
  const all = await transaction.$count(watches, isOwn);
  if (all + added.length > MAX_WATCHES) return failure("tooManyWatches");
  const keys = added.map(({ key }) => key);
  await transaction.execute(sql`
    insert into watches (channel_key, account_id, created_at)
    select key, ${change.isTeam ? null : change.userId}::uuid, ${now.toISOString()}::timestamptz
    from unnest(${sql.param(keys)}::integer[]) as key`);
  return success(keys);
}

async function endWatches(
  transaction: Transaction,
  change: WatchChange,
): Promise<readonly number[]> {
  const removed = await transaction
    .delete(watches)
    .where(and(belongsTo(change), isOneOf(watches.channelKey, change)))
    .returning({ key: watches.channelKey });
  return removed.map(({ key }) => key);
}

function belongsTo({ isTeam, userId }: WatchChange): SQL {
  return isTeam ? isNull(watches.accountId) : eq(watches.accountId, userId);
}

function isOneOf(key: SQLWrapper, { channelKeys }: WatchChange): SQL {
  return sql`${key} = any(${sql.param([...channelKeys])}::integer[])`;
}

/** The most ids of one request. */
export const MAX_ADDED = 1000;

/**
 * `added` the desk knows it now · `known` it did before · `gone` it did, but the vendor has it no more ·
 * `unknown` the vendor has none · `refused` the vendor says why, by `code` · `failed` the call failed, by
 * `code` where the vendor refused it · `malformed` it is no id.
 */
export type AddOutcome =
  | "added"
  | "known"
  | "gone"
  | "unknown"
  | "refused"
  | "failed"
  | "malformed";

export type AddedChannel = {
  readonly channelId: string;
  readonly outcome: AddOutcome;
  /** Its key in the desk's tables; null where the desk does not know it. */
  readonly key: number | null;
  /** The vendor's number; null where it gave none. */
  readonly code: number | null;
};

/** Ids as they were typed or pasted, without blanks around them and each once. */
export function distinctIds(texts: readonly string[]): string[] {
  return [...new Set(texts.map((text) => text.trim()).filter((text) => text !== ""))];
}

/**
 * Reads channels by id, at most MAX_ADDED and each once, and remembers them; in the order of the ids. A
 * person waits for as many as one call holds; more go behind everybody who waits.
 *
 * @throws ChatApiError when no call succeeds
 */
export async function addChannels(
  db: Database,
  client: ChatClient,
  app: string,
  ids: readonly string[],
  now: () => Date,
): Promise<AddedChannel[]> {
  const validIds = ids.filter(isId);
  const before = await keysOf(db, app, validIds);
  const priority = validIds.length <= MAX_CHANNEL_IDS ? "interactive" : "background";
  const reads = await readChannels(client, validIds, { priority });
  throwIfAllFailed(reads);
  await recordReads(db, app, reads, now());
  const after = await keysOf(db, app, validIds);
  const readOf = new Map(reads.map((read) => [read.channelId, read]));
  return ids.map((channelId) => {
    const read = readOf.get(channelId);
    const key = after.get(channelId) ?? null;
    return { channelId, outcome: outcomeOf(read, before.has(channelId)), key, code: codeOf(read) };
  });
}

/** Whatever the vendor's ids look like by now: one that is none, it refuses itself. */
function isId(text: string): boolean {
  return /^[^\p{C}\p{Z}]{1,128}$/u.test(text);
}

function throwIfAllFailed(reads: readonly ReadChannel[]): void {
  const [first] = reads;
  if (first && "callError" in first && reads.every((read) => "callError" in read)) {
    throw first.callError;
  }
}

function outcomeOf(read: ReadChannel | undefined, isKnown: boolean): AddOutcome {
  if (read === undefined) return "malformed";
  if ("channel" in read) return isKnown ? "known" : "added";
  if ("callError" in read) return "failed";
  if (isAbsent(read)) return isKnown ? "gone" : "unknown";
  return "refused";
}

function codeOf(read: ReadChannel | undefined): number | null {
  if (read === undefined || "channel" in read) return null;
  return ("callError" in read ? read.callError : read.error).code;
}

/** Returns the keys of the known channels among these IDs. */
export async function keysOf(
  db: Database,
  app: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { key, channelId } = channels;
  const rows = await db
    .select({ key, channelId })
    .from(channels)
    .where(and(eq(channels.app, app), inArray(channelId, [...ids])));
  return new Map(rows.map((row) => [row.channelId, row.key]));
}
