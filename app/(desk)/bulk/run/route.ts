import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { readableFields } from "@/lib/auth/fields";
import { type BulkAnswer, type BulkLine, matchesFilter } from "@/lib/bulk/bulk-answer";
import {
  bulkFields,
  bulkLookup,
  readSubscriber,
  type SubscriberReading,
} from "@/lib/bulk/bulk-lookup";
import { isAbortError, jsonLines } from "@/lib/byte-stream";
import { chatClient } from "@/lib/chat";
import { ChatApiError } from "@/lib/chat-api/errors";
import { database } from "@/lib/db/database";
import { type Failure, vendorFailure } from "@/lib/failure";
import { guardRoute, type RouteLog } from "@/lib/http/guard";
import { waitFor } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request";
import { MAX_IDS } from "@/lib/paste/recognise";
import { failure, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";

const bulkInput = z.strictObject({
  app: z.string(),
  subscriberIds: z
    .array(z.string().refine((id) => subscriberIdProblem(id) === null))
    .min(1)
    .max(MAX_IDS),
  /** Null if no channel is asked about. */
  channelId: z.string().min(1).max(200).nullable(),
});

const guarded = guardRoute({
  permission: "bulk",
  limit: "lookup",
  audit: {
    action: "bulk.lookup",
    about: ({ app, channelId }) => ({ app, target: channelId }),
  },
  input: bulkInput,
  async run({ app, subscriberIds, channelId }, user, { signal }, log) {
    const client = chatClient(app);
    if (!client) return failure("unknownApp");
    const t = await getTranslations("failures");
    const { address } = await requestFacts();
    // Revealed fields are for one subscriber at a time.
    const readable = await readableFields(await database(), user, null, new Date());
    const fields = bulkFields(channelId, readable);
    await log.begin({ fields });
    const action = channelId === null ? "lookup" : "membership";

    const read = async (subscriberId: string, signal: AbortSignal): Promise<BulkAnswer> => {
      const row = log.part(action, { app, subscriberId, target: channelId, fields });
      const started = performance.now();
      const inWords = (error: ChatApiError): Failure => ({
        ...vendorFailure(error, Math.round((performance.now() - started) / 1000), t),
        requestId: log.requestId,
      });
      try {
        const request = { subscriberId, channelId, readable, person: user.id, signal };
        const reading = await readSubscriber(client, request);
        const isPartial = reading.outcome === "found" && reading.follows?.answer === "unknown";
        const error = reading.outcome === "found" ? reading.error : null;
        await row.end({ outcome: isPartial ? "partial" : "done", code: error && codeOf(error) });
        return answerOf(reading, inWords);
      } catch (error) {
        if (isAbortError(error)) await row.end({ outcome: "cancelled" });
        if (!(error instanceof ChatApiError)) throw error;
        await row.end({ outcome: "failed", code: codeOf(error) });
        return { outcome: "failed", failure: inWords(error) };
      }
    };

    const lines = bulkLookup(subscriberIds, {
      ...{ read, signal },
      isFailure: (answer) => matchesFilter(answer, "failed"),
      consume: () => waitFor("bulk", { userId: user.id, address }, new Date()),
    });
    return success(jsonLines(audited(lines, log)));
  },
});

/** Looks up the subscribers of the body, a line of JSON an answer. It ends when the browser leaves. */
export async function POST(request: Request): Promise<Response> {
  // What is no JSON is refused as any other wrong input.
  return guarded(request, await request.json().catch(() => null));
}

function codeOf({ code, kind }: ChatApiError): string {
  return String(code ?? kind);
}

function answerOf(
  reading: SubscriberReading,
  inWords: (error: ChatApiError) => Failure,
): BulkAnswer {
  if (reading.outcome === "unknown") return reading;
  const { outcome, channels, follows, error } = reading;
  if (follows?.answer === "yes") {
    const since = follows.subscription.subscribedAt?.getTime() ?? null;
    return { outcome, channels, follows: { answer: "yes", since } };
  }
  if (follows?.answer === "unknown") {
    const { answer, read, total } = follows;
    const failure = error && inWords(error);
    return { outcome, channels, follows: { answer, read, total, failure } };
  }
  return { outcome, channels, follows: follows && { answer: follows.answer } };
}

/** Passes the lines on, and records the end before the last one. */
async function* audited(
  lines: AsyncIterable<BulkLine>,
  log: Pick<RouteLog, "end">,
): AsyncGenerator<BulkLine, void> {
  let rows = 0;
  try {
    for await (const line of lines) {
      if (line.type === "answer") rows += 1;
      if (line.type === "end") {
        await log.end({ outcome: line.outcome === "done" ? "done" : "partial", rows });
      }
      yield line;
    }
  } finally {
    await log.end({ outcome: "cancelled", rows });
  }
}
