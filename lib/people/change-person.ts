import { eq } from "drizzle-orm";
import { removeLinks } from "@/lib/auth/account-links";
import type { Role } from "@/lib/auth/permissions";
import { endSessionsOf } from "@/lib/auth/sessions";
import { accounts } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import { failure, type Result, success } from "@/lib/result";
import { lockPerson } from "./lock-person";
import { isHeldByProvider, type WaysIn } from "./ways-in";

export type RoleChange = {
  readonly id: string;
  /** The role that the administrator saw when deciding. */
  readonly from: Role;
  readonly to: Role;
};

/** Gives somebody another role, which holds from the next request of that person. */
export async function changeRole(
  store: Store,
  { id, from, to }: RoleChange,
  ways: WaysIn,
): Promise<
  Result<null, "unknownPerson" | "heldByProvider" | "changedMeanwhile" | "lastAdministrator">
> {
  return store.transaction(async (transaction) => {
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
  store: Store,
  id: string,
  ways: WaysIn,
  now: Date,
): Promise<Result<null, "unknownPerson" | "lastAdministrator">> {
  return store.transaction(async (transaction) => {
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
export async function enable(store: Store, id: string): Promise<Result<null, "unknownPerson">> {
  const enabled = await store
    .update(accounts)
    .set({ disabledAt: null })
    .where(eq(accounts.id, id))
    .returning({ id: accounts.id });
  return enabled.length === 1 ? success(null) : failure("unknownPerson");
}
