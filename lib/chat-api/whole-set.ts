import { setMaxListeners } from "node:events";
import type { Priority } from "./budget";
import type { CallOptions, ChatClient } from "./client";
import { ChatApiError } from "./errors";
import { getSubscriptionPage, MAX_LIMIT } from "./official-accounts";
import type { Field, Subscription, SubscriptionPage } from "./types";
import { type Continuation, WholeSetPlan } from "./whole-set-plan";
import {
  type OffsetRange,
  outcomeOf,
  type WholeSetOutcome,
  type WholeSetProgress,
} from "./whole-set-progress";

export type WholeSetRequest = {
  readonly subscriberId: string;
  readonly fields: readonly Field[];
  /** As in SubscriptionPageRequest. */
  readonly readable?: readonly Field[];
  /** Of the first page. What is `interactive` goes behind single pages after that. */
  readonly priority: Priority;
  /** For whom the set is read. */
  readonly person?: string | undefined;
  readonly signal?: AbortSignal;
  /** Reads only what an earlier reading left. Its outcome is then that of this part alone. */
  readonly from?: Continuation;
  /** Stops after the first answer when the vendor counts more channels than this. */
  readonly pauseAbove?: number;
};

export type WholeSetEvent =
  | {
      readonly type: "rows";
      /** Index of the answer's first row; answers come in any order. */
      readonly offset: number;
      /** Its channels that had not come before. */
      readonly subscriptions: readonly Subscription[];
      readonly progress: WholeSetProgress;
      /** The offsets that were not read so far. */
      readonly unread: readonly OffsetRange[];
    }
  | {
      readonly type: "end";
      readonly outcome: WholeSetOutcome;
      readonly progress: WholeSetProgress;
      /** Why, for `failed`. */
      readonly error: ChatApiError | null;
      /** The offsets that were not read; empty after `complete` and `changed`. */
      readonly unread: readonly OffsetRange[];
    };

/** Pages asked for at once: enough to hide the vendor's latency, few enough to leave room for others. */
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

  // Once an answer would have been too large, so would the next one be.
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
