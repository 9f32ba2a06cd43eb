import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import Provider from "oidc-provider";

/** The claims of a person, besides the subject. */
export type Person = { readonly name: string; readonly [claim: string]: unknown };

export type OidcProviderOptions = {
  /** The one algorithm of ID tokens; RS256 by default. */
  readonly algorithm?: "RS256" | "ES256" | "ES384" | "PS256" | "EdDSA";
  /** Whether claims of scopes are at UserInfo alone, as the specification has it; true by default. */
  readonly conformIdTokenClaims?: boolean;
};

export type OidcProvider = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Every answer of the token endpoint so far. */
  readonly tokens: readonly string[];
  /** Lets a desk be its client, from now on. */
  serve(deskUrl: string): void;
  close(): Promise<void>;
};

/**
 * A real OpenID Connect provider on this machine. Its pages have a button for each person, then "Allow"
 * and "Refuse".
 */
export async function startOidcProvider(
  people: Readonly<Record<string, Person>>,
  options: OidcProviderOptions = {},
): Promise<OidcProvider> {
  const clientId = "channel-desk";
  const clientSecret = randomBytes(32).toString("hex");
  const tokens: string[] = [];
  let provider: Provider | undefined;
  const server = createServer((request, response) => {
    if (provider === undefined) return response.writeHead(503).end();
    if (request.url === "/token") keepBody(response, tokens);
    return answer(provider, people, request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    clientId,
    clientSecret,
    tokens,
    serve: (deskUrl) => {
      provider = providerFor({ issuer, clientId, clientSecret, deskUrl }, people, options);
    },
    close: () => close(server),
  };
}

type Client = Readonly<Record<"issuer" | "clientId" | "clientSecret" | "deskUrl", string>>;

function providerFor(
  client: Client,
  people: Readonly<Record<string, Person>>,
  { algorithm = "RS256", conformIdTokenClaims = true }: OidcProviderOptions,
): Provider {
  return new Provider(client.issuer, {
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [`${client.deskUrl}/api/auth/callback/oidc`],
        post_logout_redirect_uris: [`${client.deskUrl}/sign-in`],
        id_token_signed_response_alg: algorithm,
      },
    ],
    jwks: { keys: [{ ...signingKey(algorithm), kid: "one", use: "sig", alg: algorithm }] },
    enabledJWA: { idTokenSigningAlgValues: [algorithm] },
    scopes: ["openid", "email", "profile", "groups"],
    ttl: { Interaction: 600, Session: 600, Grant: 600, AccessToken: 600, IdToken: 600 },
    cookies: { keys: [randomBytes(32).toString("hex")] },
    claims: {
      email: ["email", "email_verified"],
      profile: ["name", "roles", "realm_access", "_claim_names", "_claim_sources"],
      groups: ["groups"],
    },
    conformIdTokenClaims,
    findAccount: (_, subject) => ({
      accountId: subject,
      claims: () => ({ sub: subject, ...people[subject] }),
    }),
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = page(
            `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out everywhere</button>`,
          );
        },
      },
    },
  });
}

async function answer(
  provider: Provider,
  people: Readonly<Record<string, Person>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!request.url?.startsWith("/interaction/")) return provider.callback()(request, response);
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (request.method === "GET") {
    const choices = prompt.name === "login" ? Object.keys(people) : ["Allow", "Refuse"];
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(page(`<form method="post">${choices.map(button).join("")}</form>`));
    return;
  }
  const choice = new URLSearchParams(await text(request)).get("choice") ?? "";
  if (choice === "Refuse") {
    const error = { error: "access_denied", error_description: "The person said no." };
    return provider.interactionFinished(request, response, error);
  }
  if (prompt.name === "login") {
    return provider.interactionFinished(request, response, { login: { accountId: choice } });
  }
  const grant = new provider.Grant({
    accountId: session?.accountId,
    clientId: String(params.client_id),
  });
  grant.addOIDCScope(String(params.scope));
  const consent = { grantId: await grant.save() };
  return provider.interactionFinished(request, response, { consent });
}

type Algorithm = NonNullable<OidcProviderOptions["algorithm"]>;

const newKey = {
  RS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  PS256: () => generateKeyPairSync("rsa", { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync("ec", { namedCurve: "P-256" }),
  ES384: () => generateKeyPairSync("ec", { namedCurve: "P-384" }),
  EdDSA: () => generateKeyPairSync("ed25519"),
};

// One for all providers of a process: an RSA key takes half a second.
const keys = new Map<Algorithm, JsonWebKey>();

function signingKey(algorithm: Algorithm): JsonWebKey {
  const key = keys.get(algorithm) ?? newKey[algorithm]().privateKey.export({ format: "jwk" });
  keys.set(algorithm, key);
  return key;
}

/** A person's browser at the provider: it keeps cookies, follows redirects and presses buttons. */
export class ProviderVisitor {
  readonly #cookies = new Map<string, string>();

  /**
   * Signs in at the address to which the desk leads, and agrees. Returns the query that the provider
   * sends back to the desk.
   */
  async signIn(address: string, subject: string): Promise<URLSearchParams> {
    let response = await this.#open(address);
    for (const choice of [subject, "Allow"]) {
      if (isBack(response)) break;
      const form = new URLSearchParams({ choice });
      response = await this.#open(response.url, { method: "POST", body: form });
    }
    const location = response.headers.get("location");
    if (location === null) throw new Error(`The provider stays at ${response.url}.`);
    return new URL(location).searchParams;
  }

  async #open(address: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(address, { ...init, redirect: "manual", headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    const location = response.headers.get("location");
    if (location === null || isBack(response)) return response;
    await response.body?.cancel();
    return this.#open(new URL(location, address).href);
  }
}

/** Whether a redirect leads back to the desk. */
function isBack({ headers }: Response): boolean {
  return headers.get("location")?.includes("/api/auth/callback/") ?? false;
}

function button(choice: string): string {
  return `<button name="choice" value="${choice}">${choice}</button>`;
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><title>Identity provider</title><main>${body}</main></html>`;
}

function keepBody(response: ServerResponse, bodies: string[]): void {
  const end = response.end.bind(response);
  response.end = ((...given: Parameters<typeof end>) => {
    bodies.push(String(given[0]));
    return end(...given);
  }) as typeof response.end;
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}
