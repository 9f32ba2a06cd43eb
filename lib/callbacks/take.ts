import { CALLBACK_ANSWER, isSignedCallback, parseCallback } from "@/lib/chat-api/callbacks";
import type { Database } from "@/lib/db/database";
import type { ChatApp } from "@/lib/env-services";
import type { RequestFacts } from "@/lib/http/request";
import { type LineLimit, logLine } from "@/lib/log";
import { applyCallback } from "./apply";
import { enqueueCallback } from "./inbox";

/** What the receipt of a callback depends on. */
export type CallbackContext = {
  readonly apps: readonly ChatApp[];
  readonly database: () => Promise<Database>;
  readonly now: Date;
  readonly from: Pick<RequestFacts, "address" | "requestId">;
  /** Limits the lines of refusals, by address. */
  readonly limit: LineLimit;
};

/**
 * Accepts a callback of an app with a callback token, and records its event, if that takes long after the
 * answer. Every refusal is the same, so that it reveals neither apps nor tokens.
 */
export async function takeCallback(
  request: Request,
  slug: string,
  { apps, database, now: receivedAt, from, limit }: CallbackContext,
): Promise<Response> {
  const refuse = (reason: string) => {
    if (limit.admits(from.address, receivedAt)) {
      const { requestId, address } = from;
      logLine("callbacks", `refused: ${reason}`, { level: "warning", requestId, address });
    }
    return new Response(null, { status: 403, headers: HEADERS });
  };
  const app = apps.find((each) => each.slug === slug);
  const query = new URL(request.url).searchParams;
  // Without a token the check runs as well, so that it takes as long.
  const token = app?.callbackToken?.reveal();
  const signed = { sdkAppId: app?.sdkAppId ?? 0, token: token ?? "" };
  const isOurs = isSignedCallback(query, signed, receivedAt) && token !== undefined;
  if (!isOurs) return refuse("it is not signed as one of now");
  const body = await request.text().catch(() => null);
  if (body === null) return refuse("it breaks off");
  const callback = parseCallback(query, body, receivedAt);
  if (!callback) return refuse("it cannot be understood");
  if (callback.event !== "other") {
    const received = { app: slug, callback, body, receivedAt };
    await enqueueCallback(async () => applyCallback(await database(), received));
  }
  return Response.json(CALLBACK_ANSWER, { headers: HEADERS });
}

const HEADERS = { "cache-control": "no-store" };
