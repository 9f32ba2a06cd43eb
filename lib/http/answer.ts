import type { ServerResponse } from "node:http";
import { logLine } from "@/lib/log";
import type { Incoming, Refusal } from "./incoming";

/**
 * The headers of every answer: keep nothing of it, and trust nothing in it. A page says by itself
 * which of its scripts may run.
 */
export function answerHeaders(path: string, appUrl: URL): Readonly<Record<string, string>> {
  return {
    ...(isTheSameForAll(path) ? {} : { "Cache-Control": "no-store" }),
    ...(appUrl.protocol === "https:" ? { "Strict-Transport-Security": TWO_YEARS } : {}),
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // Addresses hold the ids of subscribers, and avatars come from anywhere.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": NOTHING_PERMITTED,
  };
}

const TWO_YEARS = "max-age=63072000; includeSubDomains";

const NOTHING_PERMITTED = [
  "accelerometer",
  "browsing-topics",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "usb",
]
  .map((feature) => `${feature}=()`)
  .join(", ");

function isTheSameForAll(path: string): boolean {
  return path.startsWith("/_next/static/") || path === "/favicon.svg";
}

type Answered = {
  readonly method?: string | undefined;
  readonly path: string;
  /** Why the request was refused unread, where it was. */
  readonly refusal?: Refusal | null;
};

/** Logs an answer once it was sent, or the client left. Files of the build are not logged. */
export function logAnswer(
  response: ServerResponse,
  { requestId, address }: Pick<Incoming, "requestId" | "address">,
  { method = "", path, refusal }: Answered,
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
      refused: refusal?.reason,
    });
  });
}

// Paths of pages are words. Anything else may be a subscriber's id that somebody typed.
function shownPath(path: string): string {
  return /^(\/[a-z_]+([-.][a-z]+)*)*\/?$/.test(path) ? path : "(other)";
}
