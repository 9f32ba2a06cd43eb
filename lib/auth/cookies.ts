/** The name of the cookie that holds the session; over https bound to the host by its prefix. */
export function sessionCookieName(appUrl: URL): string {
  return nameFor("session", appUrl);
}

/** The name of the cookie by which an owner's browser is known again. */
export function deviceCookieName(appUrl: URL): string {
  return nameFor("device", appUrl);
}

/** The name of the cookie that tells the sign-in page whom the identity provider had named. */
export function refusedAccountCookieName(appUrl: URL): string {
  return nameFor("refused-account", appUrl);
}

/** The name of the cookie that ties a browser to the single sign-ons that it began. */
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

/** Not for scripts, not for requests of other sites, and over https only where the desk is. */
export function cookieOptions(appUrl: URL) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(appUrl) } as const;
}

function nameFor(purpose: string, appUrl: URL): string {
  return `${isSecure(appUrl) ? "__Host-" : ""}channel-desk.${purpose}`;
}

function isSecure(appUrl: URL): boolean {
  return appUrl.protocol === "https:";
}
