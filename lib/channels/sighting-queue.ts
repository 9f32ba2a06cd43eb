import type { Channel } from "@/lib/chat-api/types";
import { reasonOf } from "@/lib/db/errors";
import type { Store } from "@/lib/db/store";
import { logLine } from "@/lib/log";
import { believed } from "./believed";
import type { Absence, Sighting } from "./sighting";
import { noteAbsences, noteSightings } from "./sightings";

const FLUSH_MS = 1000;
/** Channels that wait at most; whole sets are larger than that only where many are read at once. */
const MOST_WAITING = 50_000;

type OfApp<Value> = Value & { readonly app: string };

type Waiting = {
  sightings: OfApp<Sighting>[];
  absences: OfApp<Absence>[];
  store: Store | null;
  flushing: Promise<void>;
  dropped: number;
};

declare global {
  // Several bundles of one process have one queue.
  var channelDeskSightings: Waiting | undefined;
}

function waiting(): Waiting {
  globalThis.channelDeskSightings ??= {
    sightings: [],
    absences: [],
    store: null,
    flushing: Promise.resolve(),
    dropped: 0,
  };
  return globalThis.channelDeskSightings;
}

/**
 * Has channels noted soon, as an answer had them: whoever waits for that answer does not wait for this.
 * Nothing of who follows them is kept.
 */
export function rememberSeen(app: string, channels: readonly Channel[], seenAt: Date): void {
  const { sightings } = waiting();
  for (const channel of roomFor(channels)) {
    sightings.push({ app, channel: believed(channel, seenAt), seenAt });
  }
}

/** Has it noted soon that channels have gone. */
export function rememberGone(app: string, channelIds: readonly string[], goneAt: Date): void {
  const { absences } = waiting();
  for (const channelId of roomFor(channelIds)) absences.push({ app, channelId, goneAt });
}

/** As many of them as may still wait. */
function roomFor<Value>(values: readonly Value[]): readonly Value[] {
  const queue = waiting();
  const room = Math.max(0, MOST_WAITING - queue.sightings.length - queue.absences.length);
  queue.dropped += Math.max(0, values.length - room);
  return values.slice(0, room);
}

/** Notes what waits every second; the function it gives does so once more and ends that. */
export function keepSightings(store: Store): () => Promise<void> {
  const queue = waiting();
  queue.store = store;
  const timer = setInterval(() => void flushSightings(), FLUSH_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await flushSightings();
    queue.store = null;
  };
}

/** Notes what waits now. What a store does not take waits for the next time. Never fails. */
export function flushSightings(): Promise<void> {
  const queue = waiting();
  queue.flushing = queue.flushing.then(() => flush(queue));
  return queue.flushing;
}

async function flush(queue: Waiting): Promise<void> {
  const { store, sightings, absences, dropped } = queue;
  if (store === null || sightings.length + absences.length === 0) return;
  Object.assign(queue, { sightings: [], absences: [], dropped: 0 });
  if (dropped > 0) {
    logLine("sightings", `${dropped} channels were not noted: too many were waiting`);
  }
  for (const app of new Set([...sightings, ...absences].map((each) => each.app))) {
    const seen = sightings.filter((each) => each.app === app);
    const gone = absences.filter((each) => each.app === app);
    try {
      await noteSightings(store, app, seen);
      await noteAbsences(store, app, gone);
    } catch (error) {
      logLine("sightings", `channels that were seen could not be noted: ${reasonOf(error)}`);
      queue.sightings.unshift(...seen);
      queue.absences.unshift(...gone);
    }
  }
}
