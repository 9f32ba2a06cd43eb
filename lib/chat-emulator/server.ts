import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as textOf } from "node:stream/consumers";
import type { App } from "./access";
import { Api, type Call, DEFAULT_SETTINGS, type Settings } from "./api";
import { callbackPacket, callbackUrl, parseOrder, parseTarget } from "./callbacks";
import { channelAt } from "./catalogue";
import { deliver, send } from "./faults";
import { personas } from "./personas";
import { hash } from "./random";
import { isJsonObject, parseJson } from "./refusal";

interface EmulatorOptions {
  readonly apps: readonly App[];
  /** 0, the default, uses any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly delayMs?: number;
  /** Milliseconds since 1970, for data, signatures and rates. */
  readonly now?: () => number;
}

export interface Emulator {
  readonly url: string;
  /** The last 20,000 calls, oldest first. The array object stays the same. */
  readonly calls: readonly Call[];
  set(settings: Partial<Settings>): void;
  /** Closes the server and all connections at once. */
  close(): Promise<void>;
}

/** Starts a server that speaks the vendor's API; rejects when it cannot listen. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const { apps, port = 0, host = "127.0.0.1", delayMs = 0, now = Date.now } = options;
  const api = new Api(apps, now);
  api.set({ delayMs });
  const server = createServer((request, response) => {
    respond(request, response, api).catch((error: Error) => {
      send(response, 500, "text/plain", String(error.stack));
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(port, host);
  await once(server, "listening");
  return {
    url: addressOf(server),
    calls: api.calls,
    set: (settings) => api.set(settings),
    close: () => close(server),
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, api: Api) {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  const text = await textOf(request);
  if (url.pathname.startsWith("/emulator/")) {
    const named = `${request.method} ${url.pathname}`;
    const { status, value } = await control(named, text, api, url.origin);
    return send(response, status, "application/json", JSON.stringify(value));
  }
  if (request.method === "GET" && url.pathname.startsWith("/avatars/")) {
    const picture = avatar(url.pathname);
    if (picture === null) return send(response, 404, "text/plain", "There is no such avatar.");
    return send(response, 200, "image/svg+xml", picture);
  }
  if (request.method !== "POST") return send(response, 405, "text/plain", "Use POST.");
  const { text: answer, delivery } = api.reply({ url, text });
  const { delayMs, slowMs } = api.settings;
  const wait = delayMs + (delivery === "slow" ? slowMs : 0);
  if (wait === 0) return deliver(response, answer, delivery);
  const timer = setTimeout(deliver, wait, response, answer, delivery);
  response.once("close", () => clearTimeout(timer));
}

function addressOf(server: Server): string {
  // A listening server always has an address of this shape.
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

async function close(server: Server): Promise<void> {
  // A terminal and a parent process may both ask for it.
  if (!server.listening) return;
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}

/** Returns the picture behind `/avatars/<number>.svg`; null for any other path. */
function avatar(path: string): string | null {
  const number = /^\/avatars\/(\d{1,5})\.svg$/.exec(path)?.[1];
  return number === undefined ? null : drawing(hash(channelAt(Number(number)).Name));
}

/** Coloured squares, symmetrical left and right. */
function drawing(seed: number): string {
  const squares = Array.from({ length: 15 }, (_, index) => {
    const [row, column] = [Math.floor(index / 3), index % 3];
    if (((seed >>> index) & 1) === 0) return "";
    return [column + 1, 5 - column].map((x) => `M${x} ${row + 1}h1v1h-1z`).join("");
  });
  const colour = (lightness: number) => `hsl(${seed % 360} 55% ${lightness}%)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7" width="56" height="56"><path fill="${colour(42)}" d="M0 0h7v7H0z"/><path fill="${colour(88)}" d="${squares.join("")}"/></svg>`;
}

const TEN_YEARS = 315_360_000;

/** Parses settings. Returns a sentence about the expected value if they are invalid. */
function parseSettings(value: unknown): Partial<Settings> | string {
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

function setTarget(text: string, api: Api): ControlAnswer {
  const target = parseTarget(parseJson(text));
  if (typeof target === "string") return { status: 400, value: { error: target } };
  api.callbackTarget = target;
  return { status: 200, value: { url: target.url, signed: target.token !== null } };
}

async function sendCallback(text: string, api: Api, origin: string): Promise<ControlAnswer> {
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

interface ControlAnswer {
  readonly status: number;
  readonly value: unknown;
}

/** Answers `/emulator/…`: recorded calls, personas and settings. */
async function control(
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
