import { HOUR_MS } from "@/lib/time";

/** A lookup that found somebody. */
type Lookup = { readonly app: string; readonly subscriberId: string };

/** When a lookup was answered, in milliseconds since 1970, and the number of channels then. */
export type Count = { readonly at: number; readonly total: number };

type RecentLookup = Lookup & {
  readonly at: number;
  /** Null where an earlier version stored none. */
  readonly total: number | null;
};

/**
 * They stay in this browser, under the person who made them, and never leave it. Each has an entry of
 * its own, with its time: what two tabs write into one list at once would lose one of the two. An entry
 * is `<at> <total>`, and ` <at> <total>` of an earlier lookup of the same subscriber.
 */
const RECENT_PREFIX = "recent-lookup:";
const ENTRY = /^(\d{1,15})(?: (\d{1,15})(?: (\d{1,15}) (\d{1,15}))?)?$/;
const prefix = (userId: string) => `${RECENT_PREFIX}${userId}:`;
const keyOf = (userId: string, { app, subscriberId }: Lookup) =>
  prefix(userId) + JSON.stringify([app, subscriberId]);
const KEPT = 8;
/** The event that tells of a change in this tab. */
const CHANGED = "recent-lookups";

/** Puts a lookup in front of the others. */
export function rememberLookup(userId: string, lookup: Lookup & Count): void {
  const { at, total } = lookup;
  const earlier = earlierCount(userId, lookup, at);
  const counts = earlier ? [at, total, earlier.at, earlier.total] : [at, total];
  try {
    localStorage.setItem(keyOf(userId, lookup), counts.join(" "));
    for (const { key } of entries(userId).slice(KEPT)) localStorage.removeItem(key);
  } catch {
    // Full or forbidden: the list is a convenience.
    return;
  }
  dispatchEvent(new Event(CHANGED));
}

/**
 * Returns the latest count of the same subscriber at least an hour before `at`, or null. Lookups less than
 * an hour apart count as one, so reloading or paging does not replace yesterday's count.
 */
export function earlierCount(userId: string, lookup: Lookup, at: number): Count | null {
  try {
    const { last, earlier } = parseCounts(localStorage.getItem(keyOf(userId, lookup)) ?? "");
    const isEarlier = (count: Count | null) => count !== null && count.at <= at - HOUR_MS;
    return [last, earlier].find(isEarlier) ?? null;
  } catch {
    // The browser keeps nothing for this site.
    return null;
  }
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
    const { at, last } = parseCounts(value);
    return { key, lookup: { app, subscriberId, at, total: last?.total ?? null } };
  } catch {
    // Somebody else's entry: it is no lookup.
    return null;
  }
}

function parseCounts(value: string) {
  const [, at = "0", total, earlierAt, earlierTotal] = ENTRY.exec(value) ?? [];
  const count = (time?: string, channels?: string): Count | null =>
    time && channels ? { at: Number(time), total: Number(channels) } : null;
  return { at: Number(at), last: count(at, total), earlier: count(earlierAt, earlierTotal) };
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
