import { createHash, randomInt } from "node:crypto";
import { and, eq, isNull, lt, or } from "drizzle-orm";
import { Secret, TOTP } from "otpauth";
import type { Database } from "@/lib/db/database";
import { accounts, recoveryCodes } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { logLine } from "@/lib/log";
import { failure, type Result, success } from "@/lib/result";
import { seal, unseal } from "./seal";

type SwitchedOn = { readonly recoveryCodes: readonly string[] };

/**
 * Switches one-time codes on for an account, after a code has shown that the person holds the
 * secret. Returns `alreadyOn` without a change if codes are on.
 */
export async function switchCodesOn(
  db: Database,
  accountId: string,
  secret: string,
  code: string,
  now: Date,
): Promise<Result<SwitchedOn, "wrong" | "alreadyOn">> {
  const totpStep = totpStepOf(secret, readTotpCode(code) ?? "", now);
  if (totpStep === null) return failure("wrong");
  const totpSecret = seal(secret, accountId, env().authSecret);
  return db.transaction(async (transaction) => {
    const switched = await transaction
      .update(accounts)
      .set({ totpSecret, totpStep })
      .where(and(eq(accounts.id, accountId), isNull(accounts.totpSecret)))
      .returning({ id: accounts.id });
    if (switched.length === 0) return failure("alreadyOn");
    return success({ recoveryCodes: await renewRecoveryCodes(transaction, accountId) });
  });
}

/** Switches one-time codes off. The password is sufficient again. */
export async function switchCodesOff(db: Database, accountId: string): Promise<void> {
  await db.transaction(async (transaction) => {
    await transaction
      .update(accounts)
      .set({ totpSecret: null, totpStep: null })
      .where(eq(accounts.id, accountId));
    await transaction.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
  });
}

/** Replaces all recovery codes. Returns the new ones, shown once. */
export async function renewRecoveryCodes(db: Database, accountId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await db.transaction(async (transaction) => {
    await transaction.delete(recoveryCodes).where(eq(recoveryCodes.accountId, accountId));
    const rows = codes.map((code) => ({ accountId, digest: recoveryCodeDigest(code) }));
    await transaction.insert(recoveryCodes).values(rows);
  });
  return codes;
}

/** Returns the number of unused recovery codes of an account. */
export async function countRecoveryCodes(db: Database, accountId: string): Promise<number> {
  const unused = and(eq(recoveryCodes.accountId, accountId), isNull(recoveryCodes.usedAt));
  return db.$count(recoveryCodes, unused);
}

export type CodeKind = "code" | "recoveryCode";

/** Returns whether a code has the form of a one-time code. Otherwise it is a recovery code. */
export function isOneTimeCode(code: string): boolean {
  return readTotpCode(code) !== null;
}

/** Uses a code of an account and returns its kind, or null if it is not valid. */
export async function spendCode(
  db: Database,
  accountId: string,
  code: string,
  now: Date,
): Promise<CodeKind | null> {
  const totpCode = readTotpCode(code);
  if (totpCode !== null) {
    return (await spendTotpCode(db, accountId, totpCode, now)) ? "code" : null;
  }
  return (await spendRecoveryCode(db, accountId, code, now)) ? "recoveryCode" : null;
}

async function spendTotpCode(
  db: Database,
  accountId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const { id, totpSecret, totpStep } = accounts;
  const [account] = await db.select({ totpSecret }).from(accounts).where(eq(id, accountId));
  if (!account?.totpSecret) return false;
  const secret = unseal(account.totpSecret, accountId, env().authSecret);
  if (secret === null) {
    logLine("sign-in", `the one-time codes of ${accountId} are of another AUTH_SECRET: reset them`);
    return false;
  }
  const step = totpStepOf(secret, code, now);
  if (step === null) return false;
  const isNew = or(isNull(totpStep), lt(totpStep, step));
  const used = await db
    .update(accounts)
    .set({ totpStep: step })
    .where(and(eq(id, accountId), eq(totpSecret, account.totpSecret), isNew))
    .returning({ id });
  return used.length === 1;
}

async function spendRecoveryCode(
  db: Database,
  accountId: string,
  code: string,
  now: Date,
): Promise<boolean> {
  const { digest, usedAt } = recoveryCodes;
  const isUnused = and(eq(digest, recoveryCodeDigest(code)), isNull(usedAt));
  const used = await db
    .update(recoveryCodes)
    .set({ usedAt: now })
    .where(and(eq(recoveryCodes.accountId, accountId), isUnused))
    .returning({ digest });
  return used.length === 1;
}

// A code may contain blanks or full-width digits.
function readTotpCode(code: string): string | null {
  const read = code.normalize("NFKC").replace(/[\s-]/g, "");
  return /^\d{6}$/.test(read) ? read : null;
}

const TOTP_ISSUER = "Channel Desk";
const PERIOD_SECONDS = 30;
/** Steps before and after now in which a code is valid: clocks differ, and typing takes time. */
const WINDOW = 1;
const SECRET_BYTES = 20;

/** Returns a new secret of 160 bits, in base32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** Returns the URI of the QR code from which an app reads a secret. */
export function totpUri(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/** Returns the current 30-second step of a code, or null if the code is not valid now. */
export function totpStepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = totp(secret, "").validate({ token: code, timestamp, window: WINDOW });
  return delta === null ? null : Math.floor(timestamp / (PERIOD_SECONDS * 1000)) + delta;
}

function totp(secret: string, label: string): TOTP {
  return new TOTP({
    issuer: TOTP_ISSUER,
    label,
    secret: Secret.fromBase32(secret),
    algorithm: "SHA1",
    digits: 6,
    period: PERIOD_SECONDS,
  });
}

const RECOVERY_CODES = 10;
const GROUPS = 4;
const GROUP_LENGTH = 6;
// Of characters that look alike, only one is used.
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * Returns ten codes of 120 bits each, such as `3mk9t4-0qxw2z-…`. They are shown once and stored as
 * digests. With so many bits no slow hash is needed.
 */
export function newRecoveryCodes(): string[] {
  const letter = () => ALPHABET.charAt(randomInt(ALPHABET.length));
  const group = () => Array.from({ length: GROUP_LENGTH }, letter).join("");
  const code = () => Array.from({ length: GROUPS }, group).join("-");
  return Array.from({ length: RECOVERY_CODES }, code);
}

/** Returns the stored digest of a code, independent of its spelling. */
export function recoveryCodeDigest(code: string): string {
  const read = code
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^0-9a-z]/g, "")
    .replace(/[il]/g, "1")
    .replace(/o/g, "0");
  return createHash("sha256").update(read).digest("base64url");
}
