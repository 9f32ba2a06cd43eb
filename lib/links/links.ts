import { and, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { links } from "@/lib/db/schema";

export type LinkedPage = (typeof links.$inferSelect)["page"];

/** A short id, and what of a page's address it stands for. */
export type Link = { readonly id: string; readonly page: LinkedPage; readonly query: string };

/** Characters of the longest query that a link can stand for. */
export const MAX_LINK_QUERY = 8000;

const KEPT_DAYS = 90;

/** Links of one person. Of more, those go that were not used for the longest time. */
export const MAX_LINKS = 1000;

/**
 * Stores a person's link, or notes that it is in use if it is there already; links that nobody has used
 * for 90 days go. Returns whether it is stored: an id that stands for something else is never given anew.
 */
export async function saveLink(
  db: Database,
  link: Link & { readonly accountId: string },
  now: Date,
): Promise<boolean> {
  await forgetUnused(db, now);
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

/** What a link stands for, or null when there is none, or none any more. Reading it is using it. */
export async function readLink(
  db: Database,
  { id, page }: Pick<Link, "id" | "page">,
  now: Date,
): Promise<string | null> {
  const [found] = await db
    .update(links)
    .set({ usedAt: now })
    .where(and(eq(links.id, id), eq(links.page, page), gte(links.usedAt, keptSince(now))))
    .returning({ query: links.query });
  return found?.query ?? null;
}

/** A few at a time: a statement must not hold up the others. Rows in use elsewhere are left for later. */
async function forgetUnused(db: Database, now: Date): Promise<void> {
  const { id, usedAt } = links;
  const unused = db
    .select({ id })
    .from(links)
    .where(lt(usedAt, keptSince(now)))
    .limit(1000)
    .for("update", { skipLocked: true });
  await db.delete(links).where(inArray(id, unused));
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

function keptSince(now: Date): Date {
  return new Date(now.getTime() - KEPT_DAYS * 86_400_000);
}
