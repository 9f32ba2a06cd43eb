import { and, eq, isNull, or } from "drizzle-orm";
import { isUniqueViolation } from "@/lib/db/errors";
import { accountLinks, accounts, recoveryCodes } from "@/lib/db/schema";
import type { Store } from "@/lib/db/store";
import { hasWayIn, type WaysIn } from "@/lib/people/ways-in";
import { failure, type Result, success } from "@/lib/result";
import { type User, user } from "./accounts";
import type { OidcPerson } from "./oidc-person";

export type AdmissionRefusal = "disabled" | "emailTaken" | "lastAdministrator";

type Admitted = Result<User, AdmissionRefusal>;

type Account = typeof accounts.$inferSelect;

/**
 * The account of a person whom the identity provider has named, made or brought up to date: name,
 * e-mail address and role are the provider's to say. An account is known by issuer and subject, and
 * one that another way of signing in has made only by an e-mail address that the provider has verified:
 * from then on it has no password. Where there are local accounts, the last administrator is refused
 * rather than given a lesser role.
 */
export async function admitOidcPerson(
  store: Store,
  person: OidcPerson,
  ways: WaysIn,
): Promise<Admitted> {
  const admit = () => store.transaction((within) => admitWithin(within, person, ways));
  try {
    return await admit();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // Somebody was given the same address, or this very account, at the same moment: now it is there.
    return admit();
  }
}

async function admitWithin(store: Store, person: OidcPerson, ways: WaysIn): Promise<Admitted> {
  const { issuer, subject, email, emailIsVerified, name, role } = person;
  const identity = { oidcIssuer: issuer, oidcSubject: subject };
  const made = { email, name, role, ...identity };
  // One statement, or a sign-in that ends in between would show its new account to one of two only.
  const found = await store
    .select()
    .from(accounts)
    .where(
      or(
        and(eq(accounts.oidcIssuer, issuer), eq(accounts.oidcSubject, subject)),
        eq(accounts.email, email),
      ),
    );
  const known = found.find((each) => each.oidcIssuer === issuer && each.oidcSubject === subject);
  const ofAddress = found.find((each) => each.email === email);
  if (ofAddress !== undefined && ofAddress !== known) {
    if (known !== undefined || !mayLink(ofAddress, person)) return failure("emailTaken");
  }
  const account = known ?? ofAddress;
  if (account === undefined) {
    const [added] = await store.insert(accounts).values(made).returning(user);
    if (added === undefined) throw new Error("The new account was not given back.");
    return success(added);
  }
  if (account.disabledAt !== null) return failure("disabled");
  const isDemoted = account.role === "admin" && role !== "admin";
  if (
    isDemoted &&
    ways.localAccounts &&
    !(await hasAnotherAdministrator(store, account.id, ways))
  ) {
    return failure("lastAdministrator");
  }
  if (account !== known) await closeLocalWays(store, account.id);
  // Else somebody who may edit an own address there could go by anybody's name here.
  const values = emailIsVerified ? made : { name, role, ...identity };
  const [updated] = await store
    .update(accounts)
    .set(values)
    .where(and(eq(accounts.id, account.id), isNull(accounts.disabledAt)))
    .returning(user);
  return updated === undefined ? failure("disabled") : success(updated);
}

// One person of this provider never takes over the account of another, whoever has the address now.
function mayLink({ oidcIssuer }: Account, { issuer, emailIsVerified }: OidcPerson): boolean {
  return emailIsVerified && oidcIssuer !== issuer;
}

/** Who is the provider's to let in is let in by nobody else. */
async function closeLocalWays(store: Store, id: string): Promise<void> {
  const closed = { passwordHash: null, totpSecret: null, totpStep: null };
  await store.update(accounts).set(closed).where(eq(accounts.id, id));
  await store.delete(recoveryCodes).where(eq(recoveryCodes.accountId, id));
  await store.delete(accountLinks).where(eq(accountLinks.accountId, id));
}

// Locked, all in one order: two who are demoted at once must not each rely on the other.
async function hasAnotherAdministrator(store: Store, id: string, ways: WaysIn): Promise<boolean> {
  const administrators = await store
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.role, "admin"), isNull(accounts.disabledAt), hasWayIn(ways)))
    .orderBy(accounts.id)
    .for("update");
  return administrators.some((administrator) => administrator.id !== id);
}
