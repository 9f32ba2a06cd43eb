import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Hold = { arrived: () => void; left: () => void; readonly released: Promise<void> };

/**
 * A reverse proxy in front of the emulator. It remembers every signature that passes, and a test can
 * keep an answer back, refuse one, or cut the connection, exactly when it wants to.
 */
export class Gateway {
  /** Every UserSig that the desk sent. */
  readonly userSigs = new Set<string>();
  readonly #holds = new Map<string, Hold>();
  readonly #refusals = new Map<string, number>();
  readonly #target: string;
  readonly #server = createServer((incoming, outgoing) => {
    this.#pass(incoming, outgoing).catch(() => outgoing.destroy());
  });

  constructor(target: string) {
    this.#target = target;
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get url(): string {
    // A server that listens on a port always has an address of this shape.
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /**
   * Keeps back the next answer about a subscriber, or the next one from this offset of the list; `arrived`
   * tells when it was asked for, `left` when the desk does not wait for it any more.
   */
  hold(
    subscriberId: string,
    offset?: number,
  ): {
    readonly arrived: Promise<void>;
    readonly left: Promise<void>;
    release: () => void;
  } {
    const [arrived, left, released] = [signal(), signal(), signal()];
    this.#holds.set(holdKey(subscriberId, offset), {
      arrived: arrived.give,
      left: left.give,
      released: released.given,
    });
    return { arrived: arrived.given, left: left.given, release: released.give };
  }

  /** From now on the vendor refuses every call about a subscriber with this code. */
  refuse(subscriberId: string, errorCode: number): void {
    this.#refusals.set(subscriberId, errorCode);
  }

  /** Forgets what was held and refused. */
  reset(): void {
    this.#holds.clear();
    this.#refusals.clear();
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? "/", this.#target);
    const userSig = url.searchParams.get("usersig");
    if (userSig) this.userSigs.add(userSig);
    const body = await readText(incoming);
    const { subscriberId, offset } = questionOf(body);
    const errorCode = this.#refusals.get(subscriberId);
    if (errorCode !== undefined) return refuseWith(outgoing, errorCode);

    const keys = [holdKey(subscriberId, offset), holdKey(subscriberId)];
    const key = keys.find((each) => this.#holds.has(each)) ?? "";
    const hold = this.#holds.get(key);
    this.#holds.delete(key);
    if (hold) outgoing.once("close", hold.left);
    hold?.arrived();
    await hold?.released;
    const { method, headers } = incoming;
    const onwards = request(url, { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.on("error", () => outgoing.destroy()).pipe(outgoing);
    });
    onwards.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onwards.destroy());
    onwards.end(body);
  }
}

/** Something that will have happened. */
function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = () => {};
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give };
}

function refuseWith(outgoing: ServerResponse, errorCode: number): void {
  const answer = { ActionStatus: "FAIL", ErrorCode: errorCode, ErrorInfo: "refused by the test" };
  outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
}

function holdKey(subscriberId: string, offset?: number): string {
  return JSON.stringify([subscriberId, offset]);
}

function questionOf(body: string): { subscriberId: string; offset: number | undefined } {
  if (body === "") return { subscriberId: "", offset: undefined };
  const value: { Subscriber_Account?: unknown; Offset?: number } = JSON.parse(body);
  return { subscriberId: String(value.Subscriber_Account ?? ""), offset: value.Offset };
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
