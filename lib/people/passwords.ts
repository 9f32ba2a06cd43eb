import { and, eq, isNotNull, isNull } from "drizzle-orm";
import {
  type LinkRefusal,
  linkOwner,
  secretsDigest,
  spendLink,
  type User,
} from "@/lib/auth/accounts";
import { cookieName, type DeviceOwner } from "@/lib/auth/cookies";
import type { SessionUser } from "@/lib/auth/current-user";
import { hashPassword, isLeaked } from "@/lib/auth/password";
import { passwordProblem } from "@/lib/auth/password-rules";
import { endSessionsOf, listSessions } from "@/lib/auth/sessions";
import { clearAccountCount } from "@/lib/auth/throttle";
import { type Database, database } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";
import { failure, type Result, success } from "@/lib/result";
import { isHeldByProvider, type WaysIn } from "./list-people";
import { lockPerson } from "./people";
import "server-only";
import { cookies } from "next/headers";
import { signIn } from "@/lib/auth/sign-in";
import { env } from "@/lib/env";
import { requestFacts } from "@/lib/http/request";

/**
 * Sets the password of the owner of a link, ends the sessions and clears wrong guesses. Uses the
 * link; a refused password leaves it valid. Returns what marks this browser as known, so that
 * others' guesses do not lock the owner out.
 */
export async function choosePassword(
  db: Database,
  token: string,
  password: string,
  ways: WaysIn,
  now: Date,
): Promise<Result<DeviceOwner, LinkRefusal | PasswordRefusal>> {
  const owner = await linkOwner(db, token, now);
  if (!owner.ok) return owner;
  const refusal = await passwordRefusal(password, owner.value);
  if (refusal !== null) return failure(refusal);
  const passwordHash = await hashPassword(password);
  const { id } = owner.value;
  return db.transaction(async (transaction) => {
    // Locks the account first, like resetting and disabling, to avoid deadlocks.
    const person = await lockPerson(transaction, id, ways);
    const isOpen = person !== null && !person.isDisabled && !isHeldByProvider(person, ways);
    if (!isOpen || !ways.localAccounts || !(await spendLink(transaction, token))) {
      return failure("linkGone");
    }
    const [changed] = await transaction
      .update(accounts)
      .set({ passwordHash })
      .where(eq(accounts.id, id))
      .returning({ accountId: accounts.id, secretsDigest });
    if (changed === undefined) throw new Error("A row that is locked is there to be changed.");
    await endSessionsOf(transaction, id, {}, now);
    await clearAccountCount(transaction, person.email);
    return success(changed);
  });
}

/**
 * Changes a confirmed password and ends the other sessions. Returns what marks this browser as
 * known with the new password. `changedMeanwhile`: an administrator has reset the password.
 */
export async function changePassword(
  db: Database,
  person: Pick<SessionUser, "id" | "email" | "name" | "sessionId">,
  password: string,
  now: Date,
): Promise<Result<DeviceOwner, PasswordRefusal | "changedMeanwhile">> {
  const refusal = await passwordRefusal(password, person);
  if (refusal !== null) return failure(refusal);
  const passwordHash = await hashPassword(password);
  const { id, disabledAt } = accounts;
  return db.transaction(async (transaction) => {
    const hasOne = and(isNotNull(accounts.passwordHash), isNull(disabledAt));
    const [changed] = await transaction
      .update(accounts)
      .set({ passwordHash })
      .where(and(eq(id, person.id), hasOne))
      .returning({ accountId: id, secretsDigest });
    if (changed === undefined) return failure("changedMeanwhile");
    await endSessionsOf(transaction, person.id, { except: person.sessionId }, now);
    return success(changed);
  });
}

type PasswordRefusal = "passwordShort" | "passwordLong" | "passwordCommon";

const REFUSALS = {
  short: "passwordShort",
  long: "passwordLong",
  common: "passwordCommon",
} as const;

async function passwordRefusal(
  password: string,
  owner: { readonly email: string; readonly name: string },
): Promise<PasswordRefusal | null> {
  const problem = passwordProblem(password, owner);
  if (problem !== null) return REFUSALS[problem];
  return (await isLeaked(password)) ? "passwordCommon" : null;
}

/** How long a sign-in at the provider counts as proof: the desk has no password to ask for. */
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
  const device = jar.get(cookieName("device", env().appUrl))?.value;
  return confirmPerson(await database(), user, { password, code, address, device }, now);
}

async function isFresh({ id, sessionId }: SessionUser, now: Date): Promise<boolean> {
  const sessions = await listSessions(await database(), id, env().sessionIdleMinutes, now);
  const own = sessions.find((session) => session.id === sessionId);
  return own !== undefined && now.getTime() - own.createdAt.getTime() < FRESH_MS;
}

/** What a person enters to prove that they own the session. */
type Proof = {
  readonly password: string;
  /** Null if the password is sufficient. */
  readonly code: string | null;
  readonly address: string;
  /** The cookie of a known browser. */
  readonly device: string | undefined;
};

type ProofRefusal = "wrongPassword" | "wrongCode" | "tooManyAttempts";

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
