/** Reads a header of a request by its lower-case name. */
export type ReadHeader = (name: string) => string | null | undefined;

/** The Host header as the client sent it: the server sets `host` to what the framework compares. */
export const SENT_HOST = "x-desk-host";

/** What the desk answers: a fetch, or a page opened in a window. Clients that are no browsers say nothing. */
const DESTINATIONS: readonly unknown[] = ["empty", "document", null, undefined];

/** The same page, an address typed or opened by the person, or a client that is no browser. */
const OWN_SITES: readonly unknown[] = ["same-origin", "none", null, undefined];

/** Whether an image, a style, a script, a frame or the like asks. */
export function isEmbedded(header: ReadHeader): boolean {
  return !DESTINATIONS.includes(header("sec-fetch-dest"));
}

/** Whether a page that is not the desk's has the browser load an address before anybody opens it. */
export function isSpeculative(header: ReadHeader): boolean {
  return Boolean(header("sec-purpose")) && header("sec-fetch-site") !== "same-origin";
}

/** Whether a page of another origin makes the request. */
export function isForeign(header: ReadHeader, appUrl: URL): boolean {
  const [site, origin] = [header("sec-fetch-site"), header("origin")];
  if (!OWN_SITES.includes(site)) return true;
  if (origin === null || origin === undefined) return false;
  // A form of ours says "null", since its page sends no referrer.
  if (origin === "null") return site !== "same-origin";
  return !ownOrigins(header, appUrl).includes(origin);
}

/** The origins of the desk: APP_URL, and the host that the client asked for, with the same scheme. */
export function ownOrigins(header: ReadHeader, { origin, protocol }: URL): string[] {
  const host = header(SENT_HOST) ?? header("host");
  return host && URL.canParse(`${protocol}//${host}`)
    ? [origin, new URL(`${protocol}//${host}`).origin]
    : [origin];
}

/** Whether a page of the desk, or the person, makes the request. */
export function isFromDesk(header: ReadHeader, appUrl: URL): boolean {
  return !isEmbedded(header) && !isSpeculative(header) && !isForeign(header, appUrl);
}

/**
 * Whether the request opens a page in a window: a link to it may stand anywhere. A form that is posted,
 * an action, a frame and a page loaded ahead do not count.
 */
export function opensPage(header: ReadHeader): boolean {
  const hasBody = ["content-type", "content-length", "transfer-encoding", "next-action"].some(
    (name) => Boolean(header(name)),
  );
  const isOpened = header("sec-fetch-mode") === "navigate";
  return isOpened && header("sec-fetch-dest") === "document" && !hasBody && !isSpeculative(header);
}

/** Whether a host name, as URL writes it, is of the machine itself. */
export function isLoopback(hostname: string): boolean {
  const [name] = hostname.split(/\.$/);
  return LOOPBACK.test(name ?? "");
}

const LOOPBACK =
  /^(127(\.\d+){3}|0\.0\.0\.0|\[::1?\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\]|(.+\.)?localhost)$/;
