import type { ServerResponse } from "node:http";
import { logLine } from "@/lib/log";
import type { Incoming } from "./incoming";

/** Writes a line about an answer once it has been sent, or was left before. Files of the build need none. */
export function logAnswer(
  response: ServerResponse,
  { requestId, address }: Pick<Incoming, "requestId" | "address">,
  { method = "", path }: { readonly method?: string | undefined; readonly path: string },
): void {
  if (path.startsWith("/_next/static/")) return;
  const started = performance.now();
  response.on("close", () => {
    logLine("access", `${method} ${shownPath(path)} ${response.statusCode}`, {
      level: "info",
      requestId,
      address,
      durationMs: Math.round(performance.now() - started),
      isWhole: response.writableFinished,
    });
  });
}

// Paths of rooms are words. What else somebody types there may be a subscriber's id.
function shownPath(path: string): string {
  return /^(\/[a-z_]+([-.][a-z]+)*)*\/?$/.test(path) ? path : "(other)";
}
