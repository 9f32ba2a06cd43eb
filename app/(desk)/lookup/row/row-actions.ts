"use server";

import { z } from "zod";
import { readableFields } from "@/lib/auth/fields";
import type { Deferred } from "@/lib/call-action";
import { queueAbsences, queueObservations } from "@/lib/channels/observations/queue";
import { chatClient } from "@/lib/chat";
import type { CallOptions, ChatClient } from "@/lib/chat-api/client";
import { listChannels } from "@/lib/chat-api/official-accounts";
import {
  CHANNEL_FIELDS,
  type Channel,
  type ChannelField,
  type Field,
  SUBSCRIPTION_FIELDS,
} from "@/lib/chat-api/types";
import { database } from "@/lib/db/database";
import type { Failure } from "@/lib/failure";
import { guard } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import type { MembershipAnswer } from "@/lib/subscriptions/membership";
import { findSubscription } from "./find-subscription";

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

const guarded = guard({
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

/** Reads all that a person may see of one row, from the vendor and not from the list in hand. */
export async function readRow(input: RowInput): Promise<Deferred<RowResult>> {
  return { answer: guarded(input) };
}

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
