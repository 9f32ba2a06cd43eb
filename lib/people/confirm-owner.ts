import "server-only";
import { cookies } from "next/headers";
import { deviceCookieName } from "@/lib/auth/cookies";
import type { SessionUser } from "@/lib/auth/session";
import { listSessions } from "@/lib/auth/sessions";
import { store } from "@/lib/db/store";
import { env } from "@/lib/env";
import { requestFacts } from "@/lib/request-facts";
import { failure, type Result, success } from "@/lib/result";
import { confirmPerson, type ProofRefusal } from "./confirm-person";

/** How long the identity provider's word counts, where the desk can ask for no password. */
const FRESH_MS = 15 * 60_000;

/**
 * Whether it is still the owner of the session who is there, before something is changed by which the
 * account is protected: by the password, and a code where one is given, or by a recent sign-in with the
 * identity provider.
 */
export async function confirmOwner(
  user: SessionUser,
  { password, code }: { readonly password: string; readonly code: string | null },
  now: Date,
): Promise<Result<null, ProofRefusal | "signInAgain">> {
  if (user.kind === "oidc") {
    return (await isFresh(user, now)) ? success(null) : failure("signInAgain");
  }
  const [{ address }, jar] = await Promise.all([requestFacts(), cookies()]);
  const device = jar.get(deviceCookieName(env().appUrl))?.value;
  return confirmPerson(await store(), user, { password, code, address, device }, now);
}

async function isFresh({ id, sessionId }: SessionUser, now: Date): Promise<boolean> {
  const sessions = await listSessions(await store(), id, env().sessionIdleMinutes, now);
  const own = sessions.find((session) => session.id === sessionId);
  return own !== undefined && now.getTime() - own.createdAt.getTime() < FRESH_MS;
}
