/** Reads a header of a request by its lower-case name. */
type ReadHeader = (name: string) => string | null | undefined;

/** The Host header as the client sent it: the server sets `host` to what the framework compares. */
export const SENT_HOST = "x-desk-host";

/** Accepted destinations: a fetch or a page in a window. Other clients than browsers send none. */
const DESTINATIONS: readonly unknown[] = ["empty", "document", null, undefined];

/** Accepted sites: the same page, an address typed by the person, or no browser. */
const OWN_SITES: readonly unknown[] = ["same-origin", "none", null, undefined];

/** Returns whether an image, style, script, frame or the like makes the request. */
export function isEmbedded(header: ReadHeader): boolean {
  return !DESTINATIONS.includes(header("sec-fetch-dest"));
}

/** Returns whether a page of another site makes the browser load an address in advance. */
export function isSpeculative(header: ReadHeader): boolean {
  return Boolean(header("sec-purpose")) && header("sec-fetch-site") !== "same-origin";
}

/** Returns whether a page of another origin makes the request. */
export function isForeign(header: ReadHeader, appUrl: URL): boolean {
  const [site, origin] = [header("sec-fetch-site"), header("origin")];
  if (!OWN_SITES.includes(site)) return true;
  if (origin === null || origin === undefined) return false;
  // Our forms send "null", because our pages send no referrer.
  if (origin === "null") return site !== "same-origin";
  return !ownOrigins(header, appUrl).includes(origin);
}

/** Returns the origins of the desk: APP_URL, and the requested host with the same scheme. */
export function ownOrigins(header: ReadHeader, { origin, protocol }: URL): string[] {
  const host = header(SENT_HOST) ?? header("host");
  return host && URL.canParse(`${protocol}//${host}`)
    ? [origin, new URL(`${protocol}//${host}`).origin]
    : [origin];
}

/** Returns whether a page of the desk or the person makes the request. */
export function isFromDesk(header: ReadHeader, appUrl: URL): boolean {
  return !isEmbedded(header) && !isSpeculative(header) && !isForeign(header, appUrl);
}

/** Returns whether the request opens a page in a window, from a link anywhere. */
export function opensPage(header: ReadHeader): boolean {
  const hasBody = ["content-type", "content-length", "transfer-encoding", "next-action"].some(
    (name) => Boolean(header(name)),
  );
  const isOpened = header("sec-fetch-mode") === "navigate";
  return isOpened && header("sec-fetch-dest") === "document" && !hasBody && !isSpeculative(header);
}

/** Returns whether a host name, as normalized by URL, is the machine itself. */
export function isLoopback(hostname: string): boolean {
  const [name] = hostname.split(/\.$/);
  return LOOPBACK.test(name ?? "");
}

const LOOPBACK =
  /^(127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]|(.+\.)?localhost)$/;
