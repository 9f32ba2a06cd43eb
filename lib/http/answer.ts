import type { ServerResponse } from "node:http";
import { logLine } from "@/lib/log";
import type { Incoming, Refusal } from "./incoming";

/**
 * Returns the headers of every answer: nothing is cached and nothing else is trusted. Each page
 * sets its own script policy.
 */
export function answerHeaders(path: string, appUrl: URL): Readonly<Record<string, string>> {
  return {
    ...(isTheSameForAll(path) ? {} : { "Cache-Control": "no-store" }),
    ...(appUrl.protocol === "https:" ? { "Strict-Transport-Security": TWO_YEARS } : {}),
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // URLs hold subscriber IDs, and avatars come from any host.
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
  /** Why the request was refused unread, if it was. */
  readonly refusal?: Refusal | null;
};

/** Logs an answer after it was sent or the client left. Build files are not logged. */
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

// Page paths are words. Anything else may be a subscriber ID that somebody typed.
function shownPath(path: string): string {
  return /^(\/[a-z_]+([-.][a-z]+)*)*\/?$/.test(path) ? path : "(other)";
}
