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

/**
 * How long a sign-in at the provider counts as proof, because the desk has no password to ask for.
 */
const FRESH_MS = 15 * 60_000;

/**
 * Confirms that the owner of the session is present, before a change that protects the account: by
 * the password, with a code if required, or by a recent sign-in at the provider.
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

/** What a person enters to prove that they own the session. */
export type Proof = {
  readonly password: string;
  /** Null if the password is sufficient. */
  readonly code: string | null;
  readonly address: string;
  /** The cookie of a known browser. */
  readonly device: string | undefined;
};

export type ProofRefusal = "wrongPassword" | "wrongCode" | "tooManyAttempts";

/** Checks the password, and a code if given, of a signed-in person. Counts like a sign-in. */
export async function confirmPerson(
  db: Database,
  { email }: Pick<User, "email">,
  proof: Proof,
  now: Date,
): Promise<Result<null, ProofRefusal>> {
  const result = await signIn(db, { email, ...proof }, now);
  if (result.ok) return success(null);
  switch (result.failure.kind) {
    // The code is requested only after the right password.
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
