import { Secret, TOTP } from "otpauth";

const ISSUER = "Channel Desk";
const PERIOD_SECONDS = 30;
/** Steps before and after now in which a code is good: clocks differ, and typing takes a while. */
const WINDOW = 1;
const SECRET_BYTES = 20;

/** A new secret of 160 bits, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What the picture says from which an app takes a secret. */
export function totpUri(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/** The 30-second step of which this is the code, when it is one around now; else null. */
export function totpStepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totp(secret, "").validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / (PERIOD_SECONDS * 1000)) + delta;
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
  });
}
