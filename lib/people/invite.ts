import { type AccountLink, replaceLink } from "@/lib/auth/account-links";
import { normaliseEmail, type User } from "@/lib/auth/accounts";
import { accounts } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import { failure, type Result, success } from "@/lib/result";
import { lockPerson } from "./lock-person";
import { isHeldByProvider, type WaysIn } from "./ways-in";

export type Invitation = Pick<User, "email" | "name" | "role">;

/** Adds an account without a password, and the link by which its owner chooses one, good for a week. */
export async function invite(
  store: Store,
  { email, name, role }: Invitation,
  { localAccounts }: WaysIn,
  now: Date,
): Promise<Result<AccountLink, "emailTaken" | "noPasswords">> {
  if (!localAccounts) return failure("noPasswords");
  return store.transaction(async (transaction) => {
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
  store: Store,
  id: string,
  ways: WaysIn,
  now: Date,
): Promise<
  Result<AccountLink, "unknownPerson" | "heldByProvider" | "noPasswords" | "changedMeanwhile">
> {
  return store.transaction(async (transaction) => {
    const person = await lockPerson(transaction, id, ways);
    if (person === null) return failure("unknownPerson");
    if (isHeldByProvider(person, ways)) return failure("heldByProvider");
    if (!ways.localAccounts) return failure("noPasswords");
    if (person.isDisabled || person.passwordHash !== null) return failure("changedMeanwhile");
    return success(await replaceLink(transaction, id, "invite", now));
  });
}
