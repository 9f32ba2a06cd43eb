import "server-only";
import type { ChatClient } from "./chat-api/client";
import type { Region } from "./chat-api/regions";
import { chatClients } from "./chat-clients";
import { env } from "./env";

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
