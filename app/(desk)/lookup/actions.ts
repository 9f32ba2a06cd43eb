"use server";

import type { z } from "zod";
import { requestableFields } from "@/lib/auth/fields";
import { queueObservations } from "@/lib/channels/observations/queue";
import { chatClient } from "@/lib/chat";
import { checkAccounts, getSubscriptionPage } from "@/lib/chat-api/official-accounts";
import type { Field, SubscriptionPage } from "@/lib/chat-api/types";
import type { Failure } from "@/lib/failure";
import { guardAction } from "@/lib/http/guard";
import { failure, type Result, success } from "@/lib/result";
import { lookupSchema } from "./lookup-schema";

export type LookupInput = z.input<typeof lookupSchema>;

/** One page of a subscriber's channels, as it was at `readAt`. */
export type Lookup = SubscriptionPage & {
  /** Index of the first row, from 0. */
  readonly offset: number;
  /** False when the app has no such user. Asked only when the list is empty. */
  readonly known: boolean;
  /** What was asked for: the fields wanted that the person may read. */
  readonly fields: readonly Field[];
  readonly readAt: Date;
  /** Milliseconds the vendor took, our waiting for the budget included. */
  readonly duration: number;
};

export type LookupResult = Result<Lookup, Failure>;

/** Reads one page of the channels that a subscriber follows. */
export const lookup = guardAction({
  permission: "lookup",
  limit: "lookup",
  audit: { action: "lookup", about: ({ app, subscriberId }) => ({ app, subscriberId }) },
  input: lookupSchema,
  async run({ app, subscriberId, fields: requested, offset, size }, user, note) {
    const client = chatClient(app);
    if (!client) return failure("unknownApp");
    const { readable, fields } = await requestableFields(user, { app, subscriberId }, requested);
    note({ fields });
    const options = { priority: "interactive", person: user.id } as const;
    const started = performance.now();
    const request = { subscriberId, fields, readable, offset, limit: size };
    const page = await getSubscriptionPage(client, request, options);
    const known =
      page.total > 0 ||
      page.subscriptions.length > 0 ||
      (await checkAccounts(client, [subscriberId], options)).has(subscriberId);
    const duration = Math.round(performance.now() - started);
    const readAt = new Date();
    queueObservations(app, page.subscriptions, readAt);
    note({ rows: page.subscriptions.length });
    return success<Lookup>({ ...page, offset, known, fields, readAt, duration });
  },
});
