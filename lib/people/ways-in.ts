import { and, eq, isNotNull, or, type SQL, sql } from "drizzle-orm";
import { accounts } from "@/lib/db/schema";
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
