import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Secret } from "@/lib/secret";
import { keyFor } from "./keys";

/** How long a browser is known after a sign-in. */
export const DEVICE_DAYS = 180;

const DAY_MS = 24 * 60 * 60_000;
const ID = /^[\w-]{22}$/;

/**
 * The cookie by which a browser in which an owner has signed in is known again, so that others who
 * guess at the account do not make this one wait. It opens nothing. A known browser keeps its id.
 */
export function newDeviceCookie(
  accountId: string,
  known: string | null,
  authSecret: Secret,
  now: Date,
): string {
  const id = known ?? randomBytes(16).toString("base64url");
  const expires = now.getTime() + DEVICE_DAYS * DAY_MS;
  const claim = `${accountId}.${id}.${expires}`;
  return `${claim}.${mac(claim, authSecret)}`;
}

/** The id of a browser that is known to this account; null for any other, and for what is not ours. */
export function knownDevice(
  cookie: string | undefined,
  accountId: string,
  authSecret: Secret,
  now: Date,
): string | null {
  const [account, id = "", expires = "", given = "", ...rest] = cookie?.split(".") ?? [];
  if (account !== accountId || !ID.test(id) || rest.length > 0) return null;
  const right = Buffer.from(mac(`${account}.${id}.${expires}`, authSecret));
  const found = Buffer.from(given);
  const isOurs = found.length === right.length && timingSafeEqual(found, right);
  return isOurs && now.getTime() < Number(expires) ? id : null;
}

function mac(claim: string, authSecret: Secret): string {
  return createHmac("sha256", keyFor("device", authSecret)).update(claim).digest("base64url");
}
