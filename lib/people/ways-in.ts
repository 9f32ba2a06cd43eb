import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { accounts } from "@/lib/db/schema";
import type { Env } from "@/lib/env";

/** How people can sign in to this desk. */
export type WaysIn = {
  readonly localAccounts: boolean;
  /** The identity provider; null when there is none. */
  readonly issuer: string | null;
};

export function waysInOf({ localAccounts, oidc }: Pick<Env, "localAccounts" | "oidc">): WaysIn {
  return { localAccounts, issuer: oidc?.issuer ?? null };
}

/**
 * Whether the identity provider says who somebody is, and holds the password. Who came by a provider
 * that is no longer configured is treated like anybody else, or could never sign in again.
 */
export function isHeldByProvider(
  account: { readonly oidcIssuer: string | null },
  { issuer }: WaysIn,
): boolean {
  return issuer !== null && account.oidcIssuer === issuer;
}

/** The accounts, disabled or not, whose owners have what it takes to sign in. */
export function hasWayIn({ localAccounts, issuer }: WaysIn): SQL<boolean> {
  const ways = or(
    localAccounts ? isNotNull(accounts.passwordHash) : undefined,
    issuer === null ? undefined : eq(accounts.oidcIssuer, issuer),
  );
  return sql<boolean>`(${and(sql`true`, ways ?? sql`false`)}) is true`;
}
