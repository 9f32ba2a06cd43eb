import { and, eq, isNull, or, sql } from "drizzle-orm";
import { accounts } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import { hasWayIn, type WaysIn } from "./ways-in";

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
  transaction: Store,
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
