import type { Api } from "./api";
import { callbackPacket, callbackUrl, parseOrder, parseTarget } from "./callbacks";
import type { ControlAnswer } from "./control-door";
import { parseJson } from "./json";

const TIMEOUT_MS = 5000;

/** Remembers where callbacks go. */
export function setTarget(text: string, api: Api): ControlAnswer {
  const target = parseTarget(parseJson(text));
  if (typeof target === "string") return { status: 400, value: { error: target } };
  api.callbackTarget = target;
  return { status: 200, value: { url: target.url, signed: target.token !== null } };
}

/** Sends one callback, and tells what was sent and what came back. */
export async function sendCallback(text: string, api: Api, origin: string): Promise<ControlAnswer> {
  const now = Math.floor(api.clock() / 1000);
  const order = parseOrder(parseJson(text), api.sdkAppIds, now);
  if (typeof order === "string") return { status: 400, value: { error: order } };
  if (api.callbackTarget === null) {
    return { status: 409, value: { error: "PUT /emulator/callbacks has not said where to." } };
  }
  const url = callbackUrl(api.callbackTarget, order);
  const packet = callbackPacket(order, { now: order.requestTime, origin });
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(packet),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = { status: response.status, body: await response.text() };
    return { status: 200, value: { sent: packet, answer } };
  } catch (error) {
    return { status: 502, value: { error: String(error) } };
  }
}
