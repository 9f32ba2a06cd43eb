import "server-only";
import { can } from "@/lib/auth/permissions";
import { currentUser } from "@/lib/auth/session";
import { database } from "@/lib/db/database";
import { waitFor } from "@/lib/http/rate-limit";
import { requestFacts } from "@/lib/http/request";
import { newLinkId } from "./link-address";
import { type LinkedPage, MAX_LINK_QUERY, readLink, saveLink } from "./links";

// A link is opened from anywhere, a ticket for instance, and a form without script tells no origin
// where pages tell no referrer. So these ask for the session and its permission, and not whence.

/** What the link of a page's page stands for, or null: also for whoever may not enter the page. */
export async function openedLink(page: LinkedPage, id: string): Promise<string | null> {
  if (!(await mayOpen(page))) return null;
  return readLink(await database(), { id, page }, new Date());
}

/** Keeps a query behind a new link, for whoever may open the page; gives its id, or null if it is too long, or one too many. */
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

/** Whether whoever asks may open a page. */
export async function mayOpen(page: LinkedPage): Promise<boolean> {
  const user = await currentUser();
  return user !== null && !user.mustSwitchCodesOn && can(user.role, page);
}
