import { Agent, fetch as undiciFetch } from "undici";
import { Budget } from "./chat-api/budget";
import { ChatClient } from "./chat-api/client";
import { type Region, regionOrigins } from "./chat-api/hosts";
import type { Fetch } from "./chat-api/post";
import { env } from "./env";
import type { ChatApp } from "./env-services";

declare global {
  // Several bundles of one process must share its budgets, or together they would spend twice.
  var channelDeskClients: ReadonlyMap<string, ChatClient> | undefined;
}

/** The clients of this process by the slugs of their apps, for its requests and its jobs alike. */
export function chatClients(): ReadonlyMap<string, ChatClient> {
  globalThis.channelDeskClients ??= createClients();
  return globalThis.channelDeskClients;
}

/** Returns a fetch with connections of its own: kept alive, or new where the request asks for one. */
export function createFetch(): Fetch {
  // Opening a connection costs more than a call, and people pause longer than Node's default of 4 s.
  // A host that takes no connection must fail before its attempt does, so that the backup is tried.
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

/** What a browser may know of an app. */
export type ChatAppLabel = {
  readonly slug: string;
  readonly name: string;
  readonly sdkAppId: number;
  /** Null for a base address of its own. */
  readonly region: Region | null;
};

/** The client of an app, or null when no app has this slug. */
export function chatClient(slug: string): ChatClient | null {
  return chatClients().get(slug) ?? null;
}

/** The configured apps, in the order of the configuration. */
export function chatAppLabels(): ChatAppLabel[] {
  return env().chatApps.map(({ slug, name, sdkAppId, region }) => ({
    slug,
    name,
    sdkAppId,
    region: region ?? null,
  }));
}
