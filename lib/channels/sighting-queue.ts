import { setImmediate } from "node:timers/promises";
import type { Channel } from "@/lib/chat-api/types";
import type { Database } from "@/lib/db/database";
import { logLine, reasonOf } from "@/lib/log";
import { believed } from "./believed";
import type { Absence, Sighting } from "./sighting";
import { noteAbsences, noteSightings } from "./sightings";

const FLUSH_MS = 1000;
/** What is seen again within this time takes the place of what waits. */
const APART_MS = 60_000;
/** Sightings that wait at most, and absences. */
const MOST_WAITING = 50_000;
/** Channels that are noted together. */
const SLICE = 200;

type OfApp<Value> = { readonly app: string; readonly value: Value };
type Waiting<Value> = Map<string, OfApp<Value>>;

type Queue = {
  readonly seen: Waiting<Sighting>;
  readonly gone: Waiting<Absence>;
  db: Database | null;
  flushing: Promise<void>;
  /** What did not fit since the database last took anything. */
  dropped: number;
  /** The database did not take what it was given last, and the log has said so. */
  isAway: boolean;
};

declare global {
  // Several bundles of one process have one queue.
  var channelDeskSightings: Queue | undefined;
}

function queueOfProcess(): Queue {
  globalThis.channelDeskSightings ??= {
    seen: new Map(),
    gone: new Map(),
    db: null,
    flushing: Promise.resolve(),
    dropped: 0,
    isAway: false,
  };
  return globalThis.channelDeskSightings;
}

/**
 * Has channels noted soon, as an answer had them: whoever waits for that answer does not wait for this.
 * Nothing of who follows them is kept. Of what is seen of a channel within a minute the last is noted.
 */
export function rememberSeen(app: string, channels: readonly Channel[], seenAt: Date): void {
  const queue = queueOfProcess();
  for (const given of channels) {
    const channel = believed(given, seenAt);
    // What holds other fields is noted for itself, or it would end what waits of these.
    const name = nameOf(app, seenAt, Object.keys(channel).join(), channel.channelId);
    const before = queue.seen.get(name);
    if (before && before.value.seenAt > seenAt) continue;
    put(queue, queue.seen, name, { app, value: { channel, seenAt } });
  }
}

/** Has it noted soon that channels have gone. */
export function rememberGone(app: string, channelIds: readonly string[], goneAt: Date): void {
  const queue = queueOfProcess();
  for (const channelId of channelIds) {
    const name = nameOf(app, goneAt, channelId);
    put(queue, queue.gone, name, { app, value: { channelId, goneAt } });
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
  // What waits is in the order of its times.
  if (waiting.delete(name) || waiting.size < MOST_WAITING) waiting.set(name, value);
  else queue.dropped += 1;
}

/** Notes what waits every second; the function it gives does so once more and ends that. */
export function keepSightings(db: Database): () => Promise<void> {
  const queue = queueOfProcess();
  queue.db = db;
  const timer = setInterval(() => void flushSightings(), FLUSH_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await flushSightings();
    const left = queue.seen.size + queue.gone.size;
    if (left > 0) logLine("sightings", `${left} channels that were seen were never noted`);
    queue.db = null;
  };
}

/** Notes what waits now. What a database does not take waits for the next time. Never fails. */
export function flushSightings(): Promise<void> {
  const queue = queueOfProcess();
  queue.flushing = queue.flushing.then(() => flush(queue));
  return queue.flushing;
}

async function flush(queue: Queue): Promise<void> {
  const { db } = queue;
  if (db === null || queue.seen.size + queue.gone.size === 0) return;
  const isNoted =
    (await drain(queue, queue.seen, (app, seen) => noteSightings(db, app, seen))) &&
    (await drain(queue, queue.gone, (app, gone) => noteAbsences(db, app, gone)));
  if (!isNoted || queue.dropped === 0) return;
  logLine("sightings", `${queue.dropped} channels were not noted: too many were waiting`);
  queue.dropped = 0;
}

/** Notes all that waits, a slice at a time, until the database does not take one: then the rest waits on. */
async function drain<Value>(
  queue: Queue,
  waiting: Waiting<Value>,
  note: (app: string, values: readonly Value[]) => Promise<void>,
): Promise<boolean> {
  for (const [app, entries] of slicesOf(waiting)) {
    try {
      await note(
        app,
        entries.map(([, { value }]) => value),
      );
      queue.isAway = false;
    } catch (error) {
      const reason = reasonOf(error);
      if (!isUnfit(error)) {
        if (!queue.isAway) logLine("sightings", `what was seen waits to be noted: ${reason}`);
        queue.isAway = true;
        return false;
      }
      logLine("sightings", `${entries.length} channels were not noted: ${reason}`);
    }
    for (const [name, entry] of entries) {
      // What has come in its place since waits for the next time.
      if (waiting.get(name) === entry) waiting.delete(name);
    }
    await setImmediate();
  }
  return true;
}

/** Whether the values are what the database refuses, and would be the next time too. */
function isUnfit(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  return (typeof code === "string" && /^(22|54)/.test(code)) || isUnfit(error.cause);
}

type Entry<Value> = readonly [name: string, value: OfApp<Value>];

function slicesOf<Value>(waiting: Waiting<Value>): [app: string, entries: Entry<Value>[]][] {
  const entriesOf = new Map<string, Entry<Value>[]>();
  for (const entry of waiting) {
    const { app } = entry[1];
    const entries = entriesOf.get(app);
    if (entries) entries.push(entry);
    else entriesOf.set(app, [entry]);
  }
  return [...entriesOf].flatMap(([app, entries]) =>
    Array.from(
      { length: Math.ceil(entries.length / SLICE) },
      (_, index): [string, typeof entries] => [
        app,
        entries.slice(index * SLICE, (index + 1) * SLICE),
      ],
    ),
  );
}
