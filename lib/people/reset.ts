import { eq } from "drizzle-orm";
import { type AccountLink, replaceLink } from "@/lib/auth/account-links";
import { switchCodesOff } from "@/lib/auth/one-time-codes";
import { endSessionsOf } from "@/lib/auth/sessions";
import { accounts } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import { failure, type Result, success } from "@/lib/result";
import { lockPerson } from "./lock-person";
import { isHeldByProvider, type WaysIn } from "./ways-in";

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
  store: Store,
  id: string,
  ways: WaysIn,
  now: Date,
): Promise<Result<AccountLink, ResetRefusal>> {
  return store.transaction(async (transaction) => {
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
  store: Store,
  id: string,
  ways: WaysIn,
  now: Date,
): Promise<Result<null, "unknownPerson">> {
  return store.transaction(async (transaction) => {
    if ((await lockPerson(transaction, id, ways)) === null) return failure("unknownPerson");
    await switchCodesOff(transaction, id);
    await endSessionsOf(transaction, id, {}, now);
    return success(null);
  });
}
