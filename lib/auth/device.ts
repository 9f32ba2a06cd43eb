import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Secret } from "@/lib/secret";
import { keyFor } from "./seal";

/** How long a browser is known after a sign-in. */
export const DEVICE_DAYS = 180;

const DAY_MS = 24 * 60 * 60_000;
const ID = /^[\w-]{22}$/;

/** An account, and by what it could be seen that its password or one-time codes are others by now. */
export type DeviceOwner = { readonly accountId: string; readonly secretsDigest: string };

/**
 * The cookie by which a browser in which an owner has signed in is known again, so that others who
 * guess at the account do not make this one wait. It opens nothing. A known browser keeps its id.
 *
 * It ends when the password or the one-time codes are changed, switched on or off: what somebody has
 * collected with a password alone is worth nothing once codes are on, and nothing survives a reset.
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

/**
 * The id of a browser that is known to this account as it is now; null for any other, and for what is
 * not ours.
 */
export function knownDevice(
  cookie: string | undefined,
  owner: DeviceOwner,
  authSecret: Secret,
  now: Date,
): string | null {
  const [account, id = "", expires = "", given = "", ...rest] = cookie?.split(".") ?? [];
  if (account !== owner.accountId || !ID.test(id) || rest.length > 0) return null;
  const right = Buffer.from(mac(`${account}.${id}.${expires}`, owner, authSecret));
  const found = Buffer.from(given);
  const isOurs = found.length === right.length && timingSafeEqual(found, right);
  return isOurs && now.getTime() < Number(expires) ? id : null;
}

function mac(claim: string, { secretsDigest }: DeviceOwner, authSecret: Secret): string {
  return createHmac("sha256", keyFor("device", authSecret))
    .update(`${claim}.${secretsDigest}`)
    .digest("base64url");
}
