import { applyCallback } from "@/lib/callbacks/apply";
import { takeIn } from "@/lib/callbacks/inbox";
import { CALLBACK_ANSWER, isSignedCallback, parseCallback } from "@/lib/chat-api/callbacks";
import { store } from "@/lib/db/store";
import { env } from "@/lib/env";
import { isWorthARow } from "@/lib/limits";
import { logLine } from "@/lib/log";
import { requestFacts } from "@/lib/request-facts";

export const dynamic = "force-dynamic";

type Given = { params: Promise<{ app: string }> };

/**
 * Takes the vendor's callbacks of an app that has a token for them. Whatever is wrong with one, its
 * sender hears the same: neither which apps there are nor which have a token.
 */
export async function POST(request: Request, { params }: Given): Promise<Response> {
  const receivedAt = new Date();
  const { app: slug } = await params;
  const app = env().chatApps.find((each) => each.slug === slug);
  const query = new URL(request.url).searchParams;
  // Of an app without one it is checked all the same, so that it takes as long.
  const token = app?.callbackToken?.reveal();
  const signed = { sdkAppId: app?.sdkAppId ?? 0, token: token ?? "" };
  const isOurs = isSignedCallback(query, signed, receivedAt) && token !== undefined;
  if (!isOurs) return refuse("it is not signed as one of now");
  const body = await request.text();
  const callback = parseCallback(query, body, receivedAt);
  if (!callback) return refuse("it cannot be understood");
  await takeIn(async () => applyCallback(await store(), { app: slug, callback, body, receivedAt }));
  return Response.json(CALLBACK_ANSWER, { headers: { "cache-control": "no-store" } });
}

/** The log says why, but of a flood only that it began; who called does not wait for that. */
async function refuse(reason: string): Promise<Response> {
  const { address, requestId } = await requestFacts();
  void takeIn(async () => {
    if (!(await isWorthARow(address, new Date()))) return;
    logLine("callbacks", `refused: ${reason}`, { level: "warning", requestId });
  });
  return new Response(null, { status: 403, headers: { "cache-control": "no-store" } });
}
