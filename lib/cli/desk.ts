import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import querystring from "node:querystring";
import { startHeadLog } from "@/lib/audit/record";
import { bootstrapAdministrator } from "@/lib/auth/accounts";
import { startObservationQueue } from "@/lib/channels/observations/queue";
import { closeProcessDatabase, openProcessDatabase } from "@/lib/db/open-database";
import { type DatabaseLocation, env } from "@/lib/env";
import { trustedNetworks } from "@/lib/http/client-address";
import {
  answerHeaders,
  logAnswer,
  pathOf,
  prepare,
  receiver,
  refusalOf,
} from "@/lib/http/incoming";
import { staticFiles } from "@/lib/http/static-files";
import { storableEncoded } from "@/lib/http/storable";
import { deskJobs } from "@/lib/jobs/jobs";
import { startScheduler } from "@/lib/jobs/scheduler";
import { describeError, describePrinted, keepFromLog, LineLimit, logLine } from "@/lib/log";
import { Secret } from "@/lib/secret";
import type { Lifetime } from "./command";
import { createDeskServer, listen, openTransport, RECEIVING_LIMITS } from "./listen";

type Mode = "production" | "development";

const LONGEST_ANSWER_MS = 10_000;

/**
 * Serves the dashboard in this process, as its environment says: the built one in "production".
 * Gives the address once it answers. Throws an EnvError, DatabaseError or CommandError.
 * A log of requests is for those who run it; people who try it out read the terminal.
 */
export async function startDesk(
  mode: Mode,
  life: Lifetime,
  { logsRequests = false } = {},
): Promise<string> {
  const { appUrl, port, hostname, keepAliveSeconds, bootstrapAdmin } = env();
  keepFromLog([...secretsIn(env()), ...passwordOf(env().database)]);
  life.atEnd(closeProcessDatabase);
  const opened = await openProcessDatabase();
  const { db, failure } = opened;
  // Nothing works without the database. A restart opens it again.
  failure?.catch(life.fail);
  const warnings = [openTransport(appUrl), await bootstrapAdministrator(db, bootstrapAdmin)];
  for (const warning of warnings) if (warning !== null) console.warn(warning);
  life.atEnd(startObservationQueue(db));
  life.atEnd(startHeadLog());
  life.atEnd(await startScheduler(opened, deskJobs(env(), db)));

  const server = createDeskServer({
    ...RECEIVING_LIMITS,
    keepAliveTimeout: keepAliveSeconds * 1000,
  });
  const handle = await prepareNext(server, mode, life);
  server.on("request", answerer(handle, logsRequests));
  const found = await listen(server, port, hostname);
  life.atEnd(() => finish(server));
  if (mode === "production") logWhatIsPrinted();
  const address = `http://${shownHost(hostname)}:${found}`;
  // The host to which Next forwards a request. Otherwise it would use the request's own host.
  process.env.__NEXT_PRIVATE_ORIGIN = address;
  return address;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => unknown;

async function prepareNext(server: Server, mode: Mode, { atEnd }: Lifetime): Promise<Handle> {
  const { port, hostname } = env();
  // React chooses its build by NODE_ENV when it is first loaded.
  Object.assign(process.env, { NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" });
  const { default: next } = await import("next");
  const isDevelopment = mode === "development";
  const app = next({ dev: isDevelopment, port, hostname, httpServer: server, quiet: true });
  atEnd(() => app.close());
  await app.prepare();
  // An unhandled rejection in one page must not stop the desk.
  process.on("unhandledRejection", (reason) => logLine("process", describeError(reason)));
  // Node would print the error with all its values.
  process.on("uncaughtException", (error) => {
    logLine("process", describeError(error));
    process.exit(1);
  });
  // Only development uses websockets, and an open one would keep the server running.
  server.on("upgrade", (_, socket) => {
    if (isDevelopment) atEnd(() => socket.destroy());
    else socket.destroy();
  });
  const handle = app.getRequestHandler();
  if (isDevelopment) return handle;
  const sendsFile = staticFiles(".next/static");
  return (request, response) => sendsFile(request, response) || handle(request, response);
}

function answerer(handle: Handle, logsRequests: boolean): Handle {
  const { appUrl, trustedProxies } = env();
  const receive = receiver(trustedNetworks(trustedProxies));
  return (request, response) => {
    const incoming = receive(request);
    const { url: sent = "" } = request;
    request.url = storableEncoded(sent);
    const path = pathOf(request.url);
    const refusal = refusalOf(request, incoming, appUrl);
    if (logsRequests) logAnswer(response, incoming, { method: request.method, path, refusal });
    response.setHeader("X-Request-Id", incoming.requestId);
    const headers = answerHeaders(refusal === null ? path : "", appUrl);
    response.setHeaders(new Map(Object.entries(headers)));
    if (refusal !== null) {
      // The body of a refused request is not read.
      response.writeHead(refusal.status, { Allow: "GET, HEAD, POST", Connection: "close" }).end();
      return;
    }
    // Pages use the address in the browser, so it must be the same.
    if (request.url !== sent && request.method !== "POST") {
      response.writeHead(307, { Location: request.url }).end();
      return;
    }
    prepare(request);
    handle(request, response);
  };
}

/** Turns the console output of Next into log lines without secrets and values. */
function logWhatIsPrinted(): void {
  const limit = new LineLimit();
  const print =
    (level: "error" | "warning") =>
    (...parts: unknown[]) => {
      const message = describePrinted(parts);
      if (limit.admits(message.slice(0, 100))) logLine("server", message, { level });
    };
  console.error = print("error");
  console.warn = print("warning");
}

/** Returns every secret in a part of the configuration. */
function secretsIn(part: unknown): Secret[] {
  if (part instanceof Secret) return [part];
  return typeof part === "object" && part !== null ? Object.values(part).flatMap(secretsIn) : [];
}

/** A message may contain the password of an address without the address. */
function passwordOf(database: DatabaseLocation): Secret[] {
  if (database.kind === "embedded") return [];
  return [new Secret(querystring.unescape(new URL(database.url.reveal()).password))];
}

// Running answers may finish. Idle connections are closed at once.
async function finish(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), LONGEST_ANSWER_MS);
  server.close();
  await once(server, "close");
  clearTimeout(timer);
}

function shownHost(hostname: string): string {
  if (hostname === "0.0.0.0" || hostname === "::") return "localhost";
  return hostname.includes(":") ? `[${hostname}]` : hostname;
}
