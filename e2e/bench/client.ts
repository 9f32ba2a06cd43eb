import { Agent, fetch } from "undici";
import { Budget } from "@/lib/chat-api/budget";
import { ChatClient } from "@/lib/chat-api/client";
import type { SigningKey } from "@/lib/chat-api/user-sig";

/** A client as the dashboard builds it. */
export function benchClient(app: SigningKey, vendor: string): ChatClient {
  const dispatcher = new Agent({ connections: 64, keepAliveTimeout: 60_000 });
  return new ChatClient({
    ...app,
    origins: [vendor],
    budget: new Budget(200),
    fetch: (url, init) => fetch(url, { ...init, dispatcher }),
  });
}
