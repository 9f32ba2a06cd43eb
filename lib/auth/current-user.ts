import "server-only";
import { cookies } from "next/headers";
import { decode } from "next-auth/jwt";
// biome-ignore lint/style/noRestrictedImports: no hook, but what React keeps for one request
import { cache } from "react";
import { z } from "zod";
import { database } from "@/lib/db/database";
import { env } from "@/lib/env";
import type { User } from "./accounts";
import { cookieName } from "./cookies";
import { findSession, type SessionKind, type SessionToken } from "./sessions";

export type { User } from "./accounts";

/** A user of the desk and the session of the request. */
export type SessionUser = User & {
  readonly sessionId: string;
  readonly kind: SessionKind;
  /** One-time codes are required and this person has none: nothing else is allowed. */
  readonly mustSwitchCodesOn: boolean;
};

/**
 * Returns the person who makes this request, or null. Reads the database once a request, so that a
 * changed role, a disabled account or an ended session takes effect at once.
 */
export const currentUser = cache(async (): Promise<SessionUser | null> => {
  const token = await currentToken();
  return token && userOf(token);
});

/** Returns the person of an active session. */
export async function userOf(token: SessionToken): Promise<SessionUser | null> {
  const { sessionIdleMinutes, oneTimeCodesRequired } = env();
  const found = await findSession(await database(), token, sessionIdleMinutes, new Date());
  if (found === null) return null;
  const { user, kind, hasCodes } = found;
  const mustSwitchCodesOn = oneTimeCodesRequired && kind === "password" && !hasCodes;
  return { ...user, sessionId: token.sessionId, kind, mustSwitchCodesOn };
}

/** Returns the token of this request, of ended sessions too. */
export async function currentToken(): Promise<SessionToken | null> {
  const { appUrl, authSecret } = env();
  const token = (await cookies()).get(cookieName("session", appUrl))?.value;
  try {
    return readClaims(await decode({ token, secret: authSecret.reveal() }));
  } catch {
    // A damaged, expired or foreign cookie is no session.
    return null;
  }
}

const claims = z.object({ sub: z.uuid(), sid: z.uuid() });

/** Parses the token in the cookie. */
export function readClaims(token: unknown): SessionToken | null {
  const parsed = claims.safeParse(token);
  return parsed.success ? { accountId: parsed.data.sub, sessionId: parsed.data.sid } : null;
}
