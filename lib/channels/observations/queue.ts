import type { Channel } from "@/lib/chat-api/types";
import type { Database } from "@/lib/db/database";
import { sqlStateOf } from "@/lib/db/errors";
import { logLine, reasonOf } from "@/lib/log";
import { sanitizeChannel } from "./observe";
import { type Absence, type Observation, recordAbsences, recordObservations } from "./record";

/** The time between two checks whether the queue is due. */
const CHECK_MS = 250;
/** Recording competes with reads for the CPU, so it starts when nothing was queued for this time. */
const QUIET_MS = 500;
/** The longest wait while channels are queued. A queue that is half full does not wait. */
const LONGEST_WAIT_MS = 5000;
/** A later observation within this time replaces the one that waits. */
const APART_MS = 60_000;
/** Observations that wait at most; as many absences. */
const MOST_WAITING = 50_000;
/** Entries that are recorded together. If the database refuses one, the others of its batch are lost. */
const BATCH = 200;

type OfApp<Value> = { readonly app: string; readonly value: Value };
type Waiting<Value> = Map<string, OfApp<Value>>;

type Queue = {
  readonly seen: Waiting<Observation>;
  readonly gone: Waiting<Absence>;
  db: Database | null;
  flushing: Promise<void>;
  /** When the first and the last waiting entry were queued, by `performance.now()`. */
  waitsSince: number | null;
  changedAt: number;
  /** Entries that did not fit since the last successful flush. */
  dropped: number;
  /** The last flush failed, and the log says so. */
  isAway: boolean;
};

declare global {
  // All bundles of the process share one queue.
  var channelDeskObservations: Queue | undefined;
}

function queueOfProcess(): Queue {
  globalThis.channelDeskObservations ??= {
    ...{ seen: new Map(), gone: new Map(), db: null },
    ...{ flushing: Promise.resolve(), waitsSince: null, changedAt: 0, dropped: 0, isAway: false },
  };
  return globalThis.channelDeskObservations;
}

/**
 * Queues channels of an API response for recording, so that the person does not wait for the database.
 * Nothing about the subscriber is kept. Within a minute, only the last observation of a channel is recorded.
 */
export function queueObservations(app: string, channels: readonly Channel[], seenAt: Date): void {
  const queue = queueOfProcess();
  for (const each of channels) {
    const channel = sanitizeChannel(each, seenAt);
    // An observation with other fields must not replace this one.
    const name = nameOf(app, seenAt, Object.keys(channel).join(), channel.channelId);
    const before = queue.seen.get(name);
    if (before && before.value.seenAt > seenAt) continue;
    put(queue, queue.seen, name, { app, value: { channel, seenAt } });
  }
}

/** Queues the absence of channels for recording. */
export function queueAbsences(app: string, channelIds: readonly string[], goneAt: Date): void {
  const queue = queueOfProcess();
  for (const channelId of channelIds) {
    put(queue, queue.gone, nameOf(app, goneAt, channelId), { app, value: { channelId, goneAt } });
  }
}

function nameOf(app: string, time: Date, ...rest: readonly string[]): string {
  return [app, Math.floor(time.getTime() / APART_MS), ...rest].join(" ");
}

function put<Value>(
  queue: Queue,
  waiting: Waiting<Value>,
  name: string,
  value: OfApp<Value>,
): void {
  markQueued(queue);
  // The map keeps the order of the times.
  if (waiting.delete(name) || waiting.size < MOST_WAITING) waiting.set(name, value);
  else queue.dropped += 1;
}

function markQueued(queue: Queue): void {
  queue.changedAt = performance.now();
  queue.waitsSince ??= queue.changedAt;
}

function isDue({ seen, gone, waitsSince, changedAt }: Queue): boolean {
  if (waitsSince === null) return false;
  const now = performance.now();
  const isQuiet = now - changedAt >= QUIET_MS || now - waitsSince >= LONGEST_WAIT_MS;
  return isQuiet || seen.size + gone.size > MOST_WAITING / 2;
}

/** Records the queue when it is due. Returns the function that records it once more and stops. */
export function startObservationQueue(db: Database): () => Promise<void> {
  const queue = queueOfProcess();
  queue.db = db;
  const timer = setInterval(() => {
    if (isDue(queue)) void flushObservations();
  }, CHECK_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await flushObservations();
    const left = queue.seen.size + queue.gone.size;
    if (left > 0) logLine("observations", `${left} observed channels were never recorded`);
    queue.db = null;
  };
}

/** Records the queue now. Entries that the database cannot take now stay queued. Never fails. */
export function flushObservations(): Promise<void> {
  const queue = queueOfProcess();
  queue.flushing = queue.flushing.then(() => flush(queue));
  return queue.flushing;
}

async function flush(queue: Queue): Promise<void> {
  const { db } = queue;
  queue.waitsSince = null;
  if (db === null || queue.seen.size + queue.gone.size === 0) return;
  const isDone =
    (await drain(queue, queue.seen, (app, seen) => recordObservations(db, app, seen))) &&
    (await drain(queue, queue.gone, (app, gone) => recordAbsences(db, app, gone)));
  if (!isDone) return markQueued(queue);
  if (queue.dropped === 0) return;
  logLine("observations", `${queue.dropped} channels were not recorded: the queue was full`);
  queue.dropped = 0;
}

/** Records all entries, a batch at a time. Stops, and returns false, when the database is away. */
async function drain<Value>(
  queue: Queue,
  waiting: Waiting<Value>,
  record: (app: string, values: readonly Value[]) => Promise<void>,
): Promise<boolean> {
  for (const [app, entries] of batchesOf(waiting)) {
    try {
      await record(
        app,
        entries.map(([, { value }]) => value),
      );
      queue.isAway = false;
    } catch (error) {
      const reason = reasonOf(error);
      if (!isRefusal(error)) {
        if (!queue.isAway) logLine("observations", `observed channels wait: ${reason}`);
        queue.isAway = true;
        return false;
      }
      logLine("observations", `${entries.length} channels were not recorded: ${reason}`);
    }
    for (const [name, entry] of entries) {
      // An entry that has been replaced meanwhile is recorded next time.
      if (waiting.get(name) === entry) waiting.delete(name);
    }
  }
  return true;
}

/** Whether the database refuses the values (class 22 or 54), as it would again next time. */
function isRefusal(error: unknown): boolean {
  return /^(22|54)/.test(sqlStateOf(error) ?? "");
}

type Entry<Value> = readonly [name: string, value: OfApp<Value>];

function batchesOf<Value>(waiting: Waiting<Value>): [app: string, entries: Entry<Value>[]][] {
  const batches: [string, Entry<Value>[]][] = [];
  const open = new Map<string, Entry<Value>[]>();
  for (const entry of waiting) {
    const { app } = entry[1];
    let batch = open.get(app);
    if (batch === undefined || batch.length === BATCH) {
      batch = [];
      open.set(app, batch);
      batches.push([app, batch]);
    }
    batch.push(entry);
  }
  return batches;
}
