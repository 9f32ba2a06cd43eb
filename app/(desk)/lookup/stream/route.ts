import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { visibleFields } from "@/lib/auth/fields";
import { byteStream } from "@/lib/byte-stream";
import { chatClient } from "@/lib/chat";
import { checkAccounts } from "@/lib/chat-api/accounts";
import type { ChatClient } from "@/lib/chat-api/client";
import { ChatApiError } from "@/lib/chat-api/errors";
import { FIELDS } from "@/lib/chat-api/types";
import { readWholeSet, type WholeSetRequest } from "@/lib/chat-api/whole-set";
import { vendorFailure } from "@/lib/failure";
import { guardRoute } from "@/lib/guard";
import { failure, success } from "@/lib/result";
import { subscriberIdProblem } from "@/lib/subscriber-id";
import { type WholeSetLine, writeLine } from "@/lib/subscriptions/whole-set-events";
import { parseRanges } from "../stream-address";

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
  input: streamInput,
  async run({ app, subscriber, fields: wanted, pauseAbove, unread, total }, user, { signal }) {
    const client = chatClient(app);
    if (!client) return failure("unknownApp");
    const lines = readLines(client, await getTranslations("failures"), {
      subscriberId: subscriber,
      fields: visibleFields(user.role).filter((field) => wanted.includes(field)),
      priority: "interactive",
      signal,
      ...(pauseAbove !== undefined && { pauseAbove }),
      ...(unread && { from: { unread, total } }),
    });
    return success(new Response(byteStream(encoded(lines)), { headers: HEADERS }));
  },
});

/** All channels of a subscriber, a line of JSON an answer. It ends when the browser leaves. */
export function GET(request: Request): Promise<Response> {
  return guarded(request, Object.fromEntries(new URL(request.url).searchParams));
}

const HEADERS = {
  "content-type": "application/x-ndjson; charset=utf-8",
  "cache-control": "no-store",
  // A proxy that gathers the whole answer first would hide the progress.
  "x-accel-buffering": "no",
};

async function* readLines(
  client: ChatClient,
  t: Parameters<typeof vendorFailure>[2],
  request: WholeSetRequest,
): AsyncGenerator<WholeSetLine, void> {
  const started = performance.now();
  const inWords = (error: ChatApiError) =>
    vendorFailure(error, Math.round((performance.now() - started) / 1000), t);
  for await (const event of readWholeSet(client, request)) {
    if (event.type === "rows") {
      yield { ...event, at: Date.now(), took: Math.round(performance.now() - started) };
      continue;
    }
    const { outcome, unread, error } = event;
    const isEmpty = outcome === "complete" && event.progress.total === 0;
    const known = isEmpty ? await isKnown(client, request) : true;
    yield known instanceof ChatApiError
      ? { type: "end", outcome: "failed", unread: ALL, known: true, failure: inWords(known) }
      : { type: "end", outcome, unread, known, failure: error && inWords(error) };
  }
}

const ALL = [{ start: 0, end: null }];

async function isKnown(
  client: ChatClient,
  { subscriberId, priority, signal }: WholeSetRequest,
): Promise<boolean | ChatApiError> {
  try {
    const options = { priority, ...(signal && { signal }) };
    return (await checkAccounts(client, [subscriberId], options)).has(subscriberId);
  } catch (error) {
    if (error instanceof ChatApiError) return error;
    throw error;
  }
}

async function* encoded(lines: AsyncIterable<WholeSetLine>): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder();
  for await (const line of lines) yield encoder.encode(writeLine(line));
}
