import { Agent, fetch as undiciFetch } from "undici";
import { Budget } from "./chat-api/budget";
import { ChatClient } from "./chat-api/client";
import { type Region, regionOrigins } from "./chat-api/hosts";
import type { Fetch } from "./chat-api/post";
import { env } from "./env";
import type { ChatApp } from "./env-services";

declare global {
  // Several bundles of one process share the budgets. Separate budgets would exceed the limit.
  var channelDeskClients: ReadonlyMap<string, ChatClient> | undefined;
}

/** Returns the clients of this process by the slugs of their apps, for requests and jobs. */
export function chatClients(): ReadonlyMap<string, ChatClient> {
  globalThis.channelDeskClients ??= createClients();
  return globalThis.channelDeskClients;
}

/** Returns a fetch with its own connections: kept alive, or new on request. */
export function createFetch(): Fetch {
  // A connection takes longer than a call, and people pause longer than Node's default of 4 s. An
  // unreachable host must fail before its attempt times out, so that the backup is tried.
  const connect = { timeout: 2000 };
  const kept = new Agent({ connections: 64, keepAliveTimeout: 60_000, connect });
  const fresh = new Agent({ pipelining: 0, connect });
  return (url, { isFresh, ...init }) =>
    undiciFetch(url, { ...init, dispatcher: isFresh ? fresh : kept });
}

function createClients(): ReadonlyMap<string, ChatClient> {
  const { chatApps, chatBudgetPerSecond } = env();
  const fetch = createFetch();
  const createClient = (app: ChatApp) =>
    new ChatClient({
      sdkAppId: app.sdkAppId,
      adminId: app.adminId,
      secretKey: app.secretKey.reveal(),
      origins: app.region ? regionOrigins(app.region) : [app.baseUrl],
      budget: new Budget(chatBudgetPerSecond),
      fetch,
    });
  return new Map(chatApps.map((app) => [app.slug, createClient(app)]));
}

/** What a browser may know about an app. */
export type ChatAppLabel = {
  readonly slug: string;
  readonly name: string;
  readonly sdkAppId: number;
  /** Null for a custom base URL. */
  readonly region: Region | null;
};

/** Returns the client of an app, or null for an unknown slug. */
export function chatClient(slug: string): ChatClient | null {
  return chatClients().get(slug) ?? null;
}

/** Returns the app with this slug, or the first one without a slug; null if it is unknown. */
export function chatAppLabel(slug: string | null): ChatAppLabel | null {
  const labels = chatAppLabels();
  return (slug === null ? labels[0] : labels.find((label) => label.slug === slug)) ?? null;
}

/** Returns the configured apps in their order. */
export function chatAppLabels(): ChatAppLabel[] {
  return env().chatApps.map(({ slug, name, sdkAppId, region }) => ({
    slug,
    name,
    sdkAppId,
    region: region ?? null,
  }));
}
