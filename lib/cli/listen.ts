import { once } from "node:events";
import { createServer, type Server, type ServerOptions } from "node:http";
import { VariableReader, wholeNumber } from "@/lib/env-checks";
import { isLoopback } from "@/lib/http/request-origin";
import { CommandError } from "./command";

/** How long a client may take to send its request, not how long an answer may take. */
export const RECEIVING_LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
};

/** Creates a server that closes the connections of slow clients at most a second after their limit. */
export function createDeskServer(options: ServerOptions): Server {
  // Otherwise Node checks for slow clients only every 30 s.
  return createServer({ ...options, connectionsCheckingInterval: 1000 });
}

/** Listens and returns the port. Throws a CommandError with one sentence about the reason. */
export async function listen(server: Server, port: number, hostname: string): Promise<number> {
  server.listen(port, hostname);
  try {
    await once(server, "listening");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const sentence = sentences[code]?.(port, hostname);
    if (sentence === undefined) throw error;
    throw new CommandError(sentence, { cause: error });
  }
  const address = server.address();
  return address !== null && typeof address === "object" ? address.port : port;
}

/** Returns a port that a server can use; 0 chooses a free one. Throws like `listen`. */
export async function availablePort(port: number, hostname: string): Promise<number> {
  const probe = createServer();
  const found = await listen(probe, port, hostname);
  probe.close();
  await once(probe, "close");
  return found;
}

const noAddress = (_: number, hostname: string) =>
  `LISTEN_ADDRESS is ${JSON.stringify(hostname)}, which is not an address of this machine: set an address such as 127.0.0.1, or remove the variable.`;

const sentences: Readonly<Record<string, (port: number, hostname: string) => string>> = {
  EADDRINUSE: (port) =>
    `Port ${port} is in use: stop the program that uses it, or choose another with PORT=${port + 1}.`,
  EACCES: (port) =>
    `Port ${port} requires more privileges: choose a port above 1023, such as PORT=3000.`,
  EADDRNOTAVAIL: noAddress,
  ENOTFOUND: noAddress,
  EAI_AGAIN: noAddress,
};

/** Returns PORT or 3000, on this machine only. Throws a CommandError if it is in use. */
export async function wantedPort(): Promise<number> {
  const reader = new VariableReader({ PORT: process.env.PORT || undefined });
  const port = reader.read("PORT", wholeNumber(0, 65_535).default(3000));
  if (reader.problems.length > 0) throw new CommandError(reader.problems.join("\n"));
  return availablePort(port, "127.0.0.1");
}

/** Returns a warning if passwords and sessions are sent unencrypted, otherwise null. */
export function openTransport({ protocol, hostname }: URL): string | null {
  if (protocol === "https:" || isLoopback(hostname)) return null;
  return "APP_URL uses http: passwords and sessions can be read in transit. Set it to the https address of a TLS proxy.";
}
