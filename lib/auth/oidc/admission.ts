import "server-only";
import { and, eq, isNull, or } from "drizzle-orm";
import { cookies } from "next/headers";
import { type Database, database } from "@/lib/db/database";
import { isUniqueViolation } from "@/lib/db/errors";
import { accountLinks, accounts, recoveryCodes } from "@/lib/db/schema";
import { type Env, env } from "@/lib/env";
import type { Oidc } from "@/lib/env-services";
import { logLine } from "@/lib/log";
import { hasWayIn, type WaysIn, waysInOf } from "@/lib/people/list-people";
import { failure, type Result, success } from "@/lib/result";
import { type User, user } from "../accounts";
import { cookieName, cookieOptions } from "../cookies";
import { seal, unseal } from "../seal";
import { endSessionsOf } from "../sessions";
import { type Claims, type OidcPerson, readPerson } from "./claims";
import { OidcError } from "./errors";

/** Returns the account of the person in the claims. Throws an OidcError if it may not be used. */
export async function admit(
  claims: Claims,
  { env, oidc }: { readonly env: Env; readonly oidc: Oidc },
  linkTo: string | null,
): Promise<User> {
  const read = readPerson(claims, oidc);
  if (!read.ok) {
    const { problem, account, reason } = read.failure;
    throw new OidcError(problem, reason, account);
  }
  const person = read.value;
  const admitted = await admitOidcPerson(
    await database(),
    person,
    waysInOf(env),
    new Date(),
    linkTo,
  );
  if (admitted.ok) return admitted.value;
  const isMissing = claims.email_verified === undefined;
  const reason =
    admitted.failure === "emailUnverified"
      ? `the claim "email_verified" ${isMissing ? "is missing" : "is not true"}`
      : "the account may not be used";
  throw new OidcError(admitted.failure, reason, person.email);
}

const REFUSED_SECONDS = 120;
const REFUSED_ACCOUNT = "refused-account";

/** A cookie that names the refused account. A URL could be forged and would stay in history. */
export function refusedAccountCookie(account: string, { appUrl, authSecret }: Env) {
  return {
    name: cookieName("refused-account", appUrl),
    value: seal(account, REFUSED_ACCOUNT, authSecret),
    ...cookieOptions(appUrl),
    maxAge: REFUSED_SECONDS,
  };
}

/** Returns the account that was refused in this browser in the last two minutes, or null. */
export async function refusedAccount(): Promise<string | null> {
  const { appUrl, authSecret } = env();
  const sealed = (await cookies()).get(cookieName("refused-account", appUrl))?.value;
  return sealed === undefined ? null : unseal(sealed, REFUSED_ACCOUNT, authSecret);
}

type AdmissionRefusal =
  | "disabled"
  | "emailTaken"
  | "emailUnverified"
  | "identityTaken"
  | "expired"
  | "lastAdministrator";

type Admitted = Result<User, AdmissionRefusal>;

type Account = typeof accounts.$inferSelect;

/**
 * Returns the account of a person from the identity provider and creates or updates it. The
 * provider decides name, address and role. An account is identified by issuer and subject. A local
 * account is linked by a verified address, or because its owner asked for it (`linkTo`), and then
 * loses its password. If local accounts are enabled, the last administrator is refused instead of
 * demoted.
 */
export async function admitOidcPerson(
  db: Database,
  person: OidcPerson,
  ways: WaysIn,
  now: Date,
  linkTo: string | null = null,
): Promise<Admitted> {
  const admit = () => db.transaction((within) => admitWithin(within, person, ways, now, linkTo));
  try {
    return await admit();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    // A concurrent sign-in created this account, or one with this address.
    return admit();
  }
}

async function admitWithin(
  db: Database,
  person: OidcPerson,
  ways: WaysIn,
  now: Date,
  linkTo: string | null,
): Promise<Admitted> {
  const { issuer, subject, email, emailIsVerified, name, role } = person;
  const identity = { oidcIssuer: issuer, oidcSubject: subject };
  const { known, linked, ofAddress } = await findAccounts(db, person, linkTo);
  if (linkTo !== null && linked === undefined) return failure("expired");
  if (linkTo !== null && known !== undefined && known !== linked) return failure("identityTaken");

  const account = linked ?? known ?? (mayTakeOver(ofAddress, person) ? ofAddress : undefined);
  if (account === undefined && !emailIsVerified) return failure("emailUnverified");
  if (ofAddress !== undefined && ofAddress !== account) {
    const isFree = ofAddress.oidcIssuer === issuer && !ofAddress.emailVerified && emailIsVerified;
    if (!isFree) return failure("emailTaken");
    await takeAddressFrom(db, ofAddress, now);
  }
  if (account === undefined) {
    const [added] = await db
      .insert(accounts)
      .values({ email, name, role, ...identity })
      .returning(user);
    if (added === undefined) throw new Error("A row that is inserted is returned.");
    return success(added);
  }
  if (account.disabledAt !== null) return failure("disabled");
  const isDemoted = account.role === "admin" && role !== "admin";
  if (isDemoted && ways.localAccounts && !(await hasAnotherAdministrator(db, account.id, ways))) {
    return failure("lastAdministrator");
  }
  if (account !== known) await closeLocalWays(db, account.id, now);
  // A person who can edit their own address at the provider must not take over another account.
  const address = emailIsVerified ? { email, emailVerified: true } : {};
  const [updated] = await db
    .update(accounts)
    .set({ ...address, name, role, ...identity })
    .where(and(eq(accounts.id, account.id), isNull(accounts.disabledAt)))
    .returning(user);
  return updated === undefined ? failure("disabled") : success(updated);
}

// One statement, so that a concurrent sign-in cannot see only half of the change.
async function findAccounts(
  db: Database,
  { issuer, subject, email }: OidcPerson,
  linkTo: string | null,
) {
  const found = await db
    .select()
    .from(accounts)
    .where(
      or(
        and(eq(accounts.oidcIssuer, issuer), eq(accounts.oidcSubject, subject)),
        eq(accounts.email, email),
        linkTo === null ? undefined : eq(accounts.id, linkTo),
      ),
    );
  return {
    known: found.find((each) => each.oidcIssuer === issuer && each.oidcSubject === subject),
    linked: found.find((each) => each.id === linkTo),
    ofAddress: found.find((each) => each.email === email),
  };
}

// A verified address never takes over another account of the same provider.
function mayTakeOver(account: Account | undefined, { issuer, emailIsVerified }: OidcPerson) {
  return emailIsVerified && account !== undefined && account.oidcIssuer !== issuer;
}

/** Gives the address to the person for whom the provider verified it. */
async function takeAddressFrom(db: Database, { id }: Account, now: Date): Promise<void> {
  const email = `${id}@unverified.invalid`;
  await db.update(accounts).set({ email }).where(eq(accounts.id, id));
  await endSessionsOf(db, id, {}, now);
  logLine(
    "sign-in",
    `account ${id} had an address without "email_verified"; the provider has verified it for another person, and the account is now called ${email}`,
    { level: "warning" },
  );
}

/** From now on the owner signs in at the provider only. */
async function closeLocalWays(db: Database, id: string, now: Date): Promise<void> {
  const closed = { passwordHash: null, totpSecret: null, totpStep: null };
  await db.update(accounts).set(closed).where(eq(accounts.id, id));
  await db.delete(recoveryCodes).where(eq(recoveryCodes.accountId, id));
  await db.delete(accountLinks).where(eq(accountLinks.accountId, id));
  await endSessionsOf(db, id, {}, now);
}

// Locked in a fixed order, so that two administrators cannot be demoted at the same time.
async function hasAnotherAdministrator(db: Database, id: string, ways: WaysIn): Promise<boolean> {
  const administrators = await db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.role, "admin"), isNull(accounts.disabledAt), hasWayIn(ways)))
    .orderBy(accounts.id)
    .for("update");
  return administrators.some((administrator) => administrator.id !== id);
}
