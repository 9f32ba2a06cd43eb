import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Api, type Call, type Settings } from "./api";
import { avatar } from "./avatar";
import { control } from "./control";
import { deliver, send } from "./faults";
import type { App } from "./gate";

export interface EmulatorOptions {
  readonly apps: readonly App[];
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly delayMs?: number;
  /** Milliseconds since 1970, for the data, the signatures and the rate alike. */
  readonly now?: () => number;
}

export interface Emulator {
  readonly url: string;
  /** The last 20,000 calls, oldest first; the array stays the same one. */
  readonly calls: readonly Call[];
  set(settings: Partial<Settings>): void;
  /** Ends the server and every open connection at once. */
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
  await listen(server, port, host);
  return {
    url: addressOf(server),
    calls: api.calls,
    set: (settings) => api.set(settings),
    close: () => close(server),
  };
}

async function respond(request: IncomingMessage, response: ServerResponse, api: Api) {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  const text = await readText(request);
  if (url.pathname.startsWith("/emulator/")) {
    const door = `${request.method} ${url.pathname}`;
    const { status, value } = await control(door, text, api, url.origin);
    return send(response, status, "application/json", JSON.stringify(value));
  }
  if (request.method === "GET" && url.pathname.startsWith("/avatars/")) {
    return sendAvatar(response, url.pathname);
  }
  if (request.method !== "POST") return send(response, 405, "text/plain", "Use POST.");
  const { text: answer, delivery } = api.reply({ url, text });
  const { delayMs, slowMs } = api.settings;
  const wait = delayMs + (delivery === "slow" ? slowMs : 0);
  if (wait === 0) return deliver(response, answer, delivery);
  const timer = setTimeout(deliver, wait, response, answer, delivery);
  response.once("close", () => clearTimeout(timer));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function sendAvatar(response: ServerResponse, path: string): void {
  const picture = avatar(path);
  if (picture === null) send(response, 404, "text/plain", "There is no such avatar.");
  else send(response, 200, "image/png", picture);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function addressOf(server: Server): string {
  // A server that listens on a port always has an address of this shape.
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

function close(server: Server): Promise<void> {
  // The end of a terminal and of a parent can ask for it at the same time.
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
