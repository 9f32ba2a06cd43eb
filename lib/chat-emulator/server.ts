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
import { ControlError, isJsonObject, parseJson } from "./refusal";

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
      if (!(error instanceof ControlError)) {
        return send(response, 500, "text/plain", String(error.stack));
      }
      sendJson(response, error.status, { error: error.message });
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
    return sendJson(response, 200, await control(named, text, api, url.origin));
  }
  if (request.method === "GET" && url.pathname.startsWith("/avatars/")) {
    const picture = avatar(url.pathname);
    if (picture === null) return send(response, 404, "text/plain", "There is no such avatar.");
    return send(response, 200, "image/svg+xml", picture);
  }
  if (request.method !== "POST") return send(response, 405, "text/plain", "Use POST.");
  const { text: answer, delivery } = api.reply(url, text);
  const { delayMs, slowMs } = api.settings;
  const wait = delayMs + (delivery === "slow" ? slowMs : 0);
  if (wait === 0) return deliver(response, answer, delivery);
  const timer = setTimeout(deliver, wait, response, answer, delivery);
  response.once("close", () => clearTimeout(timer));
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, "application/json", JSON.stringify(value));
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

/** Parses settings. Throws a ControlError about the expected value if they are invalid. */
function parseSettings(value: unknown): Partial<Settings> {
  const names = Object.keys(DEFAULT_SETTINGS);
  if (!isJsonObject(value)) {
    throw new ControlError(`Send a JSON object with any of ${names.join(", ")}.`);
  }
  for (const [name, setting] of Object.entries(value)) {
    if (!names.includes(name)) {
      throw new ControlError(`There is no setting ${name}: use ${names.join(", ")}.`);
    }
    const least = leastOf(name);
    if (!(Number.isInteger(setting) && Number(setting) >= least)) {
      throw new ControlError(`${name} should be a whole number of at least ${least}.`);
    }
  }
  return value;
}

function leastOf(name: string): number {
  if (name === "clockOffsetSeconds") return -TEN_YEARS;
  return name.endsWith("Ms") ? 0 : 1;
}

const TIMEOUT_MS = 5000;

async function sendCallback(value: unknown, api: Api, origin: string): Promise<unknown> {
  const order = parseOrder(value, api.sdkAppIds, Math.floor(api.clock() / 1000));
  if (api.callbackTarget === null) {
    throw new ControlError("PUT /emulator/callbacks has not said where to.", 409);
  }
  const packet = callbackPacket(order, { now: order.requestTime, origin });
  try {
    const response = await fetch(callbackUrl(api.callbackTarget, order), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(packet),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { sent: packet, answer: { status: response.status, body: await response.text() } };
  } catch (error) {
    throw new ControlError(String(error), 502);
  }
}

/** Serves `/emulator/…`: recorded calls, personas, settings and callbacks. Throws a ControlError. */
async function control(request: string, text: string, api: Api, origin: string): Promise<unknown> {
  switch (request) {
    case "GET /emulator/calls":
      return api.calls;
    case "DELETE /emulator/calls":
      api.calls.length = 0;
      return api.calls;
    case "PUT /emulator/settings":
      api.set(parseSettings(parseJson(text)));
      return api.settings;
    case "GET /emulator/personas":
      return personas.map(({ id, shows }) => ({ id, shows }));
    case "PUT /emulator/callbacks":
      api.callbackTarget = parseTarget(parseJson(text));
      return { url: api.callbackTarget.url, signed: api.callbackTarget.token !== null };
    case "POST /emulator/callbacks/send":
      return sendCallback(parseJson(text), api, origin);
    default:
      throw new ControlError(`There is no ${request}.`, 404);
  }
}
