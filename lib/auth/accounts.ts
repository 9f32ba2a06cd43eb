import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";
import type { Env } from "@/lib/env";
import { hashPassword } from "./password";
import { passwordProblem } from "./password-rules";
import type { Role } from "./permissions";

/** A signed-in user of the desk. */
export type User = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
};

export type NewAccount = {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
};

/** The columns of a User. */
export const user = {
  id: accounts.id,
  email: accounts.email,
  name: accounts.name,
  role: accounts.role,
};

/** Changes whenever the password or the one-time codes change. Reveals neither. */
export const secretsDigest = sql<string>`encode(sha256(convert_to(concat_ws(' ', ${accounts.passwordHash}, ${accounts.totpSecret}), 'UTF8')), 'hex')`;

/**
 * Returns the user and keeps the account enabled until the transaction ends. Returns null if it is
 * disabled, or if `digest` is given and the password or the codes have changed since.
 */
export async function holdUser(
  transaction: Database,
  id: string,
  digest: string | null,
): Promise<User | null> {
  const isUnchanged = digest === null ? undefined : eq(secretsDigest, digest);
  const [held] = await transaction
    .select(user)
    .from(accounts)
    .where(and(eq(accounts.id, id), isNull(accounts.disabledAt), isUnchanged))
    .for("share");
  return held ?? null;
}

export type Credentials = {
  readonly user: User;
  /** Null if the account has no local password. */
  readonly passwordHash: string | null;
  /** Tells later whether the password or the one-time codes have changed. */
  readonly secretsDigest: string;
  readonly hasCodes: boolean;
  readonly isDisabled: boolean;
};

/** Returns the credentials of an e-mail address, of disabled accounts too. */
export async function getCredentials(db: Database, email: string): Promise<Credentials | null> {
  const [found] = await db
    .select({
      user,
      passwordHash: accounts.passwordHash,
      secretsDigest,
      hasCodes: sql<boolean>`${accounts.totpSecret} is not null`,
      isDisabled: sql<boolean>`${accounts.disabledAt} is not null`,
    })
    .from(accounts)
    .where(eq(accounts.email, normaliseEmail(email)));
  return found ?? null;
}

/** Adds an account. Returns false if the address already has one. */
export async function addAccount(
  db: Database,
  { password, email, ...rest }: NewAccount,
): Promise<boolean> {
  const passwordHash = await hashPassword(password);
  const added = await db
    .insert(accounts)
    .values({ ...rest, email: normaliseEmail(email), passwordHash })
    .onConflictDoNothing({ target: accounts.email })
    .returning({ id: accounts.id });
  return added.length === 1;
}

export async function hasAdministrator(db: Database): Promise<boolean> {
  const found = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.role, "admin"), isNull(accounts.disabledAt)))
    .limit(1);
  return found.length === 1;
}

/**
 * Creates the first administrator if there is none. Returns a sentence about a missing
 * administrator or a weak password, otherwise null.
 */
export async function bootstrapAdministrator(
  db: Database,
  admin: Env["bootstrapAdmin"],
): Promise<string | null> {
  if (await hasAdministrator(db)) return null;
  if (admin === null) {
    return "There is no administrator: set BOOTSTRAP_ADMIN_EMAIL and BOOTSTRAP_ADMIN_PASSWORD to make one.";
  }
  const { email, password } = admin;
  const account = { email, name: email, role: "admin", password: password.reveal() } as const;
  if (await addAccount(db, account)) {
    // The configured password is accepted, but the operator is warned.
    return passwordProblem(account.password, account) === null
      ? null
      : "BOOTSTRAP_ADMIN_PASSWORD is too easy to guess: sign in and change the password.";
  }
  // Another instance may have created it at the same time.
  if (await hasAdministrator(db)) return null;
  return "There is no administrator: BOOTSTRAP_ADMIN_EMAIL belongs to an account that is none; set another address.";
}

export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}
