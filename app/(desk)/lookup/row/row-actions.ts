"use server";

import { z } from "zod";
import { readableFields } from "@/lib/auth/fields";
import { queueAbsences, queueObservations } from "@/lib/channels/observations/queue";
import { chatClient } from "@/lib/chat";
import type { CallOptions, ChatClient } from "@/lib/chat-api/client";
import { getSubscriptionPage, listChannels, MAX_LIMIT } from "@/lib/chat-api/official-accounts";
import {
  CHANNEL_FIELDS,
  type Channel,
  type ChannelField,
  type Field,
  SUBSCRIPTION_FIELDS,
  type Subscription,
} from "@/lib/chat-api/types";
import { readWholeSet } from "@/lib/chat-api/whole-set";
import { database } from "@/lib/db/database";
import type { Failure } from "@/lib/failure";
import { guardAction } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { type MembershipAnswer, membershipAnswer } from "@/lib/subscriptions/membership";
import { READ_UNASKED } from "../stream/stream-address";

const rowInput = z.strictObject({
  app: z.string(),
  subscriberId: z.string().refine((id) => subscriberIdProblem(id) === null),
  channelId: z.string().min(1).max(200),
  offsetHint: z.number().int().nonnegative().max(999_999_999).nullable(),
});

export type RowInput = z.input<typeof rowInput>;

/** One channel and one subscriber's subscription of it, as they were at `readAt`. */
export type Row = {
  readonly channelId: string;
  /** Null when the vendor has no such channel, or has it no more. */
  readonly channel: Channel | null;
  readonly subscription: MembershipAnswer;
  /** What was asked for: all that the person may read now. */
  readonly fields: readonly Field[];
  readonly readAt: Date;
  /** Milliseconds the vendor took, our waiting for the budget included. */
  readonly duration: number;
};

export type RowResult = Result<Row, Failure>;

/** Reads all that a person may see of one row, from the vendor and not from the list in hand. */
export const readRow = guardAction({
  permission: "lookup",
  limit: "lookup",
  audit: {
    action: "channel",
    about: ({ app, subscriberId, channelId }) => ({ app, subscriberId, target: channelId }),
  },
  input: rowInput,
  async run({ app, subscriberId, channelId, offsetHint }, user, note) {
    const client = chatClient(app);
    if (!client) return failure("unknownApp");
    const fields = await readableFields(await database(), user, { app, subscriberId }, new Date());
    note({ fields });
    const ofChannel = CHANNEL_FIELDS.filter((field) => fields.includes(field));
    const ofSubscription = SUBSCRIPTION_FIELDS.filter((field) => fields.includes(field));
    const list = {
      ...{ subscriberId, fields: ofSubscription, readable: fields },
      onRead: (rows: readonly Channel[]) => queueObservations(app, rows, new Date()),
    };
    const started = performance.now();
    const [channel, subscription] = await Promise.all([
      findChannel(client, app, channelId, ofChannel, user.id),
      findSubscription(client, { ...list, person: user.id, channelId, offsetHint }),
    ]);
    const duration = Math.round(performance.now() - started);
    const readAt = new Date();
    if (channel) queueObservations(app, [channel], readAt);
    note({ rows: channel === null ? 0 : 1 });
    return success<Row>({
      ...{ channelId, channel, subscription, fields },
      ...{ readAt, duration },
    });
  },
});

const GONE = 130004;
const NO_SUCH_CHANNEL = [GONE, 130007];

async function findChannel(
  client: ChatClient,
  app: string,
  channelId: string,
  fields: readonly ChannelField[],
  person: string,
): Promise<Channel | null> {
  const options: CallOptions = { priority: "interactive", person };
  const [answer] = await listChannels(client, [channelId], fields, options);
  if (!answer) throw new Error("Every id that is asked for has its answer.");
  if ("channel" in answer) return answer.channel;
  if (answer.error.code === GONE) queueAbsences(app, [channelId], new Date());
  if (answer.error.code !== null && NO_SUCH_CHANNEL.includes(answer.error.code)) return null;
  throw answer.error;
}

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
async function findSubscription(
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
