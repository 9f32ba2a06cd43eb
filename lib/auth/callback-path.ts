const home = "/";
const nowhere = "http://desk.invalid";

/**
 * Returns the path to open after signing in: the requested path if it belongs to this desk,
 * otherwise the start page.
 */
export function callbackPath(asked: string | string[] | undefined): string {
  if (typeof asked !== "string" || !URL.canParse(asked, nowhere)) return home;
  const url = new URL(asked, nowhere);
  const path = url.pathname + url.search + url.hash;
  // "/.//host" has our origin, but its normalized form "//host" names another host. A "blob:" URL
  // has the origin of its inner URL.
  const ours = url.protocol === "http:" && url.origin === nowhere && /^\/(?!\/)/.test(path);
  return ours && url.pathname !== "/sign-in" ? path : home;
}
