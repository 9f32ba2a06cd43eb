import { and, desc, eq, gte, inArray, lt, sql } from "drizzle-orm";
import type { Database } from "@/lib/db/database";
import { links } from "@/lib/db/schema";

export type LinkedPage = (typeof links.$inferSelect)["page"];

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

/** Returns the query of a link, or null. Reading counts as use. */
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

/** A few at a time, to keep the statement short. Rows in use are skipped. */
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
