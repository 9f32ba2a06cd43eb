import { Agent, fetch as pooledFetch } from "undici";
import { Budget } from "./chat-api/budget";
import { ChatClient } from "./chat-api/client";
import { regionOrigins } from "./chat-api/regions";
import { env } from "./env";
import type { ChatApp } from "./env-chat-apps";

declare global {
  // Several bundles of one process must share its budgets, or together they would spend twice.
  var channelDeskClients: ReadonlyMap<string, ChatClient> | undefined;
}

/** The clients of this process by the slugs of their apps, for its requests and its jobs alike. */
export function chatClients(): ReadonlyMap<string, ChatClient> {
  globalThis.channelDeskClients ??= createClients();
  return globalThis.channelDeskClients;
}

function createClients(): ReadonlyMap<string, ChatClient> {
  const { chatApps, chatBudgetPerSecond } = env();
  // Opening a connection costs more than a call, and people pause longer than Node's default of 4 s.
  // A host that takes no connection must fail before its attempt does, so that the backup is tried.
  const dispatcher = new Agent({
    connections: 64,
    keepAliveTimeout: 60_000,
    connect: { timeout: 2000 },
  });
  const createClient = (app: ChatApp) =>
    new ChatClient({
      sdkAppId: app.sdkAppId,
      adminId: app.adminId,
      secretKey: app.secretKey.reveal(),
      origins: app.region ? regionOrigins(app.region) : [app.baseUrl],
      budget: new Budget(chatBudgetPerSecond),
      fetch: (url, init) => pooledFetch(url, { ...init, dispatcher }),
    });
  return new Map(chatApps.map((app) => [app.slug, createClient(app)]));
}
