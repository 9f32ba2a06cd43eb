/** A lookup that found somebody. */
export type RecentLookup = { readonly app: string; readonly subscriberId: string };

/**
 * They stay in this browser, under the person who made them, and never leave it. Each has an entry of
 * its own, with its time: what two tabs write into one list at once would lose one of the two.
 */
export const RECENT_PREFIX = "recent-lookup:";
const prefix = (userId: string) => `${RECENT_PREFIX}${userId}:`;
const KEPT = 8;
/** The event that tells of a change in this tab. */
export const CHANGED = "recent-lookups";

/** Puts a lookup in front of the others. `now` in milliseconds. */
export function rememberLookup(userId: string, lookup: RecentLookup, now = Date.now()): void {
  try {
    localStorage.setItem(
      prefix(userId) + JSON.stringify([lookup.app, lookup.subscriberId]),
      `${now}`,
    );
    for (const { key } of entries(userId).slice(KEPT)) localStorage.removeItem(key);
  } catch {
    // Full or forbidden: the list is a convenience.
    return;
  }
  dispatchEvent(new Event(CHANGED));
}

type Entry = { readonly key: string; readonly at: number; readonly lookup: RecentLookup };

/** A person's lookups with the names of their entries, the latest first. */
export function entries(userId: string): Entry[] {
  try {
    return Object.entries(localStorage)
      .flatMap(([key, at]) => parseEntry(userId, key, at) ?? [])
      .sort((one, other) => other.at - one.at || (one.key < other.key ? -1 : 1));
  } catch {
    // The browser keeps nothing for this site: then there are no recent lookups.
    return [];
  }
}

function parseEntry(userId: string, key: string, at: string): Entry | null {
  if (!key.startsWith(prefix(userId))) return null;
  try {
    const names: unknown = JSON.parse(key.slice(prefix(userId).length));
    if (!Array.isArray(names)) return null;
    const [app, subscriberId] = names;
    if (typeof app !== "string" || typeof subscriberId !== "string") return null;
    return { key, at: Number(at) || 0, lookup: { app, subscriberId } };
  } catch {
    // Somebody else's entry: it is no lookup.
    return null;
  }
}
