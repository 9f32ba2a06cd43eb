/** The name of the session cookie. Over https the prefix binds it to the host. */
export function sessionCookieName(appUrl: URL): string {
  return nameFor("session", appUrl);
}

/** The name of the cookie that marks a known browser of an owner. */
export function deviceCookieName(appUrl: URL): string {
  return nameFor("device", appUrl);
}

/** The name of the cookie that tells the sign-in page which provider account was refused. */
export function refusedAccountCookieName(appUrl: URL): string {
  return nameFor("refused-account", appUrl);
}

/** The name of the cookie that ties a browser to the single sign-ons it started. */
export function signInCookieName(appUrl: URL): string {
  return nameFor("sign-in", appUrl);
}

/** The cookies of next-auth. */
export function signInCookies(appUrl: URL) {
  const options = cookieOptions(appUrl);
  return {
    sessionToken: { name: sessionCookieName(appUrl), options },
    callbackUrl: { name: nameFor("callback-url", appUrl), options },
    csrfToken: { name: nameFor("csrf", appUrl), options },
  };
}

/** Hidden from scripts, not sent by other sites, and https only if the desk uses https. */
export function cookieOptions(appUrl: URL) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(appUrl) } as const;
}

function nameFor(purpose: string, appUrl: URL): string {
  return `${isSecure(appUrl) ? "__Host-" : ""}channel-desk.${purpose}`;
}

function isSecure(appUrl: URL): boolean {
  return appUrl.protocol === "https:";
}
