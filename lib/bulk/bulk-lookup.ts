import { setTimeout } from "node:timers/promises";
import type { ChatClient } from "@/lib/chat-api/client";
import type { ChatApiError } from "@/lib/chat-api/errors";
import { checkAccounts, getSubscriptionPage } from "@/lib/chat-api/official-accounts";
import type { Field } from "@/lib/chat-api/types";
import { readWholeSet } from "@/lib/chat-api/whole-set";
import { type MembershipAnswer, membershipAnswer } from "@/lib/subscriptions/membership";

export type BulkEvent<Answer> =
  | { readonly type: "answer"; readonly subscriberId: string; readonly answer: Answer }
  /** The rate limit is used up. The run continues by itself. */
  | { readonly type: "wait"; readonly seconds: number }
  /** `failing`: too many subscribers in a row failed, and the rest was not asked. */
  | { readonly type: "end"; readonly outcome: "done" | "failing" };

type BulkOptions<Answer> = {
  /** Reads one subscriber. What it throws ends the run. */
  readonly read: (subscriberId: string, signal: AbortSignal) => Promise<Answer>;
  readonly isFailure: (answer: Answer) => boolean;
  /** Counts one subscriber. Returns the seconds to wait if the rate limit is used up, otherwise null. */
  readonly consume: () => Promise<number | null>;
  readonly signal?: AbortSignal;
  readonly pause?: (seconds: number, signal: AbortSignal) => Promise<unknown>;
};

const PARALLEL = 4;

/** Seconds after which a waiting run says again how long it waits, and its reader is checked again. */
const LONGEST_PAUSE = 5;

/** Failures in a row after which every other subscriber would probably fail too. */
const MAX_FAILURES = 10;

type Outcome<Answer> = { readonly subscriberId: string } & (
  | { readonly answer: Answer }
  | { readonly error: unknown }
);

/**
 * Reads subscribers, a few at once, and yields each answer when it comes. The last event is `end`.
 * Readings under way end when the caller stops.
 *
 * @throws what `read` throws, and the signal's reason when aborted
 */
export async function* bulkLookup<Answer>(
  subscriberIds: readonly string[],
  { read, isFailure, consume, signal, pause = waitFor }: BulkOptions<Answer>,
): AsyncGenerator<BulkEvent<Answer>, void> {
  const stop = new AbortController();
  const ending = AbortSignal.any(signal ? [signal, stop.signal] : [stop.signal]);
  const left = [...new Set(subscriberIds)];
  const readings = new Map<string, Promise<Outcome<Answer>>>();
  let failures = 0;
  try {
    for (;;) {
      while (readings.size < PARALLEL && failures < MAX_FAILURES) {
        ending.throwIfAborted();
        const [subscriberId] = left;
        if (subscriberId === undefined) break;
        const seconds = await consume();
        if (seconds === null) {
          left.shift();
          // Never rejects, because nobody may be left to await it.
          const reading = read(subscriberId, ending).then(
            (answer) => ({ subscriberId, answer }),
            (error: unknown) => ({ subscriberId, error }),
          );
          readings.set(subscriberId, reading);
          continue;
        }
        // The answers under way come first.
        if (readings.size > 0) break;
        yield { type: "wait", seconds };
        await pause(Math.min(seconds, LONGEST_PAUSE), ending);
      }
      if (readings.size === 0) break;
      const outcome = await Promise.race(readings.values());
      if ("error" in outcome) throw outcome.error;
      const { subscriberId, answer } = outcome;
      readings.delete(subscriberId);
      failures = isFailure(answer) ? failures + 1 : 0;
      yield { type: "answer", subscriberId, answer };
    }
    yield { type: "end", outcome: left.length === 0 ? "done" : "failing" };
  } finally {
    stop.abort();
  }
}

const waitFor = (seconds: number, signal: AbortSignal) =>
  setTimeout(seconds * 1000, undefined, { signal });

type SubscriberRequest = {
  readonly subscriberId: string;
  /** The channel that is asked about, or null. */
  readonly channelId: string | null;
  /** The fields that the person may read. */
  readonly readable: readonly Field[];
  /** The person for whom it is read. */
  readonly person: string;
  readonly signal: AbortSignal;
};

/** One subscriber of a bulk lookup, as far as the list had to be read. */
export type SubscriberReading =
  | {
      readonly outcome: "found";
      /** The API's count. */
      readonly channels: number;
      /** Null without a channel. */
      readonly follows: MembershipAnswer | null;
      /** Why the list was not read to its end, if a call failed. */
      readonly error: ChatApiError | null;
    }
  | { readonly outcome: "unknown" };

/** The only field of a bulk lookup. */
export function bulkFields(channelId: string | null, readable: readonly Field[]): Field[] {
  return readable.filter((field) => channelId !== null && field === "subscribedAt");
}

/**
 * Reads how many channels a subscriber follows and, where a channel is given, whether that is one of
 * them. The list is read until the channel is found or to its end. It goes behind waiting people.
 *
 * @throws ChatApiError when nothing could be read
 */
export async function readSubscriber(
  client: ChatClient,
  { subscriberId, channelId, readable, person, signal }: SubscriberRequest,
): Promise<SubscriberReading> {
  const options = { priority: "background", person, signal } as const;
  const request = { subscriberId, fields: bulkFields(channelId, readable), readable };
  const found = async (
    channels: number,
    follows: MembershipAnswer | null,
    error: ChatApiError | null = null,
  ) => {
    const isListed = channels > 0 || follows?.answer === "yes" || error !== null;
    // A user the app does not know has an empty list too.
    const isKnown =
      isListed || (await checkAccounts(client, [subscriberId], options)).has(subscriberId);
    return isKnown
      ? ({ outcome: "found", channels, follows, error } as const)
      : ({ outcome: "unknown" } as const);
  };
  if (channelId === null) {
    const page = await getSubscriptionPage(client, { ...request, offset: 0, limit: 1 }, options);
    return found(page.total, null);
  }
  for await (const event of readWholeSet(client, { ...request, ...options })) {
    const { read, total, answers } = event.progress;
    if (event.type === "end") {
      const { outcome, error } = event;
      if (error && answers === 0) throw error;
      return found(total, membershipAnswer({ found: undefined, read, total, outcome }), error);
    }
    const row = event.subscriptions.find((each) => each.channelId === channelId);
    if (row) return found(total, { answer: "yes", subscription: row });
  }
  throw new Error("A whole set ends with its end.");
}
