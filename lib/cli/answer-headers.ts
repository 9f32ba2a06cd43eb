/**
 * What every answer says, whatever it is: to keep nothing of it and to trust nothing in it. Pages say
 * by themselves which scripts of theirs may run.
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
