import { randomBytes } from "node:crypto";
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { accountLinks, accounts } from "@/lib/db/schema";
import type { Env } from "@/lib/env";
import { failure, type Result, success } from "@/lib/result";
import { HOUR_MS } from "@/lib/time";
import { hashPassword } from "./password";
import { passwordProblem } from "./password-rules";
import type { Role } from "./permissions";
import { digestOf } from "./seal";

/** A signed-in user of the desk. */
export type User = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
};

type NewAccount = {
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
  const [unchanged] = await transaction
    .select(user)
    .from(accounts)
    .where(and(eq(accounts.id, id), isNull(accounts.disabledAt), isUnchanged))
    .for("share");
  return unchanged ?? null;
}

/** Makes the changes of one account wait for each other until the transaction ends. */
export async function lockAccount(transaction: Database, id: string): Promise<void> {
  const isIt = eq(accounts.id, id);
  await transaction.select(user).from(accounts).where(isIt).for("no key update");
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

/** Creates the first administrator if there is none. Returns a warning, or null. */
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

/** Why an administrator created a link: to set the first password or a new one. */
export type LinkPurpose = (typeof accountLinks.$inferSelect)["purpose"];

/** A link with which a person sets a password. It works once. */
export type AccountLink = {
  /** 256 random bits. Shown once and stored as a digest. */
  readonly token: string;
  readonly expiresAt: Date;
};

/** `linkGone`: the link was used, replaced or never existed. */
export type LinkRefusal = "linkGone" | "linkExpired";

const TOKEN_BYTES = 32;
const HOURS: Readonly<Record<LinkPurpose, number>> = { invite: 7 * 24, reset: 24 };

/** Replaces all links of an account. Lock the account before, or two links could be left. */
export async function replaceLink(
  db: Database,
  accountId: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<AccountLink> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const expiresAt = new Date(now.getTime() + HOURS[purpose] * HOUR_MS);
  await removeLinks(db, accountId);
  await db.insert(accountLinks).values({ digest: digestOf(token), accountId, purpose, expiresAt });
  return { token, expiresAt };
}

/** The owner of a link, and what it is for. */
export type LinkOwner = Omit<User, "role"> & { readonly purpose: LinkPurpose };

/** Returns the owner of a link without using it. */
export async function linkOwner(
  db: Database,
  token: string,
  now: Date,
): Promise<Result<LinkOwner, LinkRefusal>> {
  const { id, email, name } = accounts;
  const { accountId, purpose, expiresAt } = accountLinks;
  const [found] = await db
    .select({ owner: { id, email, name, purpose }, expiresAt })
    .from(accountLinks)
    .innerJoin(accounts, eq(id, accountId))
    .where(eq(accountLinks.digest, digestOf(token)));
  if (found === undefined) return failure("linkGone");
  return now < found.expiresAt ? success(found.owner) : failure("linkExpired");
}

/** Uses a link. Returns true for exactly one of several concurrent attempts. */
export async function spendLink(db: Database, token: string): Promise<boolean> {
  const spent = await db
    .delete(accountLinks)
    .where(eq(accountLinks.digest, digestOf(token)))
    .returning({ digest: accountLinks.digest });
  return spent.length === 1;
}

/** Removes all links of an account. */
export async function removeLinks(db: Database, accountId: string): Promise<void> {
  await db.delete(accountLinks).where(eq(accountLinks.accountId, accountId));
}
