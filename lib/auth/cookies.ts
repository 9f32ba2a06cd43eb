import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Secret } from "@/lib/secret";
import { DAY_MS } from "@/lib/time";
import { keyFor } from "./seal";

type CookiePurpose =
  | "session"
  /** Marks a known browser of an owner. */
  | "device"
  /** Tells the sign-in page which provider account was refused. */
  | "refused-account"
  /** Ties a browser to the single sign-ons it started. */
  | "sign-in"
  | "callback-url"
  | "csrf";

/** The name of a cookie. Over https the prefix binds it to the host. */
export function cookieName(purpose: CookiePurpose, appUrl: URL): string {
  return `${isSecure(appUrl) ? "__Host-" : ""}channel-desk.${purpose}`;
}

/** The cookies of next-auth. */
export function signInCookies(appUrl: URL) {
  const options = cookieOptions(appUrl);
  return {
    sessionToken: { name: cookieName("session", appUrl), options },
    callbackUrl: { name: cookieName("callback-url", appUrl), options },
    csrfToken: { name: cookieName("csrf", appUrl), options },
  };
}

/** Hidden from scripts, not sent by other sites, and https only if the desk uses https. */
export function cookieOptions(appUrl: URL) {
  return { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure(appUrl) } as const;
}

function isSecure(appUrl: URL): boolean {
  return appUrl.protocol === "https:";
}

/** Days for which a browser stays known after a sign-in. */
export const DEVICE_DAYS = 180;

const ID = /^[\w-]{22}$/;

/** An account, with a digest that changes with its password or one-time codes. */
export type DeviceOwner = { readonly accountId: string; readonly secretsDigest: string };

/**
 * Returns the cookie that marks a browser as known to an owner who signed in with it. Guesses by
 * others do not throttle a known browser. The cookie grants no access. A known browser keeps its
 * ID.
 *
 * The cookie expires when the password or the one-time codes change. A cookie obtained with a
 * password alone is worthless once codes are on, and no cookie survives a reset.
 */
export function newDeviceCookie(
  owner: DeviceOwner,
  known: string | null,
  authSecret: Secret,
  now: Date,
): string {
  const id = known ?? randomBytes(16).toString("base64url");
  const expires = now.getTime() + DEVICE_DAYS * DAY_MS;
  const claim = `${owner.accountId}.${id}.${expires}`;
  return `${claim}.${mac(claim, owner, authSecret)}`;
}

/** Returns the ID of a browser that is known to this account in its current state, or null. */
export function knownDevice(
  cookie: string | undefined,
  owner: DeviceOwner,
  authSecret: Secret,
  now: Date,
): string | null {
  const [account, id = "", expires = "", signature = "", ...rest] = cookie?.split(".") ?? [];
  if (account !== owner.accountId || !ID.test(id) || rest.length > 0) return null;
  const right = Buffer.from(mac(`${account}.${id}.${expires}`, owner, authSecret));
  const found = Buffer.from(signature);
  const isOurs = found.length === right.length && timingSafeEqual(found, right);
  return isOurs && now.getTime() < Number(expires) ? id : null;
}

function mac(claim: string, { secretsDigest }: DeviceOwner, authSecret: Secret): string {
  return createHmac("sha256", keyFor("device", authSecret))
    .update(`${claim}.${secretsDigest}`)
    .digest("base64url");
}
