import { daysBefore } from "@/lib/time";
import "server-only";
import { and, desc, eq, gte, inArray, sql } from "drizzle-orm";
import { currentUser } from "@/lib/auth/current-user";
import { can } from "@/lib/auth/permissions";
import { type Database, database } from "@/lib/db/database";
import { links } from "@/lib/db/schema";
import { waitFor } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request";
import { type LinkedPage, newLinkId } from "./link-address";

/** A short ID and the part of a page's query that it stands for. */
export type Link = { readonly id: string; readonly page: LinkedPage; readonly query: string };

/** Characters of the longest stored query. */
export const MAX_LINK_QUERY = 8000;

const KEPT_DAYS = 90;

/** Links per person. The least recently used ones are removed. */
export const MAX_LINKS = 1000;

/**
 * Stores a person's link or updates its last use. Links unused for 90 days are removed. Returns
 * false if the ID already stands for something else.
 */
export async function saveLink(
  db: Database,
  link: Link & { readonly accountId: string },
  now: Date,
): Promise<boolean> {
  const saved = await db
    .insert(links)
    .values({ ...link, createdAt: now, usedAt: now })
    .onConflictDoUpdate({
      target: links.id,
      set: { usedAt: now },
      setWhere: and(eq(links.page, sql`excluded.room`), eq(links.query, sql`excluded.query`)),
    })
    .returning({ id: links.id });
  await forgetSurplus(db, link.accountId);
  return saved.length > 0;
}

/** Returns the query of a link, or null. Reading counts as use. */
export async function readLink(
  db: Database,
  { id, page }: Pick<Link, "id" | "page">,
  now: Date,
): Promise<string | null> {
  const keptSince = daysBefore(now, KEPT_DAYS);
  const [found] = await db
    .update(links)
    .set({ usedAt: now })
    .where(and(eq(links.id, id), eq(links.page, page), gte(links.usedAt, keptSince)))
    .returning({ query: links.query });
  return found?.query ?? null;
}

async function forgetSurplus(db: Database, accountId: string): Promise<void> {
  const { id, usedAt } = links;
  const surplus = db
    .select({ id })
    .from(links)
    .where(eq(links.accountId, accountId))
    .orderBy(desc(usedAt), id)
    .offset(MAX_LINKS)
    .limit(1000);
  await db.delete(links).where(inArray(id, surplus));
}

// Links are opened from anywhere, and a form without script sends no origin because pages send no
// referrer. So these functions check the session and its permission, not the origin.

/** Returns the query of a link, or null, also for people who may not open the page. */
export async function openedLink(page: LinkedPage, id: string): Promise<string | null> {
  if (!(await mayOpen(page))) return null;
  return readLink(await database(), { id, page }, new Date());
}

/**
 * Stores a query under a new link, for people who may open the page. Returns its ID, or null if the
 * query is too long or too many are stored.
 */
export async function newLink(page: LinkedPage, query: string): Promise<string | null> {
  const [user, { address }] = await Promise.all([currentUser(), requestFacts()]);
  if (user === null || query.length > MAX_LINK_QUERY) return null;
  if ((await waitFor("note", { userId: user.id, address }, new Date())) !== null) return null;
  const id = newLinkId();
  const isStored = await saveLink(
    await database(),
    { id, page, query, accountId: user.id },
    new Date(),
  );
  return isStored ? id : null;
}

/** Returns whether the current person may open a page. */
export async function mayOpen(page: LinkedPage): Promise<boolean> {
  const user = await currentUser();
  return user !== null && !user.mustSwitchCodesOn && can(user.role, page);
}
