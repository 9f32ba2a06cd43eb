import { setMaxListeners } from "node:events";
import type { Priority } from "./budget";
import type { CallOptions, ChatClient } from "./client";
import { ChatApiError } from "./errors";
import { getSubscriptionPage, MAX_LIMIT } from "./official-accounts";
import {
  type Field,
  type OffsetRange,
  outcomeOf,
  type Subscription,
  type SubscriptionPage,
  type WholeSetOutcome,
  type WholeSetProgress,
} from "./types";

export type WholeSetRequest = {
  readonly subscriberId: string;
  readonly fields: readonly Field[];
  /** As in SubscriptionPageRequest. */
  readonly readable?: readonly Field[];
  /** The priority of the first page. After it, `interactive` goes behind single pages. */
  readonly priority: Priority;
  readonly person?: string | undefined;
  readonly signal?: AbortSignal;
  /** Reads only what an earlier read left. Its outcome is that of this part alone. */
  readonly from?: Continuation;
  /** Stops after the first answer if the API counts more channels than this. */
  readonly pauseAbove?: number;
};

export type WholeSetEvent =
  | {
      readonly type: "rows";
      /** Index of the answer's first row. Answers come in any order. */
      readonly offset: number;
      /** Channels that had not come before. */
      readonly subscriptions: readonly Subscription[];
      readonly progress: WholeSetProgress;
      /** The offsets not read so far. */
      readonly unread: readonly OffsetRange[];
    }
  | {
      readonly type: "end";
      readonly outcome: WholeSetOutcome;
      readonly progress: WholeSetProgress;
      /** Why, for `failed`. */
      readonly error: ChatApiError | null;
      /** The offsets not read; empty after `complete` and `changed`. */
      readonly unread: readonly OffsetRange[];
    };

/** Parallel pages: enough to hide the latency, few enough to leave capacity for others. */
export const PARALLEL = 24;

type Answer = { readonly range: OffsetRange } & (
  | { readonly page: SubscriptionPage }
  | { readonly error: unknown }
);

/**
 * Reads all channels of a subscriber: the first page, then the rest by offset in parallel as far as the
 * vendor's count says, then from `Next` to `Next` until the vendor says the list is complete. A server
 * that gives fewer rows than asked is followed from `Next` to `Next` alone. A continued reading does the
 * same with what was left: the list decides how many calls it takes, however much is said to be unread.
 * The last event is `end`.
 *
 * @throws the signal's reason, at once, when aborted. Calls under way end then, as when the caller stops.
 */
export async function* readWholeSet(
  client: ChatClient,
  { subscriberId, fields, readable, priority, person, signal, from, pauseAbove }: WholeSetRequest,
): AsyncGenerator<WholeSetEvent, void> {
  const plan = new WholeSetPlan(from);
  const stop = new AbortController();
  const calls = new Map<OffsetRange, Promise<Answer>>();
  const signals = signal ? [signal, stop.signal] : [stop.signal];
  const ending = AbortSignal.any(signals);
  setMaxListeners(2 * PARALLEL, ending);
  const first: CallOptions = { priority, person, signal: ending };
  const later = priority === "interactive" ? ({ ...first, priority: "wholeSet" } as const) : first;

  // A later answer would be too large as well.
  let maxLimit = MAX_LIMIT;
  const ask = async (range: OffsetRange): Promise<Answer> => {
    const { start: offset, end } = range;
    const limit = Math.min(maxLimit, (end ?? Number.POSITIVE_INFINITY) - offset);
    try {
      const request = { subscriberId, fields, readable, offset, limit };
      const options = plan.progress.answers === 0 ? first : later;
      const page = await getSubscriptionPage(client, request, options);
      if (page.limit < limit) maxLimit = Math.min(maxLimit, page.limit);
      return { range, page };
    } catch (error) {
      return { range, error };
    }
  };

  try {
    for (;;) {
      while (calls.size < PARALLEL && !plan.endless) {
        const range = plan.take();
        if (!range) break;
        calls.set(range, ask(range));
      }
      if (calls.size === 0) break;
      const answer = await Promise.race(calls.values());
      calls.delete(answer.range);
      if ("error" in answer) {
        if (!(answer.error instanceof ChatApiError)) throw answer.error;
        yield end(plan, "failed", answer.error);
        return;
      }
      const offset = answer.range.start;
      const subscriptions = plan.add(answer.range, answer.page);
      const { progress } = plan;
      yield { type: "rows", offset, subscriptions, progress, unread: plan.unread() };
      if (pauseAbove !== undefined && answer.page.nextOffset !== null) {
        if (plan.progress.total > pauseAbove) {
          yield end(plan, "paused", null);
          return;
        }
      }
    }
    yield end(plan, plan.endless ? "endless" : outcomeOf(plan.progress), null);
  } finally {
    stop.abort();
  }
}

function end(
  plan: WholeSetPlan,
  outcome: WholeSetOutcome,
  error: ChatApiError | null,
): WholeSetEvent {
  return { type: "end", outcome, progress: plan.progress, error, unread: plan.unread() };
}

/** Consecutive answers without a new channel after which the list counts as endless. */
const MAX_BARREN = 10;
/** Far more than anybody follows. A longer list counts as endless. */
const MAX_ROWS = 1_000_000;

/** Where an earlier read stopped: the unread ranges and the API's count. */
export type Continuation = { readonly unread: readonly OffsetRange[]; readonly total: number };

/**
 * Plans the next offsets and counts. Makes no calls. Requests pages in parallel only within the
 * API's count, and nothing behind the end of the list.
 */
export class WholeSetPlan {
  readonly #seen = new Set<string>();
  readonly #asked = new Set<OffsetRange>();
  /** The pending ranges, in order. */
  #left: OffsetRange[];
  /** Whether the count tells the pages of an open range. Otherwise only `Next` does. */
  #isPlannable: boolean;
  #progress: WholeSetProgress;
  #barren = 0;

  /** @param from absent for a reading from the start. Only its own channels are counted then. */
  constructor(from?: Continuation) {
    this.#left = from ? [...from.unread] : [{ start: 0, end: null }];
    this.#isPlannable = from !== undefined;
    this.#progress = {
      read: 0,
      total: from?.total ?? 0,
      answers: 0,
      duplicates: 0,
      unreadableRows: 0,
      totalChanged: false,
    };
  }

  get progress(): WholeSetProgress {
    return this.#progress;
  }

  /** Whether the API never ends the list. */
  get endless(): boolean {
    return this.#barren >= MAX_BARREN || this.#seen.size > MAX_ROWS;
  }

  /**
   * The next range to ask for, a page at most, or null when there is none until another answer has come.
   * The first answer is waited for: nothing else says how long the list is now. Behind the count, which
   * may be wrong, one question follows another until an answer ends the list.
   */
  take(): OffsetRange | null {
    const [first, ...others] = this.#left;
    if (!first) return null;
    const isCounted = this.#isCounted(first);
    if (this.#asked.size > 0 && (this.#progress.answers === 0 || !isCounted)) return null;
    const range = isCounted || first.end !== null ? firstPage(first) : first;
    const isAll = range.end === null || range.end === first.end;
    this.#left = isAll ? others : [{ start: range.end, end: first.end }, ...others];
    this.#asked.add(range);
    return range;
  }

  /** Records an answer and returns its new channels. */
  add(range: OffsetRange, page: SubscriptionPage): Subscription[] {
    this.#asked.delete(range);
    const fresh = page.subscriptions.filter(({ channelId }) => {
      const isNew = !this.#seen.has(channelId);
      this.#seen.add(channelId);
      return isNew;
    });
    const { answers, total, totalChanged, duplicates, unreadableRows } = this.#progress;
    this.#progress = {
      read: this.#seen.size,
      total: page.total,
      answers: answers + 1,
      duplicates: duplicates + page.subscriptions.length - fresh.length,
      unreadableRows: unreadableRows + page.unreadableRows,
      totalChanged: totalChanged || (answers > 0 && page.total !== total),
    };
    // After the end of the list an empty answer is no fault.
    this.#barren = fresh.length > 0 || page.nextOffset === null ? 0 : this.#barren + 1;
    this.#follow(range, page);
    return fresh;
  }

  /** The unread ranges, in order. */
  unread(): OffsetRange[] {
    return merged([...this.#asked, ...this.#left]);
  }

  #follow(range: OffsetRange, page: SubscriptionPage): void {
    const { nextOffset, subscriptions, unreadableRows, limit } = page;
    if (nextOffset === null) {
      this.#left = this.#left.filter(({ start }) => start < range.start);
      return;
    }
    if (range.end === null || nextOffset < range.end) {
      this.#left = merged([...this.#left, { start: nextOffset, end: range.end }]);
    }
    const isFull = nextOffset === limit && subscriptions.length + unreadableRows === limit;
    if (range.start === 0 && isFull) this.#isPlannable = true;
  }

  #isCounted({ start, end }: OffsetRange): boolean {
    return start < this.#progress.total && (end !== null || this.#isPlannable);
  }
}

function firstPage({ start, end }: OffsetRange): OffsetRange {
  return { start, end: Math.min(end ?? Number.POSITIVE_INFINITY, start + MAX_LIMIT) };
}

/** Sorts ranges and joins adjacent ones. */
function merged(ranges: readonly OffsetRange[]): OffsetRange[] {
  const result: OffsetRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && (last.end === null || last.end >= range.start)) {
      const end = last.end === null || range.end === null ? null : Math.max(last.end, range.end);
      result[result.length - 1] = { start: last.start, end };
    } else {
      result.push(range);
    }
  }
  return result;
}
