import { createHash, randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { accountLinks } from "@/lib/db/schema";
import { failure, type Result, success } from "@/lib/result";

/** Why an administrator created a link: to set the first password or a new one. */
export type LinkPurpose = (typeof accountLinks.$inferSelect)["purpose"];

/** A link with which a person sets a password. It works once. */
export type AccountLink = {
  /** 256 random bits. Shown once and stored as a digest. */
  readonly token: string;
  readonly expiresAt: Date;
};

/** `linkGone`: the link was used, replaced or never existed. */
export type LinkRefusal = "linkGone" | "linkExpired";

const TOKEN_BYTES = 32;
const HOUR_MS = 60 * 60_000;
const HOURS: Readonly<Record<LinkPurpose, number>> = { invite: 7 * 24, reset: 24 };

/**
 * Replaces all links of an account with a new one. Call it in a transaction that has locked the
 * account, or concurrent calls could leave two links.
 */
export async function replaceLink(
  db: Database,
  accountId: string,
  purpose: LinkPurpose,
  now: Date,
): Promise<AccountLink> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const expiresAt = new Date(now.getTime() + HOURS[purpose] * HOUR_MS);
  await removeLinks(db, accountId);
  await db.insert(accountLinks).values({ digest: digest(token), accountId, purpose, expiresAt });
  return { token, expiresAt };
}

/** Returns the account and the purpose of a link without using it. */
export async function findLink(
  db: Database,
  token: string,
  now: Date,
): Promise<Result<{ accountId: string; purpose: LinkPurpose }, LinkRefusal>> {
  const { accountId, purpose, expiresAt } = accountLinks;
  const [found] = await db
    .select({ accountId, purpose, expiresAt })
    .from(accountLinks)
    .where(eq(accountLinks.digest, digest(token)));
  if (found === undefined) return failure("linkGone");
  if (now >= found.expiresAt) return failure("linkExpired");
  return success({ accountId: found.accountId, purpose: found.purpose });
}

/** Uses a link. Returns true for exactly one of several concurrent attempts. */
export async function spendLink(db: Database, token: string): Promise<boolean> {
  const spent = await db
    .delete(accountLinks)
    .where(eq(accountLinks.digest, digest(token)))
    .returning({ digest: accountLinks.digest });
  return spent.length === 1;
}

/** Removes all links of an account. */
export async function removeLinks(db: Database, accountId: string): Promise<void> {
  await db.delete(accountLinks).where(eq(accountLinks.accountId, accountId));
}

function digest(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
