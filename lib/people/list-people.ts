import { and, eq, gt, ilike, isNotNull, isNull, max, or, type SQL, sql } from "drizzle-orm";
import type { LinkPurpose, User } from "@/lib/auth/accounts";
import { SESSIONS_KEPT_MS } from "@/lib/auth/sessions";
import type { Database } from "@/lib/db/database";
import { accountLinks, accounts, sessions } from "@/lib/db/schema";
import type { Env } from "@/lib/env";

/** How people can sign in. */
export type WaysIn = {
  readonly localAccounts: boolean;
  /** The identity provider, or null. */
  readonly issuer: string | null;
};

export function waysInOf({ localAccounts, oidc }: Pick<Env, "localAccounts" | "oidc">): WaysIn {
  return { localAccounts, issuer: oidc?.issuer ?? null };
}

/**
 * Returns whether the identity provider holds this person's password. People of a provider that is
 * no longer configured are treated like local accounts, so that they can sign in again.
 */
export function isHeldByProvider(
  account: { readonly oidcIssuer: string | null },
  { issuer }: WaysIn,
): boolean {
  return issuer !== null && account.oidcIssuer === issuer;
}

/** Returns the accounts, also disabled ones, whose owners are able to sign in. */
export function hasWayIn({ localAccounts, issuer }: WaysIn): SQL<boolean> {
  const ways = or(
    localAccounts ? isNotNull(accounts.passwordHash) : undefined,
    issuer === null ? undefined : eq(accounts.oidcIssuer, issuer),
  );
  return sql<boolean>`(${and(sql`true`, ways ?? sql`false`)}) is true`;
}

/**
 * `invited`: has not set the first password. `reset`: has not set the new password. `noWayIn`:
 * signed in with a provider or a password that this desk no longer accepts.
 */
export type PersonState = "active" | "invited" | "reset" | "noWayIn" | "disabled";

/** A user of the desk, as administrators see it. */
export type Person = User & {
  readonly state: PersonState;
  readonly heldByProvider: boolean;
  readonly hasPassword: boolean;
  readonly hasCodes: boolean;
  /** Null without a session in the last month. */
  readonly lastSeenAt: Date | null;
  /** Whether this person has certainly never signed in. */
  readonly neverSeen: boolean;
  readonly liveSessions: number;
  /** When the link for setting a password expires. Null without a link. */
  readonly linkExpiresAt: Date | null;
};

export type PeopleQuery = {
  /** Part of a name or an e-mail address. Blank matches everybody. */
  readonly search: string;
  readonly offset: number;
  readonly size: number;
};

export type PeoplePage = { readonly people: readonly Person[]; readonly total: number };

/** Returns the people whose name or address contains the text, by name. */
export async function listPeople(
  db: Database,
  { search, offset, size }: PeopleQuery,
  ways: WaysIn,
  idleMinutes: number,
  now: Date,
): Promise<PeoplePage> {
  const matches = search.trim() === "" ? undefined : matching(search.trim());
  const seen = sessionsByAccount(db, idleMinutes, now);
  const { id, email, name, role, passwordHash, oidcIssuer, totpSecret, disabledAt } = accounts;
  const [rows, total] = await Promise.all([
    db
      .select({
        ...{ id, email, name, role, oidcIssuer },
        hasPassword: sql<boolean>`${passwordHash} is not null`,
        hasCodes: sql<boolean>`${totpSecret} is not null`,
        isDisabled: sql<boolean>`${disabledAt} is not null`,
        lastSeenAt: seen.lastSeenAt,
        createdAt: accounts.createdAt,
        liveSessions: sql`coalesce(${seen.live}, 0)`.mapWith(Number),
        purpose: accountLinks.purpose,
        linkExpiresAt: accountLinks.expiresAt,
      })
      .from(accounts)
      .leftJoin(seen, eq(seen.accountId, id))
      .leftJoin(accountLinks, eq(accountLinks.accountId, id))
      .where(matches)
      // The same order on every database, whatever its locale.
      .orderBy(sql`lower(${name}) collate "C"`, id)
      .limit(size)
      .offset(offset),
    db.$count(accounts, matches),
  ]);
  const people = rows.map(({ oidcIssuer, isDisabled, purpose, createdAt, ...person }) => {
    const heldByProvider = isHeldByProvider({ oidcIssuer }, ways);
    const canEnter = heldByProvider || (person.hasPassword && ways.localAccounts);
    const state = stateOf(isDisabled, canEnter, purpose);
    const isYounger = now.getTime() - createdAt.getTime() < SESSIONS_KEPT_MS;
    const neverSeen = person.lastSeenAt === null && (state === "invited" || isYounger);
    return { ...person, heldByProvider, state, neverSeen };
  });
  return { people, total };
}

/** Returns the address that names a person in the audit log, or null. */
export async function emailOf(db: Database, id: string): Promise<string | null> {
  const [found] = await db
    .select({ email: accounts.email })
    .from(accounts)
    .where(eq(accounts.id, id));
  return found?.email ?? null;
}

function stateOf(isDisabled: boolean, canEnter: boolean, link: LinkPurpose | null): PersonState {
  if (isDisabled) return "disabled";
  if (canEnter) return "active";
  if (link === null) return "noWayIn";
  return link === "invite" ? "invited" : "reset";
}

function matching(text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return or(ilike(accounts.name, pattern), ilike(accounts.email, pattern));
}

function sessionsByAccount(db: Database, idleMinutes: number, now: Date) {
  const { accountId, endedAt, endsAt, lastSeenAt } = sessions;
  const idleSince = new Date(now.getTime() - idleMinutes * 60_000);
  const isLive = and(isNull(endedAt), gt(endsAt, now), gt(lastSeenAt, idleSince));
  return db
    .select({
      accountId,
      lastSeenAt: max(lastSeenAt).as("last_seen"),
      live: sql<number>`count(*) filter (where ${isLive})`.as("live"),
    })
    .from(sessions)
    .groupBy(accountId)
    .as("seen");
}
