import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { secretsDigest } from "@/lib/auth/accounts";
import type { DeviceOwner } from "@/lib/auth/device";
import { hashPassword } from "@/lib/auth/password";
import type { SessionUser } from "@/lib/auth/session";
import { endSessionsOf } from "@/lib/auth/sessions";
import { accounts } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import { failure, type Result, success } from "@/lib/result";
import { type PasswordRefusal, passwordRefusal } from "./password-refusal";

/**
 * Gives a person who has confirmed the present password another one, and ends the other sessions.
 * Returns what makes this browser known under the new password. `changedMeanwhile` when an administrator
 * has reset the password in between.
 */
export async function changePassword(
  store: Store,
  person: Pick<SessionUser, "id" | "email" | "name" | "sessionId">,
  password: string,
  now: Date,
): Promise<Result<DeviceOwner, PasswordRefusal | "changedMeanwhile">> {
  const refusal = await passwordRefusal(password, person);
  if (refusal !== null) return failure(refusal);
  const passwordHash = await hashPassword(password);
  const { id, disabledAt } = accounts;
  return store.transaction(async (transaction) => {
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
