import { getTranslations } from "next-intl/server";
import { z } from "zod";
import type { Ending } from "@/lib/audit/record";
import { requestableFields } from "@/lib/auth/fields";
import { jsonLines } from "@/lib/byte-stream";
import { queueObservations } from "@/lib/channels/observations/queue";
import { chatClient } from "@/lib/chat";
import type { ChatClient } from "@/lib/chat-api/client";
import { ChatApiError } from "@/lib/chat-api/errors";
import { checkAccounts } from "@/lib/chat-api/official-accounts";
import { FIELDS, type WholeSetOutcome } from "@/lib/chat-api/types";
import { readWholeSet, type WholeSetRequest } from "@/lib/chat-api/whole-set";
import { vendorFailure } from "@/lib/failure";
import { guardRoute, type RouteLog } from "@/lib/http/guard";
import { LINK_PARAM } from "@/lib/links/link-address";
import { failure, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import type { WholeSetLine } from "@/lib/subscriptions/whole-set-events";
import { askedQuery } from "../asked-query";
import { parseRanges } from "./stream-address";

const streamInput = z.strictObject({
  app: z.string(),
  subscriber: z.string().refine((id) => subscriberIdProblem(id) === null),
  fields: z
    .string()
    .transform((names) => names.split(",").filter(Boolean))
    .pipe(z.array(z.enum(FIELDS)).max(FIELDS.length)),
  pauseAbove: z.coerce.number().int().positive().optional(),
  unread: z
    .string()
    .transform(parseRanges)
    .refine((ranges) => ranges.length > 0)
    .optional(),
  total: z.coerce.number().int().nonnegative().default(0),
});

const guarded = guardRoute({
  permission: "lookup",
  limit: "lookup",
  audit: {
    action: "wholeSet",
    about: ({ app, subscriber }) => ({ app, subscriberId: subscriber }),
  },
  input: streamInput,
  async run(input, user, { signal }, log) {
    const { app, subscriber, fields: requested, pauseAbove, unread, total } = input;
    const client = chatClient(app);
    if (!client) return failure("unknownApp");
    const about = { app, subscriberId: subscriber };
    const { readable, fields } = await requestableFields(user, about, requested);
    await log.begin({ fields });
    const lines = readLines(app, client, log, await getTranslations("failures"), {
      subscriberId: subscriber,
      fields,
      readable,
      priority: "interactive",
      person: user.id,
      signal,
      ...(pauseAbove !== undefined && { pauseAbove }),
      ...(unread && { from: { unread, total } }),
    });
    return success(jsonLines(lines));
  },
});

/** All channels of a subscriber, a line of JSON an answer. It ends when the browser leaves. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const asked = await askedQuery(searchParams);
  searchParams.delete(LINK_PARAM);
  const query = Object.fromEntries(searchParams);
  return guarded(request, { ...query, subscriber: asked.get("subscriber") });
}

async function* readLines(
  app: string,
  client: ChatClient,
  log: RouteLog,
  t: Parameters<typeof vendorFailure>[2],
  request: WholeSetRequest,
): AsyncGenerator<WholeSetLine, void> {
  const started = performance.now();
  const inWords = (error: ChatApiError) => ({
    ...vendorFailure(error, Math.round((performance.now() - started) / 1000), t),
    requestId: log.requestId,
  });
  let rows = 0;
  try {
    for await (const event of readWholeSet(client, request)) {
      if (event.type === "rows") {
        rows += event.subscriptions.length;
        queueObservations(app, event.subscriptions, new Date());
        yield { ...event, at: Date.now(), took: Math.round(performance.now() - started) };
        continue;
      }
      const { outcome, unread, error } = event;
      const isEmpty = outcome === "complete" && event.progress.total === 0;
      const known = isEmpty ? await isKnown(client, request) : true;
      const failed = known instanceof ChatApiError ? known : error;
      await log.end({ ...endingOf(outcome, failed), rows });
      yield known instanceof ChatApiError
        ? { type: "end", outcome: "failed", unread: ALL, known: true, failure: inWords(known) }
        : { type: "end", outcome, unread, known, failure: error && inWords(error) };
    }
  } finally {
    // Whoever leaves before the end has seen the rows up to here.
    await log.end({ outcome: "cancelled", rows });
  }
}

/** A list of which a part is missing is partial, whether that is its end or in the middle. */
function endingOf(outcome: WholeSetOutcome, error: ChatApiError | null): Ending {
  if (error) return { outcome: "failed", code: String(error.code ?? error.kind) };
  if (outcome === "complete" || outcome === "changed") return { outcome: "done" };
  return { outcome: "partial", code: outcome };
}

const ALL = [{ start: 0, end: null }];

async function isKnown(
  client: ChatClient,
  { subscriberId, priority, person, signal }: WholeSetRequest,
): Promise<boolean | ChatApiError> {
  try {
    const options = { priority, person, ...(signal && { signal }) };
    return (await checkAccounts(client, [subscriberId], options)).has(subscriberId);
  } catch (error) {
    if (error instanceof ChatApiError) return error;
    throw error;
  }
}
