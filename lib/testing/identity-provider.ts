import { createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

type Json = Record<string, unknown>;

/** What is different about the next ID token. */
export type Tampering = {
  readonly claims?: Json;
  readonly header?: Json;
  /** Signs instead of the published key. */
  readonly key?: KeyObject | string | null;
  /** Changes the signed token. */
  readonly after?: (token: string) => string;
};

/**
 * An identity provider over HTTP that answers whatever a test wants, also what no real provider would.
 * It has no pages; `authorize` returns what a browser would bring back from there.
 */
export class IdentityProvider {
  /** What it publishes of itself, on top of what is needed. */
  discovery: Json = {};
  /** Who signs in. */
  claims: Json = {};
  tampering: Tampering = {};
  /** What it answers in place of tokens. */
  refusal: { readonly status: number; readonly body: Json } | null = null;
  /** Paths whose answers are longer than any real one. */
  oversized: readonly string[] = [];
  /** Paths that redirect to the same path with `?moved`. */
  moved: readonly string[] = [];
  /** Every token and code that it has given. */
  readonly given: string[] = [];
  /** The addresses that were called, with the names of the parameters. */
  readonly calls: string[] = [];

  readonly #keys = generateKeyPairSync("rsa", { modulusLength: 2048 });
  readonly #nonces = new Map<string, string>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer(async (request, response) => {
      const { status, body } = await this.#answer(request);
      const path = request.url ?? "/";
      if (this.moved.includes(path))
        return response.writeHead(307, { location: `${path}?moved` }).end();
      const padding = this.oversized.includes(path) ? " ".repeat(2 * 1024 * 1024) : "";
      response.writeHead(status, { "content-type": "application/json" });
      response.end(`${padding}${JSON.stringify(body)}`);
    });
  }

  static async start(): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    await new Promise<void>((resolve) => provider.#server.listen(0, "127.0.0.1", resolve));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  /** A person's consent at the address the desk leads to: the query that is brought back. */
  authorize(address: string): URLSearchParams {
    const { searchParams } = new URL(address);
    const code = this.#token();
    this.#nonces.set(code, searchParams.get("nonce") ?? "");
    return new URLSearchParams({ code, state: searchParams.get("state") ?? "" });
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: Json }> {
    const { pathname } = new URL(request.url ?? "/", this.issuer);
    const form = new URLSearchParams(await text(request));
    this.calls.push([pathname, ...[...form.keys()].toSorted()].join(" "));
    if (pathname === "/keys") {
      const key = this.#keys.publicKey.export({ format: "jwk" });
      return { status: 200, body: { keys: [{ ...key, kid: "one", use: "sig", alg: "RS256" }] } };
    }
    if (pathname !== "/token") return { status: 200, body: this.#document() };
    if (this.refusal !== null) return this.refusal;
    const nonce = this.#nonces.get(form.get("code") ?? "");
    const body = {
      access_token: this.#token(),
      refresh_token: this.#token(),
      token_type: "Bearer",
    };
    return { status: 200, body: { ...body, ...this.#idToken(nonce) } };
  }

  #document(): Json {
    return {
      issuer: this.issuer,
      authorization_endpoint: `${this.issuer}/authorize`,
      token_endpoint: `${this.issuer}/token`,
      jwks_uri: `${this.issuer}/keys`,
      ...this.discovery,
    };
  }

  #idToken(nonce: string | undefined): Json {
    const now = Math.floor(Date.now() / 1000);
    const { claims, header, key = this.#keys.privateKey, after } = this.tampering;
    const about = { iss: this.issuer, aud: "desk", iat: now, exp: now + 60, nonce };
    const signed = [
      { alg: "RS256", kid: "one", typ: "JWT", ...header },
      { ...about, ...this.claims, ...claims },
    ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
    const token = `${signed.join(".")}.${signature(signed.join("."), key)}`;
    this.given.push(token);
    return { id_token: after?.(token) ?? token };
  }

  #token(): string {
    const token = randomBytes(32).toString("base64url");
    this.given.push(token);
    return token;
  }
}

function signature(input: string, key: KeyObject | string | null): string {
  if (key === null) return "";
  if (typeof key === "string") return createHmac("sha256", key).update(input).digest("base64url");
  return sign("sha256", Buffer.from(input), key).toString("base64url");
}
