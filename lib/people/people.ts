import { and, eq, isNull, or, sql } from "drizzle-orm";
import { type AccountLink, removeLinks, replaceLink } from "@/lib/auth/account-links";
import { normaliseEmail, type User } from "@/lib/auth/accounts";
import { switchCodesOff } from "@/lib/auth/one-time-codes";
import type { Role } from "@/lib/auth/permissions";
import { endSessionsOf } from "@/lib/auth/sessions";
import type { Database } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";
import { failure, type Result, success } from "@/lib/result";
import { hasWayIn, isHeldByProvider, type WaysIn } from "./ways-in";

type Account = typeof accounts.$inferSelect;

export type LockedPerson = Pick<
  Account,
  "id" | "email" | "role" | "passwordHash" | "oidcIssuer"
> & {
  readonly isDisabled: boolean;
  /** Nobody else who can sign in now is an administrator. */
  readonly isLastAdministrator: boolean;
};

/**
 * Locks an account until the transaction ends, and with it all administrators, in one order: of two
 * who are demoted at once one waits, and then sees that the other is none any more.
 */
export async function lockPerson(
  transaction: Database,
  id: string,
  ways: WaysIn,
): Promise<LockedPerson | null> {
  const { email, role, passwordHash, oidcIssuer, disabledAt } = accounts;
  const isDisabled = sql<boolean>`${disabledAt} is not null`;
  const locked = await transaction
    .select({
      ...{ id: accounts.id, email, role, passwordHash, oidcIssuer, isDisabled },
      hasWayIn: hasWayIn(ways),
    })
    .from(accounts)
    .where(or(eq(accounts.id, id), and(eq(role, "admin"), isNull(disabledAt))))
    .orderBy(accounts.id)
    .for("no key update");
  const person = locked.find((each) => each.id === id);
  if (person === undefined) return null;
  const administrators = locked.filter(
    (each) => each.role === "admin" && !each.isDisabled && each.hasWayIn,
  );
  const isLastAdministrator = administrators.length === 1 && administrators[0]?.id === id;
  const { hasWayIn: _, ...rest } = person;
  return { ...rest, isLastAdministrator };
}

export type Invitation = Pick<User, "email" | "name" | "role">;

/** Adds an account without a password, and the link by which its owner chooses one, good for a week. */
export async function invite(
  db: Database,
  { email, name, role }: Invitation,
  { localAccounts }: WaysIn,
  now: Date,
): Promise<Result<AccountLink, "emailTaken" | "noPasswords">> {
  if (!localAccounts) return failure("noPasswords");
  return db.transaction(async (transaction) => {
    const [added] = await transaction
      .insert(accounts)
      .values({ email: normaliseEmail(email), name, role })
      .onConflictDoNothing({ target: accounts.email })
      .returning({ id: accounts.id });
    if (added === undefined) return failure("emailTaken");
    return success(await replaceLink(transaction, added.id, "invite", now));
  });
}

/** Another link for who has no password yet; the earlier one is good no more. */
export async function inviteAgain(
  db: Database,
  id: string,
  ways: WaysIn,
  now: Date,
): Promise<
  Result<AccountLink, "unknownPerson" | "heldByProvider" | "noPasswords" | "changedMeanwhile">
> {
  return db.transaction(async (transaction) => {
    const person = await lockPerson(transaction, id, ways);
    if (person === null) return failure("unknownPerson");
    if (isHeldByProvider(person, ways)) return failure("heldByProvider");
    if (!ways.localAccounts) return failure("noPasswords");
    if (person.isDisabled || person.passwordHash !== null) return failure("changedMeanwhile");
    return success(await replaceLink(transaction, id, "invite", now));
  });
}

export type RoleChange = {
  readonly id: string;
  /** The role that the administrator saw when deciding. */
  readonly from: Role;
  readonly to: Role;
};

/** Gives somebody another role, which holds from the next request of that person. */
export async function changeRole(
  db: Database,
  { id, from, to }: RoleChange,
  ways: WaysIn,
): Promise<
  Result<null, "unknownPerson" | "heldByProvider" | "changedMeanwhile" | "lastAdministrator">
> {
  return db.transaction(async (transaction) => {
    const person = await lockPerson(transaction, id, ways);
    if (person === null) return failure("unknownPerson");
    if (isHeldByProvider(person, ways)) return failure("heldByProvider");
    if (person.role === to) return success(null);
    if (person.role !== from) return failure("changedMeanwhile");
    if (person.isLastAdministrator) return failure("lastAdministrator");
    await transaction.update(accounts).set({ role: to }).where(eq(accounts.id, id));
    return success(null);
  });
}

/** Keeps somebody out: ends the sessions, and no link or sign-in works until the account is enabled. */
export async function disable(
  db: Database,
  id: string,
  ways: WaysIn,
  now: Date,
): Promise<Result<null, "unknownPerson" | "lastAdministrator">> {
  return db.transaction(async (transaction) => {
    const person = await lockPerson(transaction, id, ways);
    if (person === null) return failure("unknownPerson");
    if (person.isLastAdministrator) return failure("lastAdministrator");
    if (person.isDisabled) return success(null);
    await transaction.update(accounts).set({ disabledAt: now }).where(eq(accounts.id, id));
    await removeLinks(transaction, id);
    await endSessionsOf(transaction, id, {}, now);
    return success(null);
  });
}

/** Lets somebody in again, with the password and the role of before. */
export async function enable(db: Database, id: string): Promise<Result<null, "unknownPerson">> {
  const enabled = await db
    .update(accounts)
    .set({ disabledAt: null })
    .where(eq(accounts.id, id))
    .returning({ id: accounts.id });
  return enabled.length === 1 ? success(null) : failure("unknownPerson");
}

type ResetRefusal =
  | "unknownPerson"
  | "heldByProvider"
  | "noPasswords"
  | "changedMeanwhile"
  | "lastAdministrator";

/**
 * Removes somebody's password, ends the sessions, and gives a link by which its owner chooses another
 * within a day. One-time codes stay on. The last administrator keeps the password: were the link lost,
 * nobody could make another.
 */
export async function resetPassword(
  db: Database,
  id: string,
  ways: WaysIn,
  now: Date,
): Promise<Result<AccountLink, ResetRefusal>> {
  return db.transaction(async (transaction) => {
    const person = await lockPerson(transaction, id, ways);
    if (person === null) return failure("unknownPerson");
    if (isHeldByProvider(person, ways)) return failure("heldByProvider");
    if (!ways.localAccounts) return failure("noPasswords");
    if (person.isDisabled) return failure("changedMeanwhile");
    if (person.isLastAdministrator) return failure("lastAdministrator");
    await transaction.update(accounts).set({ passwordHash: null }).where(eq(accounts.id, id));
    await endSessionsOf(transaction, id, {}, now);
    return success(await replaceLink(transaction, id, "reset", now));
  });
}

/**
 * Switches off the one-time codes of somebody who has lost the device and the recovery codes, and ends
 * the sessions.
 */
export async function resetCodes(
  db: Database,
  id: string,
  ways: WaysIn,
  now: Date,
): Promise<Result<null, "unknownPerson">> {
  return db.transaction(async (transaction) => {
    if ((await lockPerson(transaction, id, ways)) === null) return failure("unknownPerson");
    await switchCodesOff(transaction, id);
    await endSessionsOf(transaction, id, {}, now);
    return success(null);
  });
}
