const home = "/";
const nowhere = "http://desk.invalid";

/** Where to go after signing in: the asked path when it is one of this desk's own, else its home. */
export function callbackPath(asked: string | string[] | undefined): string {
  if (typeof asked !== "string" || !URL.canParse(asked, nowhere)) return home;
  const url = new URL(asked, nowhere);
  const path = url.pathname + url.search + url.hash;
  // "/.//host" is of our origin, but its normal form "//host" names another.
  // A "blob:" address has the origin of the one inside it.
  const ours = url.protocol === "http:" && url.origin === nowhere && /^\/(?!\/)/.test(path);
  return ours && url.pathname !== "/sign-in" ? path : home;
}
