import "server-only";
import { can } from "./auth/permissions";
import { currentUser } from "./auth/session";
import { store } from "./db/store";
import { newLinkId } from "./link-address";
import { MAX_LINK_QUERY, readLink, saveLink } from "./links";

// A link is opened from anywhere, a ticket for instance, and a form without script tells no origin
// where pages tell no referrer. So these ask for the session and its permission, and not whence.

/** What the link of a page stands for, or null: also for whoever may look nobody up. */
export async function openedLink(id: string): Promise<string | null> {
  if (!(await mayLookUp())) return null;
  return readLink(await store(), { id, room: "lookup" }, new Date());
}

/** Keeps a query behind a new link, for whoever may look somebody up; gives its id, or null if it is too long. */
export async function newLink(query: string): Promise<string | null> {
  if (query.length > MAX_LINK_QUERY) return null;
  const id = newLinkId();
  const isStored = await saveLink(await store(), { id, room: "lookup", query }, new Date());
  return isStored ? id : null;
}

/** Whether whoever asks may look somebody up. */
export async function mayLookUp(): Promise<boolean> {
  const user = await currentUser();
  return user !== null && !user.mustSwitchCodesOn && can(user.role, "lookup");
}
