import { and, eq, isNull, or, sql } from "drizzle-orm";
import {
  type AccountLink,
  normaliseEmail,
  removeLinks,
  replaceLink,
  type User,
} from "@/lib/auth/accounts";
import { switchCodesOff } from "@/lib/auth/one-time-codes";
import type { Role } from "@/lib/auth/permissions";
import { endSessionsOf } from "@/lib/auth/sessions";
import type { Database, Transaction } from "@/lib/db/database";
import { accounts } from "@/lib/db/schema";
import type { RefusalCode } from "@/lib/failure";
import { failure, type Result, success } from "@/lib/result";
import { hasWayIn, isHeldByProvider, type WaysIn } from "./list-people";

type Account = typeof accounts.$inferSelect;

type LockedPerson = Pick<Account, "id" | "email" | "role" | "passwordHash" | "oidcIssuer"> & {
  readonly isDisabled: boolean;
  /** No other administrator can sign in now. */
  readonly isLastAdministrator: boolean;
};

/**
 * Locks an account and all administrators until the transaction ends, in a fixed order. If two
 * administrators are demoted at once, the second waits and then sees the result of the first.
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

/** The person that a change is about. */
type OnePerson = { readonly id: string };

/** Changes a locked person in a transaction. */
function withPerson<Value>(
  db: Database,
  { id }: OnePerson,
  ways: WaysIn,
  change: (transaction: Transaction, person: LockedPerson) => Promise<Result<Value, RefusalCode>>,
): Promise<Result<Value, RefusalCode>> {
  return db.transaction(async (transaction) => {
    const person = await lockPerson(transaction, id, ways);
    return person === null ? failure("unknownPerson") : change(transaction, person);
  });
}

type Invitation = Pick<User, "email" | "name" | "role">;

/** Adds an account without a password. Returns the link for setting one, valid for a week. */
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

/** Replaces the link of a person without a password. */
export function inviteAgain(db: Database, one: OnePerson, ways: WaysIn, now: Date) {
  return withPerson(db, one, ways, async (transaction, person) => {
    if (isHeldByProvider(person, ways)) return failure("heldByProvider");
    if (!ways.localAccounts) return failure("noPasswords");
    if (person.isDisabled || person.passwordHash !== null) return failure("changedMeanwhile");
    return success(await replaceLink(transaction, person.id, "invite", now));
  });
}

/** `from`: the role that the administrator saw. */
type RoleChange = OnePerson & { readonly from: Role; readonly to: Role };

/** Changes the role of a person, from the person's next request on. */
export function changeRole(db: Database, change: RoleChange, ways: WaysIn) {
  return withPerson(db, change, ways, async (transaction, person) => {
    const { from, to } = change;
    if (isHeldByProvider(person, ways)) return failure("heldByProvider");
    if (person.role === to) return success(null);
    if (person.role !== from) return failure("changedMeanwhile");
    if (person.isLastAdministrator) return failure("lastAdministrator");
    await transaction.update(accounts).set({ role: to }).where(eq(accounts.id, person.id));
    return success(null);
  });
}

/** Disables an account: ends its sessions. No link or sign-in works until it is enabled. */
export function disable(db: Database, one: OnePerson, ways: WaysIn, now: Date) {
  return withPerson(db, one, ways, async (transaction, { id, ...person }) => {
    if (person.isLastAdministrator) return failure("lastAdministrator");
    if (person.isDisabled) return success(null);
    await transaction.update(accounts).set({ disabledAt: now }).where(eq(accounts.id, id));
    await removeLinks(transaction, id);
    await endSessionsOf(transaction, id, {}, now);
    return success(null);
  });
}

/** Enables an account with its previous password and role. */
export async function enable(
  db: Database,
  { id }: OnePerson,
): Promise<Result<null, "unknownPerson">> {
  const enabled = await db
    .update(accounts)
    .set({ disabledAt: null })
    .where(eq(accounts.id, id))
    .returning({ id: accounts.id });
  return enabled.length === 1 ? success(null) : failure("unknownPerson");
}

/**
 * Removes a person's password, ends the sessions and returns a link for setting a new one, valid
 * for a day. One-time codes stay on. The last administrator keeps the password: if the link were
 * lost, nobody could create another.
 */
export function resetPassword(db: Database, one: OnePerson, ways: WaysIn, now: Date) {
  return withPerson(db, one, ways, async (transaction, person) => {
    const { id } = person;
    if (isHeldByProvider(person, ways)) return failure("heldByProvider");
    if (!ways.localAccounts) return failure("noPasswords");
    if (person.isDisabled) return failure("changedMeanwhile");
    if (person.isLastAdministrator) return failure("lastAdministrator");
    await transaction.update(accounts).set({ passwordHash: null }).where(eq(accounts.id, id));
    await endSessionsOf(transaction, id, {}, now);
    return success(await replaceLink(transaction, id, "reset", now));
  });
}

/** Switches the codes of a person who has lost them off, and ends the sessions. */
export function resetCodes(db: Database, one: OnePerson, ways: WaysIn, now: Date) {
  return withPerson(db, one, ways, async (transaction, { id }) => {
    await switchCodesOff(transaction, id);
    await endSessionsOf(transaction, id, {}, now);
    return success(null);
  });
}
