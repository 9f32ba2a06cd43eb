import { useSyncExternalStore } from "react";
import type { BulkAnswer, BulkLine } from "@/lib/bulk/bulk-answer";
import type { Failure } from "@/lib/failure";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import { linesOf } from "@/lib/subscriptions/whole-set-events";

/** A bulk lookup as the screen shows it. */
export type BulkRun = {
  /** Another one for each run. */
  readonly id: number;
  readonly app: string;
  /** The channel that is asked about, or null. */
  readonly channel: ChannelName | null;
  readonly subscriberIds: readonly string[];
  /** By subscriber ID. */
  readonly answers: ReadonlyMap<string, BulkAnswer>;
  /** When the last answer came. */
  readonly readAt: Date | null;
  /** Null when nothing is being read. */
  readonly progress: BulkProgress | null;
  /** How the last reading ended; null before. */
  readonly ended: BulkEnd | null;
};

type BulkProgress = {
  readonly done: number;
  readonly total: number;
  /** Seconds to wait for the rate limit, or null. */
  readonly waitSeconds: number | null;
};

/** `broken`: the connection ended. `refused`: it did not begin. */
type BulkEnd =
  | { readonly how: "done" | "failing" | "cancelled" | "broken" }
  | { readonly how: "refused"; readonly failure: Failure };

// A run outlives its page, so that a person can look one of its subscribers up and come back.
let run: BulkRun | null = null;
let stop: AbortController | null = null;
let runs = 0;
const listeners = new Set<() => void>();

/** Returns the run of this tab, or null before the first one. */
export function useBulkRun(): BulkRun | null {
  return useSyncExternalStore(subscribe, currentRun, () => null);
}

export function currentRun(): BulkRun | null {
  return run;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function update(next: BulkRun): void {
  run = next;
  for (const listener of listeners) listener();
}

/** Begins a run. An earlier one ends. */
export function startRun(started: Pick<BulkRun, "app" | "channel" | "subscriberIds">): void {
  runs += 1;
  const nothing = { answers: new Map(), readAt: null, progress: null, ended: null };
  void read({ id: runs, ...started, ...nothing }, started.subscriberIds);
}

/** Reads some subscribers of the run again, or those that it left out. */
export function readAgain(subscriberIds: readonly string[]): void {
  if (run) void read(run, subscriberIds);
}

/** Ends the reading. What has come stays. */
export function cancelRun(): void {
  stop?.abort();
}

/** Milliseconds between two renderings of what has come. */
const BETWEEN_UPDATES = 120;

async function read(started: BulkRun, subscriberIds: readonly string[]): Promise<void> {
  stop?.abort();
  const mine = new AbortController();
  stop = mine;
  const answers = new Map(started.answers);
  const total = subscriberIds.length;
  let state: BulkRun = { ...started, progress: { done: 0, total, waitSeconds: null }, ended: null };
  let done = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A run that was replaced says nothing any more.
  const show = () => {
    clearTimeout(timer);
    timer = undefined;
    if (stop === mine) update({ ...state, answers: new Map(answers) });
  };
  const take = (line: BulkLine) => {
    const waitSeconds = line.type === "wait" ? line.seconds : null;
    if (line.type === "answer") {
      answers.set(line.subscriberId, line.answer);
      done += 1;
      state = { ...state, readAt: new Date() };
    }
    state = { ...state, progress: { done, total, waitSeconds } };
    timer ??= setTimeout(show, BETWEEN_UPDATES);
  };
  show();
  addEventListener("beforeunload", warn);
  const ended = await ending(state, subscriberIds, mine.signal, take);
  state = { ...state, progress: null, ended };
  show();
  if (stop === mine) removeEventListener("beforeunload", warn);
}

/** The browser asks whether to leave the page. */
function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

async function ending(
  { app, channel }: BulkRun,
  subscriberIds: readonly string[],
  signal: AbortSignal,
  take: (line: BulkLine) => void,
): Promise<BulkEnd> {
  try {
    const channelId = channel?.channelId ?? null;
    const response = await fetch("/bulk/run", {
      ...{ method: "POST", signal, headers: { accept: "application/x-ndjson" } },
      body: JSON.stringify({ app, subscriberIds, channelId }),
    });
    if (!response.ok || !response.body) return await refusalOf(response);
    for await (const text of linesOf(response.body)) {
      const line: BulkLine = JSON.parse(text);
      if (line.type === "end") return { how: line.outcome };
      take(line);
    }
  } catch {
    // Cancelled, or the connection broke: both are told from what has come.
    if (signal.aborted) return { how: "cancelled" };
  }
  return { how: "broken" };
}

async function refusalOf(response: Response): Promise<BulkEnd> {
  const isOurs = response.headers.get("content-type")?.startsWith("application/json");
  return isOurs ? { how: "refused", failure: (await response.json()).failure } : { how: "broken" };
}
