import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * A reverse proxy in front of a desk. It writes down what any log on the way could: the first line and
 * all heads of every request and of every answer.
 */
export class Recording {
  /** What passed, oldest first. */
  readonly lines: string[] = [];
  #target = "";
  readonly #server = createServer((incoming, outgoing) => this.#pass(incoming, outgoing));

  /** Where it is reached, before there is a desk behind it. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    // A server that listens on a port always has an address of this shape.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Passes everything on to this address from now on. */
  leadTo(target: string): void {
    this.#target = target;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const { method, headers, rawHeaders } = incoming;
    this.lines.push(`${method} ${incoming.url}`, ...headLines(rawHeaders));
    const onwards = request(new URL(incoming.url ?? "/", this.#target), { method, headers });
    onwards.on("response", (answer) => {
      this.lines.push(String(answer.statusCode), ...headLines(answer.rawHeaders));
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on("error", () => outgoing.destroy()).pipe(outgoing);
    });
    onwards.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onwards.destroy());
    incoming.pipe(onwards);
  }
}

function headLines(raw: readonly string[]): string[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${raw[at + 1]}`] : []));
}
