import { type Api, DEFAULT_SETTINGS, type Settings } from "./api";
import { callbackPacket, callbackUrl, parseOrder, parseTarget } from "./callbacks";
import { isJsonObject, parseJson } from "./json";
import { personas } from "./personas";

const TEN_YEARS = 315_360_000;

/** Parses settings. Returns a sentence about the expected value if they are invalid. */
export function parseSettings(value: unknown): Partial<Settings> | string {
  const names = Object.keys(DEFAULT_SETTINGS);
  if (!isJsonObject(value)) return `Send a JSON object with any of ${names.join(", ")}.`;
  for (const [name, setting] of Object.entries(value)) {
    if (!names.includes(name)) return `There is no setting ${name}: use ${names.join(", ")}.`;
    const least = leastOf(name);
    if (!(Number.isInteger(setting) && Number(setting) >= least)) {
      return `${name} should be a whole number of at least ${least}.`;
    }
  }
  return value;
}

function leastOf(name: string): number {
  if (name === "clockOffsetSeconds") return -TEN_YEARS;
  return name.endsWith("Ms") ? 0 : 1;
}

const TIMEOUT_MS = 5000;

/** Sets the target of callbacks. */
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

export interface ControlAnswer {
  readonly status: number;
  readonly value: unknown;
}

/** Answers `/emulator/…`: recorded calls, personas and settings. */
export async function control(
  request: string,
  text: string,
  api: Api,
  origin: string,
): Promise<ControlAnswer> {
  switch (request) {
    case "GET /emulator/calls":
      return { status: 200, value: api.calls };
    case "DELETE /emulator/calls":
      api.calls.length = 0;
      return { status: 200, value: api.calls };
    case "PUT /emulator/settings":
      return changeSettings(text, api);
    case "GET /emulator/personas":
      return { status: 200, value: personas.map(({ id, shows }) => ({ id, shows })) };
    case "PUT /emulator/callbacks":
      return setTarget(text, api);
    case "POST /emulator/callbacks/send":
      return sendCallback(text, api, origin);
    default:
      return { status: 404, value: { error: `There is no ${request}.` } };
  }
}

function changeSettings(text: string, api: Api): ControlAnswer {
  const changes = parseSettings(parseJson(text));
  if (typeof changes === "string") return { status: 400, value: { error: changes } };
  api.set(changes);
  return { status: 200, value: api.settings };
}
