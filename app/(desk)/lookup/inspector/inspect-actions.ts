"use server";

import { getTranslations } from "next-intl/server";
import { requestableFields } from "@/lib/auth/fields";
import { queueObservations } from "@/lib/channels/observations/queue";
import { chatAppLabel, chatClient } from "@/lib/chat";
import { ChatApiError } from "@/lib/chat-api/errors";
import { getSubscriptionPage } from "@/lib/chat-api/official-accounts";
import { CallTrace, type TracedCall } from "@/lib/chat-api/trace";
import { type Failure, vendorFailure } from "@/lib/failure";
import { guardAction } from "@/lib/http/guard";
import { indentJson } from "@/lib/json-text";
import { failure, type Result, success } from "@/lib/result";
import { lookupSchema } from "../lookup-schema";

/** The call behind a lookup, made once more so that it could be watched. */
export type Inspection = Omit<TracedCall, "answer"> & {
  /** In the person's language. */
  readonly region: string;
  /** On lines of its own, and how many characters of it are left out; null without any. */
  readonly answer: { readonly text: string; readonly rest: number } | null;
  /** Why the call failed, as the lookup would say it. */
  readonly failure: Failure | null;
  readonly calledAt: Date;
};

export type InspectResult = Result<Inspection, Failure>;

const MAX_ANSWER = 200_000;

/** Makes the call of a lookup and tells how it went, whether it succeeded or not. */
export const inspect = guardAction({
  permission: "lookup",
  limit: "lookup",
  audit: { action: "inspect", about: ({ app, subscriberId }) => ({ app, subscriberId }) },
  input: lookupSchema,
  async run({ app, subscriberId, fields: requested, offset, size }, user, note) {
    const client = chatClient(app);
    if (!client) return failure("unknownApp");
    const { readable, fields } = await requestableFields(user, { app, subscriberId }, requested);
    note({ fields });
    const request = { subscriberId, fields, readable, offset, limit: size };
    const calledAt = new Date();
    const trace = new CallTrace(readable);
    let failed: Failure | null = null;
    try {
      const options = { priority: "interactive", person: user.id, trace } as const;
      const page = await getSubscriptionPage(client, request, options);
      queueObservations(app, page.subscriptions, new Date());
    } catch (error) {
      if (!(error instanceof ChatApiError)) throw error;
      const seconds = Math.round((Date.now() - calledAt.getTime()) / 1000);
      failed = vendorFailure(error, seconds, await getTranslations("failures"));
    }
    const { call } = trace;
    if (!call) throw new Error("The client did not begin the call it was given.");
    const { answer, ...rest } = call;
    const regions = await getTranslations("regions");
    return success<Inspection>({
      ...rest,
      region: regions(chatAppLabel(app)?.region ?? "custom"),
      answer: answer === null ? null : indentJson(answer, MAX_ANSWER),
      failure: failed,
      calledAt,
    });
  },
});
