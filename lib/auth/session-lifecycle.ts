import "server-only";
import { eq } from "drizzle-orm";
import { cookies } from "next/headers";
import { AuditTrail } from "@/lib/audit/record";
import { database } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";
import { env } from "@/lib/env";
import { requestFacts } from "@/lib/http/request";
import { holdUser, secretsDigest } from "./accounts";
import {
  cookieName,
  cookieOptions,
  DEVICE_DAYS,
  type DeviceOwner,
  knownDevice,
  newDeviceCookie,
} from "./cookies";
import { currentToken, userOf } from "./current-user";
import { seal, unseal } from "./seal";
import { endSession, type SessionToken, sealedIdToken, startSession } from "./sessions";
import type { Proof } from "./sign-in";

/** Longest ID token, in characters, that fits into the URL of the provider's sign-out. */
const LONGEST_HINT = 4096;

/** A sign-in at the identity provider. The ID token is sent back at sign-out. */
type OidcProof = { readonly way: "oidc"; readonly idToken: string | null };

/**
 * Starts a session for a person who has signed in and ends the previous session of this browser.
 * Throws if the account is gone or disabled, if its password or codes have changed meanwhile, or if
 * the audit cannot be written.
 */
export async function beginSession(
  accountId: string,
  proof: Proof | OidcProof,
): Promise<SessionToken> {
  const [desk, request, earlier] = await Promise.all([database(), requestFacts(), currentToken()]);
  const now = new Date();
  const isOidc = proof.way === "oidc";
  const digest = isOidc ? null : proof.secretsDigest;
  const { address, userAgent } = request;
  const session = {
    ...{ accountId, address, userAgent },
    kind: isOidc ? ("oidc" as const) : ("password" as const),
    idToken: isOidc && proof.idToken ? sealIdToken(proof.idToken, accountId) : null,
  };
  const { user, sessionId } = await desk.transaction(async (transaction) => {
    // A password change ends all sessions: this one is among them or does not start.
    const user = await holdUser(transaction, accountId, digest);
    if (user === null) throw new Error("The account is not what it was when it was signed in to.");
    const sessionId = await startSession(transaction, session, env().sessionHours, now);
    return { user, sessionId };
  });
  if (earlier) await endSession(desk, earlier.sessionId, now);
  try {
    await new AuditTrail("signIn", request, user).end({ outcome: "done", target: proof.way });
  } catch (error) {
    await endSession(desk, sessionId, now);
    throw error;
  }
  if (digest !== null) await rememberDevice({ accountId, secretsDigest: digest }, now);
  return { accountId, sessionId };
}

/** Ends the session of a token, so that no copy of the cookie works. */
export async function finishSession(token: SessionToken): Promise<void> {
  const user = await userOf(token);
  await endSession(await database(), token.sessionId, new Date());
  if (user) await new AuditTrail("signOut", await requestFacts(), user).end({ outcome: "done" });
}

/** Returns the ID token with which the provider started this session, or null. */
export async function idTokenOf({ sessionId, accountId }: SessionToken): Promise<string | null> {
  const sealed = await sealedIdToken(await database(), sessionId);
  return sealed === null ? null : unseal(sealed, idTokenPurpose(accountId), env().authSecret);
}

const idTokenPurpose = (accountId: string) => `id-token ${accountId}`;

// Servers and proxies refuse long URLs, so a longer token is not stored.
function sealIdToken(idToken: string, accountId: string): string | null {
  if (idToken.length > LONGEST_HINT) return null;
  return seal(idToken, idTokenPurpose(accountId), env().authSecret);
}

/** Does the same for an account whose one-time codes were just changed in this browser. */
export async function rememberOwner(accountId: string, now: Date): Promise<void> {
  const [owner] = await (await database())
    .select({ accountId: accounts.id, secretsDigest })
    .from(accounts)
    .where(eq(accounts.id, accountId));
  if (owner !== undefined) await rememberDevice(owner, now);
}

/** Sets the cookie that marks this browser as known to its owner, with the current secrets. */
export async function rememberDevice(owner: DeviceOwner, now: Date): Promise<void> {
  const { appUrl, authSecret } = env();
  const jar = await cookies();
  const name = cookieName("device", appUrl);
  const known = knownDevice(jar.get(name)?.value, owner, authSecret, now);
  const maxAge = DEVICE_DAYS * 24 * 60 * 60;
  const value = newDeviceCookie(owner, known, authSecret, now);
  jar.set(name, value, { ...cookieOptions(appUrl), maxAge });
}
