import { setMaxListeners } from "node:events";
import type { Priority } from "./budget";
import type { ChatClient } from "./client";
import { ChatApiError } from "./errors";
import { getSubscriptionPage, MAX_LIMIT } from "./official-accounts";
import type { Field, Subscription, SubscriptionPage } from "./types";
import { type OffsetRange, WholeSetPlan, type WholeSetProgress } from "./whole-set-plan";

export type WholeSetRequest = {
  readonly subscriberId: string;
  readonly fields: readonly Field[];
  readonly priority: Priority;
  readonly signal?: AbortSignal;
};

/**
 * How the reading ended:
 * `complete` every channel is in hand · `changed` read to the end, but rows or the count moved meanwhile
 * or do not agree, so a channel may be missing · `endless` the vendor never says that the list ends ·
 * `failed` a call failed. Only after `complete` is a "no" an answer.
 */
export type WholeSetOutcome = "complete" | "changed" | "endless" | "failed";

export type WholeSetEvent =
  | {
      readonly type: "rows";
      /** Index of the answer's first row; answers come in any order. */
      readonly offset: number;
      /** Its channels that had not come before. */
      readonly subscriptions: readonly Subscription[];
      readonly progress: WholeSetProgress;
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
const PARALLEL = 16;

type Answer = { readonly range: OffsetRange } & (
  | { readonly page: SubscriptionPage }
  | { readonly error: unknown }
);

/**
 * Reads all channels of a subscriber: the first page, then the rest by offset in parallel as far as the
 * vendor's count says, then from `Next` to `Next` until the vendor says the list is complete. A server
 * that gives fewer rows than asked is followed from `Next` to `Next` alone. The last event is `end`.
 *
 * @throws the signal's reason, at once, when aborted. Calls under way end then, as when the caller stops.
 */
export async function* readWholeSet(
  client: ChatClient,
  { subscriberId, fields, priority, signal }: WholeSetRequest,
): AsyncGenerator<WholeSetEvent, void> {
  const plan = new WholeSetPlan();
  const stop = new AbortController();
  const calls = new Map<OffsetRange, Promise<Answer>>();
  const signals = signal ? [signal, stop.signal] : [stop.signal];
  const options = { priority, signal: AbortSignal.any(signals) };
  setMaxListeners(2 * PARALLEL, options.signal);

  const ask = async (range: OffsetRange): Promise<Answer> => {
    const { start: offset, end } = range;
    const limit = Math.min(MAX_LIMIT, (end ?? Number.POSITIVE_INFINITY) - offset);
    try {
      const request = { subscriberId, fields, offset, limit };
      return { range, page: await getSubscriptionPage(client, request, options) };
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
      const subscriptions = plan.add(answer.range, answer.page);
      yield { type: "rows", offset: answer.range.start, subscriptions, progress: plan.progress };
    }
    yield end(plan, outcome(plan), null);
  } finally {
    stop.abort();
  }
}

function outcome(plan: WholeSetPlan): WholeSetOutcome {
  if (plan.endless) return "endless";
  const { read, total, duplicates, totalChanged } = plan.progress;
  return duplicates > 0 || totalChanged || read !== total ? "changed" : "complete";
}

function end(
  plan: WholeSetPlan,
  outcome: WholeSetOutcome,
  error: ChatApiError | null,
): WholeSetEvent {
  return { type: "end", outcome, progress: plan.progress, error, unread: plan.unread() };
}
