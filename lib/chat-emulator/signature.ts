import { createHmac, timingSafeEqual } from "node:crypto";
import { inflateSync } from "node:zlib";
import type { App } from "./app";
import { isJsonObject, type JsonObject, parseJson } from "./json";
import { Refusal } from "./refusal";

/** Refuses a UserSig that was not made with the key of `app` for `identifier`, or is too old. */
export function verifyUserSig(userSig: string, app: App, identifier: string, now: number): void {
  const ticket = unpack(userSig);
  const time = ticket["TLS.time"];
  const expire = ticket["TLS.expire"];
  if (ticket["TLS.ver"] !== "2.0" || !isSeconds(time) || !isSeconds(expire)) {
    throw new Refusal(70003);
  }
  if (ticket["TLS.sdkappid"] !== app.sdkAppId) throw new Refusal(70014);
  if (ticket["TLS.identifier"] !== identifier) throw new Refusal(70013);
  const content =
    `TLS.identifier:${identifier}\nTLS.sdkappid:${app.sdkAppId}\n` +
    `TLS.time:${time}\nTLS.expire:${expire}\n`;
  const expected = createHmac("sha256", app.secretKey).update(content).digest();
  const actual = Buffer.from(String(ticket["TLS.sig"]), "base64");
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    throw new Refusal(70009);
  }
  if (now > time + expire) throw new Refusal(70001);
}

function unpack(userSig: string): JsonObject {
  const base64 = userSig.replaceAll("*", "+").replaceAll("-", "/").replaceAll("_", "=");
  const ticket = parseJson(inflated(Buffer.from(base64, "base64")));
  if (!isJsonObject(ticket)) throw new Refusal(70003);
  return ticket;
}

function inflated(packed: Buffer): string {
  try {
    return inflateSync(packed, { maxOutputLength: 4096 }).toString();
  } catch {
    throw new Refusal(70003);
  }
}

function isSeconds(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}
