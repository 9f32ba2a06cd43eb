import type { ChatClient } from "@/lib/chat-api/client";
import { getSubscriptionPage, MAX_LIMIT } from "@/lib/chat-api/official-accounts";
import type { Field, Subscription } from "@/lib/chat-api/types";
import { readWholeSet } from "@/lib/chat-api/whole-set";
import { type MembershipAnswer, membershipAnswer } from "@/lib/subscriptions/membership";
import { READ_UNASKED } from "../stream/stream-address";

type Wanted = {
  readonly subscriberId: string;
  /** Who asks: people take turns at the vendor. */
  readonly person?: string | undefined;
  readonly channelId: string;
  readonly fields: readonly Field[];
  /** All that may be asked for. */
  readonly readable: readonly Field[];
  /** Where in the list it stood when it was last seen. */
  readonly offsetHint: number | null;
  /** Is given all rows that are read on the way. */
  readonly onRead: (rows: readonly Subscription[]) => void;
};

/** One subscription: where it was last seen, or else wherever in the whole list it is now. */
export async function findSubscription(
  client: ChatClient,
  { channelId, offsetHint, onRead, person, ...list }: Wanted,
): Promise<MembershipAnswer> {
  const options = { priority: "interactive", person } as const;
  const isWanted = (row: Subscription) => row.channelId === channelId;
  if (offsetHint !== null) {
    // A list that has shifted by some rows since is no reason to read all of it.
    const request = { ...list, offset: Math.max(0, offsetHint - MAX_LIMIT / 2), limit: MAX_LIMIT };
    const { subscriptions } = await getSubscriptionPage(client, request, options);
    onRead(subscriptions);
    const found = subscriptions.find(isWanted);
    if (found) return { answer: "yes", subscription: found };
  }
  const request = { ...list, ...options, pauseAbove: READ_UNASKED } as const;
  for await (const event of readWholeSet(client, request)) {
    const { read, total } = event.progress;
    if (event.type === "end") {
      if (event.error && read === 0) throw event.error;
      return membershipAnswer({ found: undefined, read, total, outcome: event.outcome });
    }
    onRead(event.subscriptions);
    // Leaving the loop ends the calls that are under way.
    const found = event.subscriptions.find(isWanted);
    if (found) return { answer: "yes", subscription: found };
  }
  throw new Error("The reading of a list ended without its end.");
}
