import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { CommandError } from "./command";

/** Listens, and gives the port; throws a CommandError that says in one sentence why it cannot. */
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

/** The port a server will be able to listen on; 0 chooses a free one. Throws like `listen`. */
export async function availablePort(port: number, hostname: string): Promise<number> {
  const probe = createServer();
  const found = await listen(probe, port, hostname);
  probe.close();
  await once(probe, "close");
  return found;
}

const noAddress = (_: number, hostname: string) =>
  `LISTEN_ADDRESS is ${JSON.stringify(hostname)}, which is no address of this machine: set it to one, such as 127.0.0.1, or leave it out.`;

const sentences: Readonly<Record<string, (port: number, hostname: string) => string>> = {
  EADDRINUSE: (port) =>
    `Port ${port} is in use: stop the program that uses it, or choose another with PORT=${port + 1}.`,
  EACCES: (port) =>
    `Port ${port} may not be used by this user: choose one above 1023 with PORT=3000.`,
  EADDRNOTAVAIL: noAddress,
  ENOTFOUND: noAddress,
  EAI_AGAIN: noAddress,
};
