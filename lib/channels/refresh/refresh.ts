import { and, count, eq, isNotNull, lte, sql } from "drizzle-orm";
import type { CallOptions, ChatClient } from "@/lib/chat-api/client";
import { ChatApiError, describeCode } from "@/lib/chat-api/errors";
import {
  type ChannelAnswer,
  listChannels,
  MAX_CHANNEL_IDS,
  slices,
} from "@/lib/chat-api/official-accounts";
import { channels, refreshRuns } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import { instant } from "../directory/conditions";
import { STORED_FIELDS } from "../observations/observe";
import {
  type Absence,
  type Observation,
  recordAbsences,
  recordObservations,
} from "../observations/record";
import { callsOfRun, type DueChannel, lockChannels, nextDue, retryDue } from "./schedule";

const PARALLEL = 8;

/** The channel does not exist, or was terminated. */
const NO_SUCH_CHANNEL = 130_004;

/** The answer about a channel, or why the whole call failed. */
export type ReadChannel =
  | ChannelAnswer
  | { readonly channelId: string; readonly callError: ChatApiError };

/**
 * Reads the stored fields of channels, in the order of the ids. A failed call does not fail the others. A
 * call that fails because of its ids is split, so that one id does not fail the others.
 */
export async function readChannels(
  client: ChatClient,
  channelIds: readonly string[],
  options: CallOptions,
): Promise<ReadChannel[]> {
  const reads: ReadChannel[][] = [];
  for (const some of slices(channelIds, MAX_CHANNEL_IDS * PARALLEL)) {
    const calls = slices(some, MAX_CHANNEL_IDS).map((ids) => readCall(client, ids, options));
    reads.push(...(await Promise.all(calls)));
  }
  return reads.flat();
}

/** Records what reads say about channels. Returns the observed ones, and those that are absent. */
export async function recordReads(
  db: Database,
  app: string,
  reads: readonly ReadChannel[],
  at: Date,
): Promise<{ readonly seen: readonly Observation[]; readonly absent: readonly Absence[] }> {
  const seen = reads.flatMap((read) =>
    "channel" in read ? [{ channel: read.channel, seenAt: at }] : [],
  );
  const absent = reads.filter(isAbsent).map(({ channelId }) => ({ channelId, goneAt: at }));
  await recordObservations(db, app, seen);
  await recordAbsences(db, app, absent);
  return { seen, absent };
}

/** Returns whether the channel does not exist, or no longer. */
export function isAbsent(read: ReadChannel): boolean {
  return "error" in read && read.error.code === NO_SUCH_CHANNEL;
}

async function readCall(
  client: ChatClient,
  channelIds: readonly string[],
  options: CallOptions,
): Promise<ReadChannel[]> {
  try {
    return await listChannels(client, channelIds, STORED_FIELDS, options);
  } catch (error) {
    if (!(error instanceof ChatApiError)) throw error;
    if (!isAboutIds(error)) return channelIds.map((channelId) => ({ channelId, callError: error }));
    if (channelIds.length === 1) return channelIds.map((channelId) => ({ channelId, error }));
    const middle = Math.ceil(channelIds.length / 2);
    const halves = [channelIds.slice(0, middle), channelIds.slice(middle)];
    return (await Promise.all(halves.map((half) => readCall(client, half, options)))).flat();
  }
}

function isAboutIds({ code }: ChatApiError): boolean {
  return code !== null && describeCode(code)?.fixer === "asker";
}

/** Channels of one transaction: other statements of an embedded database wait for it. */
const BATCH = 500;

type RefreshedApp = { readonly slug: string; readonly client: ChatClient };

type RefreshOptions = {
  readonly now: () => Date;
  /** In [0, 1), as Math.random. */
  readonly random: () => number;
  readonly signal: AbortSignal;
};

/**
 * Refreshes the watched channels that are due, after all waiting people, and stores when each is due next.
 * Apps are independent: a failure of one does not stop the others.
 */
export async function refreshDue(
  db: Database,
  apps: readonly RefreshedApp[],
  options: RefreshOptions,
): Promise<void> {
  const runs = await Promise.allSettled(apps.map((app) => refreshApp(db, app, options)));
  const failed = runs.flatMap((run) => (run.status === "rejected" ? [run.reason] : []));
  if (failed.length === 1) throw failed[0];
  if (failed.length > 1) throw new AggregateError(failed);
}

async function refreshApp(
  db: Database,
  { slug, client }: RefreshedApp,
  { now, random, signal }: RefreshOptions,
): Promise<void> {
  const startedAt = now();
  const due = await listDue(db, slug, startedAt);
  if (due.length === 0 || signal.aborted) return;
  const ids = due.map(({ channelId }) => channelId);
  const reads = await readChannels(client, ids, { priority: "background", signal });
  const readAt = now();
  const { seen, absent } = await recordReads(db, slug, reads, readAt);
  const next = nextRefreshes(due, reads, readAt, random);
  await storeNextRefreshes(db, next);
  await db.insert(refreshRuns).values({
    app: slug,
    startedAt,
    finishedAt: now(),
    refreshed: seen.length,
    gone: absent.length,
    failed: reads.length - seen.length - absent.length,
    problem: next.find(({ problem }) => problem !== null)?.problem ?? null,
  });
}

/**
 * Lists the channels of an app to refresh now. Channels that are late by more of their own period come
 * first, so that many channels with a long period do not delay those with a short one.
 */
async function listDue(db: Database, app: string, now: Date): Promise<DueChannel[]> {
  const { key, channelId, refreshDueAt, refreshMinutes, goneAt } = channels;
  const { countedAt, movedSince, firstSeenAt } = channels;
  const isWatched = and(eq(channels.app, app), isNotNull(refreshMinutes));
  const minutes = sql<number>`${refreshMinutes}`;
  const watched = await db
    .select({ minutes, count: count() })
    .from(channels)
    .where(isWatched)
    .groupBy(refreshMinutes);
  const rows = await db
    .select({ key, channelId, refreshDueAt, minutes, goneAt, countedAt, movedSince, firstSeenAt })
    .from(channels)
    .where(and(isWatched, lte(refreshDueAt, now)))
    .orderBy(sql`(${instant(now)} - ${refreshDueAt}) / ${refreshMinutes} desc`)
    .limit(callsOfRun(watched, MAX_CHANNEL_IDS) * MAX_CHANNEL_IDS);
  return rows.map((row) => ({
    key: row.key,
    channelId: row.channelId,
    dueAt: row.refreshDueAt ?? now,
    minutes: row.minutes,
    isGone: row.goneAt !== null,
    since: row.movedSince ?? row.countedAt ?? row.firstSeenAt,
  }));
}

/** When a channel is due next, and why it or one of its values could not be read. */
type NextRefresh = Pick<DueChannel, "key" | "minutes"> & {
  readonly dueAt: Date;
  readonly problem: string | null;
};

function nextRefreshes(
  due: readonly DueChannel[],
  reads: readonly ReadChannel[],
  now: Date,
  random: () => number,
): NextRefresh[] {
  const readOf = new Map(reads.map((read) => [read.channelId, read]));
  return due.flatMap((channel) => {
    const read = readOf.get(channel.channelId);
    if (read === undefined) return [];
    const { key, minutes } = channel;
    if ("callError" in read) {
      const dueAt = retryDue(channel, now, random);
      return [{ key, minutes, dueAt, problem: problemOf(read.callError) }];
    }
    const isGone = isAbsent(read);
    const problem = isGone ? null : problemOfRead(read);
    return [{ key, minutes, dueAt: nextDue({ ...channel, isGone }, now, random), problem }];
  });
}

function problemOfRead(read: ChannelAnswer): string | null {
  if ("error" in read) return problemOf(read.error);
  return read.channel.unreadable ? "unreadable" : null;
}

function problemOf({ kind, code }: { kind: string; code: number | null }): string {
  return code === null ? kind : String(code);
}

/** Skips channels that are no longer watched or have another period now: they are scheduled already. */
async function storeNextRefreshes(db: Database, all: readonly NextRefresh[]): Promise<void> {
  for (let at = 0; at < all.length; at += BATCH) {
    const batch = all.slice(at, at + BATCH);
    await db.transaction(async (transaction) => {
      await lockChannels(
        transaction,
        batch.map(({ key }) => key),
      );
      await transaction.execute(sql`
        update channels set refresh_due_at = next."dueAt", refresh_problem = next.problem
        from json_to_recordset(${JSON.stringify(batch)}::json)
          as next(key integer, minutes integer, "dueAt" timestamptz, problem text)
        where channels.key = next.key and channels.refresh_minutes = next.minutes`);
    });
  }
}
