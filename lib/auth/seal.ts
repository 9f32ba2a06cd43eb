import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import type { Secret } from "@/lib/secret";

/** Returns the digest under which a random token is stored. */
export function digestOf(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** Derives a 256-bit key for one purpose, so that a value of one purpose is invalid for another. */
export function keyFor(purpose: "seal" | "device" | "oidc", authSecret: Secret): Buffer {
  const info = `channel-desk ${purpose} 1`;
  return Buffer.from(hkdfSync("sha256", authSecret.reveal(), "", info, 32));
}

const VERSION = "v1";
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts a stored value of one account with a key from AUTH_SECRET (AES-256-GCM). */
export function seal(text: string, accountId: string, authSecret: Secret): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv("aes-256-gcm", keyFor("seal", authSecret), iv);
  cipher.setAAD(Buffer.from(accountId));
  const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final()]);
  return `${VERSION}.${Buffer.concat([sealed, cipher.getAuthTag()]).toString("base64url")}`;
}

/** Decrypts a value. Returns null if it was changed, or sealed for another account or secret. */
export function unseal(sealed: string, accountId: string, authSecret: Secret): string | null {
  const [version, encoded = ""] = sealed.split(".");
  const bytes = Buffer.from(encoded, "base64url");
  if (version !== VERSION || bytes.length < IV_BYTES + TAG_BYTES) return null;
  const key = keyFor("seal", authSecret);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(Buffer.from(accountId));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}
