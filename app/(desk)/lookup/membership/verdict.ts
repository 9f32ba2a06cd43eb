import {
  type AskedChannel,
  askedChannel,
  type MembershipAnswer,
  membershipAnswer,
} from "@/lib/subscriptions/membership";
import type { ChannelName } from "@/lib/subscriptions/near-names";
import type { Question } from "../../membership-actions";
import type { ListAnswer } from "../list/list-answer";

export type Verdict =
  | (Extract<AskedChannel, { kind: "channel" }> & { readonly answer: MembershipAnswer })
  | Extract<AskedChannel, { kind: "unclear" }>;

/** The key of the known channels that a question may mean. */
export function membershipKey({ app, subscriberId, channel }: Question) {
  return ["membership", app, subscriberId, channel] as const;
}

/** Decides which channel is meant, and whether the rows in hand answer the question. */
export function verdictOf(
  text: string,
  listed: ListAnswer | null,
  known: readonly ChannelName[],
): Verdict {
  const { rows = [], total = 0, state = "reading" } = listed ?? {};
  const asked = askedChannel(text, rows, known);
  if (asked.kind === "unclear") return asked;
  const { channelId } = asked.channel;
  const answer = membershipAnswer({
    found: rows.find((row) => row.channelId === channelId),
    ...{ read: rows.length, total },
    outcome: state === "page" ? "reading" : state,
  });
  return { ...asked, answer };
}
