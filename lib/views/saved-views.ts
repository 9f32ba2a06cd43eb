import { and, eq, ne, or, sql } from "drizzle-orm";
import { lockAccount } from "@/lib/auth/accounts";
import type { User } from "../auth/accounts";
import type { Database } from "../db/database";
import { isUniqueViolation } from "../db/errors";
import { accounts, savedViews } from "../db/schema";
import { failure, type Result, success } from "../result";
import { foldedText } from "../subscriptions/folded-text";

export type ViewPage = (typeof savedViews.$inferSelect)["page"];

/** A saved set of columns and filters, as one person sees it. */
export type SavedView = {
  readonly id: string;
  readonly name: string;
  /** Untrusted: parsed in the same way as a query of the address. */
  readonly query: string;
  /** Visible to everyone, not only to its owner. */
  readonly isTeam: boolean;
  /** The owner's name; null for the viewer's own views. */
  readonly madeBy: string | null;
  readonly mayChange: boolean;
};

type NewView = {
  readonly page: ViewPage;
  readonly name: string;
  readonly query: string;
  readonly isTeam: boolean;
};

/** The key of a view. A view of another page is not found. */
type ViewKey = { readonly page: ViewPage; readonly id: string };

type Viewer = Pick<User, "id" | "role">;

/** Views that one person may own on a page, team views included. */
export const MAX_VIEWS = 100;

/** Lists a person's own views and the team's, by name. */
export async function listSavedViews(
  db: Database,
  viewer: Viewer,
  page: ViewPage,
): Promise<SavedView[]> {
  const { id, name, query, isTeam, ownerId, nameKey } = savedViews;
  const found = await db
    .select({ id, name, query, isTeam, ownerId, ownerName: accounts.name })
    .from(savedViews)
    .innerJoin(accounts, eq(accounts.id, ownerId))
    .where(and(eq(savedViews.page, page), isSeenBy(viewer)))
    // The same order in every database locale.
    .orderBy(sql`${nameKey} collate "C"`, id);
  return found.map(({ ownerId, ownerName, ...view }) => ({
    ...view,
    madeBy: ownerId === viewer.id ? null : ownerName,
    mayChange: mayChange(viewer, ownerId),
  }));
}

/** Saves a view and returns its id. Replaces the owner's view of the same name. */
export function saveView(
  db: Database,
  viewer: Viewer,
  view: NewView,
): Promise<Result<string, "nameTaken" | "tooMany">> {
  const row = {
    ...view,
    nameKey: foldedText(view.name),
    ownerId: viewer.id,
    updatedAt: new Date(),
  };
  const { page, nameKey, ownerId, isTeam } = savedViews;
  return db.transaction(async (transaction) => {
    // Serializes saves of one person. Concurrent saves could exceed the limit.
    await lockAccount(transaction, viewer.id);
    const isOther = or(ne(nameKey, row.nameKey), ne(isTeam, view.isTeam));
    const isOwn = and(eq(ownerId, viewer.id), eq(page, view.page));
    const others = await transaction.$count(savedViews, and(isOwn, isOther));
    if (others >= MAX_VIEWS) return failure("tooMany");
    const [saved] = await transaction
      .insert(savedViews)
      .values(row)
      .onConflictDoUpdate({
        target: view.isTeam ? [page, nameKey] : [ownerId, page, nameKey],
        targetWhere: view.isTeam ? sql`${isTeam}` : sql`not ${isTeam}`,
        set: { name: row.name, query: row.query, updatedAt: row.updatedAt },
        setWhere: eq(ownerId, viewer.id),
      })
      .returning({ id: savedViews.id });
    return saved ? success(saved.id) : failure("nameTaken");
  });
}

/** Renames a view. */
export async function renameView(
  db: Database,
  viewer: Viewer,
  { page, id, name }: ViewKey & { readonly name: string },
): Promise<Result<string, "nameTaken" | "notYours" | "gone">> {
  const found = await requireChangeable(db, viewer, { page, id });
  if (!found.ok) return found;
  try {
    const renamed = await db
      .update(savedViews)
      .set({ name, nameKey: foldedText(name), updatedAt: new Date() })
      .where(eq(savedViews.id, id))
      .returning({ id: savedViews.id });
    return renamed.length > 0 ? success(id) : failure("gone");
  } catch (error) {
    if (isUniqueViolation(error)) return failure("nameTaken");
    throw error;
  }
}

/** Deletes a view. */
export async function deleteView(
  db: Database,
  viewer: Viewer,
  view: ViewKey,
): Promise<Result<string, "notYours" | "gone">> {
  const found = await requireChangeable(db, viewer, view);
  if (!found.ok) return found;
  await db.delete(savedViews).where(eq(savedViews.id, view.id));
  return found;
}

/** Finds a view that the viewer may change. Another person's personal view is `gone`, for administrators too. */
async function requireChangeable(
  db: Database,
  viewer: Viewer,
  { page, id }: ViewKey,
): Promise<Result<string, "notYours" | "gone">> {
  const [found] = await db
    .select({ ownerId: savedViews.ownerId })
    .from(savedViews)
    .where(and(eq(savedViews.id, id), eq(savedViews.page, page), isSeenBy(viewer)));
  if (!found) return failure("gone");
  return mayChange(viewer, found.ownerId) ? success(id) : failure("notYours");
}

function isSeenBy(viewer: Viewer) {
  return or(savedViews.isTeam, eq(savedViews.ownerId, viewer.id));
}

/** Applies to views that the viewer may see. */
function mayChange(viewer: Viewer, ownerId: string): boolean {
  return ownerId === viewer.id || viewer.role === "admin";
}
