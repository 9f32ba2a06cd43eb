/** A lookup that found somebody. */
type Lookup = { readonly app: string; readonly subscriberId: string };

type RecentLookup = Lookup & {
  /** When, in milliseconds since 1970. */
  readonly at: number;
  /** The number of channels then. Null where an earlier version stored none. */
  readonly total: number | null;
};

/**
 * They stay in this browser, under the person who made them, and never leave it. Each has an entry of
 * its own, with its time: what two tabs write into one list at once would lose one of the two.
 */
const RECENT_PREFIX = "recent-lookup:";
const prefix = (userId: string) => `${RECENT_PREFIX}${userId}:`;
const KEPT = 8;
/** The event that tells of a change in this tab. */
const CHANGED = "recent-lookups";

/** Puts a lookup that found so many channels in front of the others. `now` in milliseconds. */
export function rememberLookup(
  userId: string,
  lookup: Lookup & { readonly total: number },
  now = Date.now(),
): void {
  try {
    localStorage.setItem(
      prefix(userId) + JSON.stringify([lookup.app, lookup.subscriberId]),
      `${now} ${lookup.total}`,
    );
    for (const { key } of entries(userId).slice(KEPT)) localStorage.removeItem(key);
  } catch {
    // Full or forbidden: the list is a convenience.
    return;
  }
  dispatchEvent(new Event(CHANGED));
}

type Entry = { readonly key: string; readonly lookup: RecentLookup };

/** A person's lookups with the names of their entries, the latest first. */
function entries(userId: string): Entry[] {
  try {
    return Object.entries(localStorage)
      .flatMap(([key, value]) => parseEntry(userId, key, value) ?? [])
      .sort((one, other) => other.lookup.at - one.lookup.at || (one.key < other.key ? -1 : 1));
  } catch {
    // The browser keeps nothing for this site: then there are no recent lookups.
    return [];
  }
}

function parseEntry(userId: string, key: string, value: string): Entry | null {
  if (!key.startsWith(prefix(userId))) return null;
  try {
    const names: unknown = JSON.parse(key.slice(prefix(userId).length));
    if (!Array.isArray(names)) return null;
    const [app, subscriberId] = names;
    if (typeof app !== "string" || typeof subscriberId !== "string") return null;
    const [, at = "0", total] = /^(\d+)(?: (\d+))?$/.exec(value) ?? [];
    const lookup = { app, subscriberId, at: Number(at), total: total ? Number(total) : null };
    return { key, lookup };
  } catch {
    // Somebody else's entry: it is no lookup.
    return null;
  }
}

export function forgetLookups(userId: string): void {
  for (const { key } of entries(userId)) localStorage.removeItem(key);
  dispatchEvent(new Event(CHANGED));
}

/** Returns the lookups as text, latest first. Equal lookups have equal texts. */
export function lookupsSnapshot(userId: string): string {
  return JSON.stringify(entries(userId).map(({ lookup }) => lookup));
}

/** Parses a snapshot. */
export function parseLookups(snapshot: string): readonly RecentLookup[] {
  return JSON.parse(snapshot);
}

/** Calls `onChange` after changes in this tab and in others. */
export function subscribeToLookups(onChange: () => void): () => void {
  addEventListener("storage", onChange);
  addEventListener(CHANGED, onChange);
  return () => {
    removeEventListener("storage", onChange);
    removeEventListener(CHANGED, onChange);
  };
}

/** Deletes the lookups of everyone who used this browser before addresses were strict. */
export function forgetEverybodysLookups(): void {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(RECENT_PREFIX));
    for (const key of keys) localStorage.removeItem(key);
  } catch {
    // Storage is blocked, so nothing is stored.
  }
}
