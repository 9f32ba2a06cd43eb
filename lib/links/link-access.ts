import "server-only";
import { can } from "@/lib/auth/permissions";
import { currentUser } from "@/lib/auth/session";
import { database } from "@/lib/db/database";
import { waitFor } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request";
import { newLinkId } from "./link-address";
import { type LinkedPage, MAX_LINK_QUERY, readLink, saveLink } from "./links";

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
