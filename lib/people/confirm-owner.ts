import "server-only";
import { cookies } from "next/headers";
import type { User } from "@/lib/auth/accounts";
import { deviceCookieName } from "@/lib/auth/cookies";
import type { SessionUser } from "@/lib/auth/session";
import { listSessions } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { type Database, database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { requestFacts } from "@/lib/http/request";
import { failure, type Result, success } from "@/lib/result";

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
  return confirmPerson(await database(), user, { password, code, address, device }, now);
}

async function isFresh({ id, sessionId }: SessionUser, now: Date): Promise<boolean> {
  const sessions = await listSessions(await database(), id, env().sessionIdleMinutes, now);
  const own = sessions.find((session) => session.id === sessionId);
  return own !== undefined && now.getTime() - own.createdAt.getTime() < FRESH_MS;
}

/** What a person shows to be the owner of the session, not somebody who found the browser open. */
export type Proof = {
  readonly password: string;
  /** Null where the password is enough. */
  readonly code: string | null;
  readonly address: string;
  /** The cookie by which a browser is known again. */
  readonly device: string | undefined;
};

export type ProofRefusal = "wrongPassword" | "wrongCode" | "tooManyAttempts";

/** Asks for the password, and a code when one is given, of somebody who is signed in; counts like a sign-in. */
export async function confirmPerson(
  db: Database,
  { email }: Pick<User, "email">,
  proof: Proof,
  now: Date,
): Promise<Result<null, ProofRefusal>> {
  const result = await signIn(db, { email, ...proof }, now);
  if (result.ok) return success(null);
  switch (result.failure.kind) {
    // Which is asked for after the right password only.
    case "code":
      return success(null);
    case "wrongCode":
      return failure("wrongCode");
    case "wait":
      return failure("tooManyAttempts");
    default:
      return failure("wrongPassword");
  }
}
