import { createServer, type Server } from "node:http";
import { bootstrapAdministrator } from "@/lib/auth/bootstrap";
import { closeStore, store } from "@/lib/db/store";
import { env } from "@/lib/env";
import type { Lifetime } from "./command";
import { listen } from "./listen";

type Mode = "production" | "development";

const LONGEST_ANSWER_MS = 10_000;

/**
 * Serves the dashboard in this process, as its environment says: the built one in "production".
 * Gives the address once it answers. Throws an EnvError, StoreError or CommandError.
 */
export async function startDesk(mode: Mode, life: Lifetime): Promise<string> {
  const { port, hostname, bootstrapAdmin } = env();
  life.atEnd(closeStore);
  const warning = await bootstrapAdministrator(await store(), bootstrapAdmin);
  if (warning !== null) console.warn(warning);

  const server = createServer();
  await serveNext(server, mode, life);
  const found = await listen(server, port, hostname);
  life.atEnd(() => finish(server));
  return `http://${shownHost(hostname)}:${found}`;
}

async function serveNext(server: Server, mode: Mode, { atEnd }: Lifetime): Promise<void> {
  const { port, hostname } = env();
  // React chooses its build by NODE_ENV when it is first loaded.
  Object.assign(process.env, { NODE_ENV: mode, NEXT_TELEMETRY_DISABLED: "1" });
  const { default: next } = await import("next");
  const isDevelopment = mode === "development";
  const app = next({ dev: isDevelopment, port, hostname, httpServer: server, quiet: true });
  atEnd(() => app.close());
  await app.prepare();
  // A promise that some page left alone and that fails must not end the desk for everybody.
  process.on("unhandledRejection", (reason) => console.error(reason));

  const handle = app.getRequestHandler();
  server.on("request", (request, response) => {
    // Whatever a client says of its own address is not to be believed.
    request.headers["x-forwarded-for"] = request.socket.remoteAddress;
    handle(request, response);
  });
  // Only development speaks over websockets, and an open one would keep the server from closing.
  server.on("upgrade", (_, socket) => {
    if (isDevelopment) atEnd(() => socket.destroy());
    else socket.destroy();
  });
}

// Answers under way may end; connections that only wait are closed at once.
function finish(server: Server): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), LONGEST_ANSWER_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function shownHost(hostname: string): string {
  if (hostname === "0.0.0.0" || hostname === "::") return "localhost";
  return hostname.includes(":") ? `[${hostname}]` : hostname;
}
