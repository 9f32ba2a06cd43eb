import { createHmac } from "node:crypto";
import { deflateSync } from "node:zlib";

export type SigningKey = {
  readonly sdkAppId: number;
  readonly adminId: string;
  /** As the console shows it: used as text, not decoded. */
  readonly secretKey: string;
};

const LIFETIME_SECONDS = 86_400;
const RENEW_AFTER_SECONDS = LIFETIME_SECONDS * 0.8;

/**
 * Signs `adminId` for `sdkAppId` (TLSSigAPI v2).
 *
 * @param issuedAt Unix seconds from which the signature is valid
 * @param lifetime seconds for which it is valid
 */
export function signUserSig(key: SigningKey, issuedAt: number, lifetime: number): string {
  const signed =
    `TLS.identifier:${key.adminId}\nTLS.sdkappid:${key.sdkAppId}\n` +
    `TLS.time:${issuedAt}\nTLS.expire:${lifetime}\n`;
  const ticket = {
    "TLS.ver": "2.0",
    "TLS.identifier": key.adminId,
    "TLS.sdkappid": key.sdkAppId,
    "TLS.expire": lifetime,
    "TLS.time": issuedAt,
    "TLS.sig": createHmac("sha256", key.secretKey).update(signed).digest("base64"),
  };
  // The API's own alphabet, not RFC 4648 base64url.
  return deflateSync(JSON.stringify(ticket))
    .toString("base64")
    .replaceAll("+", "*")
    .replaceAll("/", "-")
    .replaceAll("=", "_");
}

/** Caches one signature of an app and renews it before it expires. */
export class UserSigCache {
  #userSig = "";
  #issuedAt = Number.NEGATIVE_INFINITY;

  /** @param now wall clock in milliseconds, because the API compares with its own */
  constructor(
    private readonly key: SigningKey,
    private readonly now: () => number,
  ) {}

  /** Returns the current signature. A clock that was set back also causes a new one. */
  current(): string {
    const age = this.now() / 1000 - this.#issuedAt;
    if (age < 0 || age > RENEW_AFTER_SECONDS) this.#sign();
    return this.#userSig;
  }

  /** Drops a refused signature, unless another call has already replaced it. */
  drop(refused: string): void {
    if (refused === this.#userSig) this.#sign();
  }

  #sign(): void {
    this.#issuedAt = Math.floor(this.now() / 1000);
    this.#userSig = signUserSig(this.key, this.#issuedAt, LIFETIME_SECONDS);
  }
}
