/** How long a sign-in lasts. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** The name of the cookie that holds the session; over https bound to the host by its prefix. */
export function sessionCookieName(appUrl: URL): string {
  return nameFor("session", appUrl);
}

/** The cookies of the sign-in library, all with the same care. */
export function signInCookies(appUrl: URL) {
  const options = {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: isSecure(appUrl),
  } as const;
  return {
    sessionToken: { name: sessionCookieName(appUrl), options },
    callbackUrl: { name: nameFor("callback-url", appUrl), options },
    csrfToken: { name: nameFor("csrf", appUrl), options },
  };
}

function nameFor(purpose: string, appUrl: URL): string {
  return `${isSecure(appUrl) ? "__Host-" : ""}channel-desk.${purpose}`;
}

function isSecure(appUrl: URL): boolean {
  return appUrl.protocol === "https:";
}
