import "server-only";
import { cookies } from "next/headers";
import { AuditTrail } from "@/lib/audit/trail";
import { store } from "@/lib/db/store";
import { env } from "@/lib/env";
import { requestFacts } from "@/lib/request-facts";
import { getUser } from "./accounts";
import { cookieOptions, deviceCookieName } from "./cookies";
import { DEVICE_DAYS, knownDevice, newDeviceCookie } from "./device";
import { currentToken, userOf } from "./session";
import { endSession, type SessionKind, type SessionToken, startSession } from "./sessions";

/**
 * Begins a session of somebody who has shown who it is, in place of the one this browser had. Throws
 * when the account is gone or disabled, or the audit cannot be written: then there is no session.
 */
export async function beginSession(accountId: string, kind: SessionKind): Promise<SessionToken> {
  const [desk, request, earlier] = await Promise.all([store(), requestFacts(), currentToken()]);
  const now = new Date();
  const user = await getUser(desk, accountId);
  if (user === null) throw new Error("There is no such account, or it is disabled.");
  if (earlier) await endSession(desk, earlier.sessionId, now);

  const { address, userAgent } = request;
  const session = { accountId, kind, address, userAgent };
  const sessionId = await startSession(desk, session, env().sessionHours, now);
  try {
    await new AuditTrail("signIn", request, user).end({ outcome: "done", target: kind });
  } catch (error) {
    await endSession(desk, sessionId, now);
    throw error;
  }
  if (kind === "password") await rememberDevice(accountId, now);
  return { accountId, sessionId };
}

/** Ends the session of a token, so that no copy of the cookie is worth anything. */
export async function finishSession(token: SessionToken): Promise<void> {
  const user = await userOf(token);
  await endSession(await store(), token.sessionId, new Date());
  if (user) await new AuditTrail("signOut", await requestFacts(), user).end({ outcome: "done" });
}

async function rememberDevice(accountId: string, now: Date): Promise<void> {
  const { appUrl, authSecret } = env();
  const jar = await cookies();
  const name = deviceCookieName(appUrl);
  const known = knownDevice(jar.get(name)?.value, accountId, authSecret, now);
  const maxAge = DEVICE_DAYS * 24 * 60 * 60;
  const value = newDeviceCookie(accountId, known, authSecret, now);
  jar.set(name, value, { ...cookieOptions(appUrl), maxAge });
}
