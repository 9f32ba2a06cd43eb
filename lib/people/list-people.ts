import { and, eq, gt, isNull, max, or, sql } from "drizzle-orm";
import type { LinkPurpose } from "@/lib/auth/account-links";
import type { User } from "@/lib/auth/accounts";
import { SESSIONS_KEPT_MS } from "@/lib/auth/sessions";
import type { Database } from "@/lib/db/database";
import { accountLinks, accounts, sessions } from "@/lib/db/schema";
import { isHeldByProvider, type WaysIn } from "./ways-in";

/**
 * `invited` has not chosen the first password yet, `reset` not the new one. `noWayIn` could sign in once:
 * with a provider that this desk no longer has, or with a password where it asks for none.
 */
export type PersonState = "active" | "invited" | "reset" | "noWayIn" | "disabled";

/** One of the desk's own people, as administrators see them. */
export type Person = User & {
  readonly state: PersonState;
  readonly heldByProvider: boolean;
  readonly hasPassword: boolean;
  readonly hasCodes: boolean;
  /** Null when there was no session for a month, or ever. */
  readonly lastSeenAt: Date | null;
  /** Whether it is certain that this person has never signed in. */
  readonly neverSeen: boolean;
  readonly liveSessions: number;
  /** Until when the link is good by which a password is chosen; null when there is none. */
  readonly linkExpiresAt: Date | null;
};

export type PeopleQuery = {
  /** A part of a name or an e-mail address; blank finds everybody. */
  readonly search: string;
  readonly offset: number;
  readonly size: number;
};

export type PeoplePage = { readonly people: readonly Person[]; readonly total: number };

/** The people whose name or address holds the text, by name. Sessions idle for longer are over. */
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
    const state = stateOf({ isDisabled, canEnter, purpose });
    const isYounger = now.getTime() - createdAt.getTime() < SESSIONS_KEPT_MS;
    const neverSeen = person.lastSeenAt === null && (state === "invited" || isYounger);
    return { ...person, heldByProvider, state, neverSeen };
  });
  return { people, total };
}

/** The address by which the audit names somebody; null when there is no such account. */
export async function emailOf(db: Database, id: string): Promise<string | null> {
  const [found] = await db
    .select({ email: accounts.email })
    .from(accounts)
    .where(eq(accounts.id, id));
  return found?.email ?? null;
}

function stateOf(account: {
  readonly isDisabled: boolean;
  readonly canEnter: boolean;
  readonly purpose: LinkPurpose | null;
}): PersonState {
  if (account.isDisabled) return "disabled";
  if (account.canEnter) return "active";
  if (account.purpose === null) return "noWayIn";
  return account.purpose === "invite" ? "invited" : "reset";
}

function matching(text: string) {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return or(sql`${accounts.name} ilike ${pattern}`, sql`${accounts.email} ilike ${pattern}`);
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
