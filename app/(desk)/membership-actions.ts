"use server";

import { z } from "zod";
import type { SessionUser } from "@/lib/auth/current-user";
import { shownFields } from "@/lib/auth/fields";
import { listNearChannels } from "@/lib/channels/directory/near-channels";
import { chatAppLabels } from "@/lib/chat";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guardAction } from "@/lib/http/guard";
import { failure, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import type { ChannelName } from "@/lib/subscriptions/near-names";

/** Known channels that a text may mean. */
export type KnownChannels = {
  readonly channels: readonly ChannelName[];
  /** False when the role sees no names: then only IDs are found. */
  readonly withNames: boolean;
};

const text = z.string().min(1).max(500);

const questionInput = z.strictObject({
  app: z.string(),
  subscriberId: z.string().refine((id) => subscriberIdProblem(id) === null),
  /** The ID or name that is asked about. */
  channel: text,
});

export type Question = z.input<typeof questionInput>;

async function knownChannels(app: string, query: string, { role }: SessionUser) {
  if (!chatAppLabels().some(({ slug }) => slug === app)) return failure("unknownApp" as const);
  const withNames = shownFields(env().fieldPolicy, role).includes("name");
  const channels = await listNearChannels(await database(), { app, text: query, withNames });
  return success<KnownChannels>({ channels, withNames });
}

/**
 * Records who asks whether a subscriber follows a channel, and returns the known channels that the text
 * may mean. The answer is in the rows that the browser reads.
 */
export const askMembership = guardAction({
  permission: "lookup",
  limit: "lookup",
  audit: {
    action: "membership",
    about: ({ app, subscriberId, channel }) => ({ app, subscriberId, target: channel }),
  },
  input: questionInput,
  run: ({ app, channel }, user) => knownChannels(app, channel, user),
});

/** Suggests known channels while somebody types. */
export const suggestChannels = guardAction({
  permission: "lookup",
  limit: "note",
  // It is about no subscriber.
  audit: null,
  input: z.strictObject({ app: z.string(), text }),
  run: ({ app, text: query }, user) => knownChannels(app, query, user),
});
