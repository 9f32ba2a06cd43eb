import "server-only";
import { cookies } from "next/headers";
import { AuditTrail } from "@/lib/audit/trail";
import { store } from "@/lib/db/store";
import { env } from "@/lib/env";
import { requestFacts } from "@/lib/request-facts";
import { holdUser } from "./accounts";
import { cookieOptions, deviceCookieName } from "./cookies";
import { DEVICE_DAYS, type DeviceOwner, knownDevice, newDeviceCookie } from "./device";
import { currentToken, userOf } from "./session";
import { endSession, type SessionToken, startSession } from "./sessions";
import type { Proof } from "./sign-in";

/**
 * Begins a session of somebody who has shown who it is, here or at the identity provider, in place of
 * the one this browser had. Throws when the account is gone or disabled, when its password or codes
 * have been changed since they were shown, or the audit cannot be written: then there is no session.
 */
export async function beginSession(
  accountId: string,
  proof: Proof | "oidc",
): Promise<SessionToken> {
  const [desk, request, earlier] = await Promise.all([store(), requestFacts(), currentToken()]);
  const now = new Date();
  const [kind, way, digest] =
    proof === "oidc"
      ? (["oidc", "oidc", null] as const)
      : (["password", proof.way, proof.secretsDigest] as const);
  const { address, userAgent } = request;
  const session = { accountId, kind, address, userAgent };
  const { user, sessionId } = await desk.transaction(async (transaction) => {
    // Whoever changes the password ends all sessions then: this one is among them, or does not begin.
    const user = await holdUser(transaction, accountId, digest);
    if (user === null) throw new Error("The account is not what it was when it was signed in to.");
    const sessionId = await startSession(transaction, session, env().sessionHours, now);
    return { user, sessionId };
  });
  if (earlier) await endSession(desk, earlier.sessionId, now);
  try {
    await new AuditTrail("signIn", request, user).end({ outcome: "done", target: way });
  } catch (error) {
    await endSession(desk, sessionId, now);
    throw error;
  }
  if (digest !== null) await rememberDevice({ accountId, secretsDigest: digest }, now);
  return { accountId, sessionId };
}

/** Ends the session of a token, so that no copy of the cookie is worth anything. */
export async function finishSession(token: SessionToken): Promise<void> {
  const user = await userOf(token);
  await endSession(await store(), token.sessionId, new Date());
  if (user) await new AuditTrail("signOut", await requestFacts(), user).end({ outcome: "done" });
}

async function rememberDevice(owner: DeviceOwner, now: Date): Promise<void> {
  const { appUrl, authSecret } = env();
  const jar = await cookies();
  const name = deviceCookieName(appUrl);
  const known = knownDevice(jar.get(name)?.value, owner, authSecret, now);
  const maxAge = DEVICE_DAYS * 24 * 60 * 60;
  const value = newDeviceCookie(owner, known, authSecret, now);
  jar.set(name, value, { ...cookieOptions(appUrl), maxAge });
}
