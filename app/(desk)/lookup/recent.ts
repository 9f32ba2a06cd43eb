/** A lookup that found somebody. */
export type RecentLookup = { readonly app: string; readonly subscriberId: string };

/** They stay in this browser, under the person who made them, and never leave it. */
const key = (userId: string) => `recent-lookups:${userId}`;
const KEPT = 8;
const CHANGED = "recent-lookups";

/** Puts a lookup in front of the others. */
export function rememberLookup(userId: string, lookup: RecentLookup): void {
  const others = parseLookups(lookupsSnapshot(userId)).filter(
    ({ app, subscriberId }) => app !== lookup.app || subscriberId !== lookup.subscriberId,
  );
  write(userId, [lookup, ...others].slice(0, KEPT));
}

export function forgetLookups(userId: string): void {
  write(userId, []);
}

/** What is stored, as text, so that it is equal when nothing has changed. */
export function lookupsSnapshot(userId: string): string | null {
  try {
    return localStorage.getItem(key(userId));
  } catch {
    // The browser keeps nothing for this site: then there are no recent lookups.
    return null;
  }
}

/** Reads stored text; what is not a list of lookups is no lookup. */
export function parseLookups(stored: string | null): RecentLookup[] {
  try {
    const value: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(value) ? value.filter(isRecentLookup) : [];
  } catch {
    return [];
  }
}

/** Tells of changes in this tab and in the others. */
export function subscribeToLookups(onChange: () => void): () => void {
  addEventListener("storage", onChange);
  addEventListener(CHANGED, onChange);
  return () => {
    removeEventListener("storage", onChange);
    removeEventListener(CHANGED, onChange);
  };
}

function isRecentLookup(value: unknown): value is RecentLookup {
  if (typeof value !== "object" || value === null) return false;
  return (
    "app" in value &&
    typeof value.app === "string" &&
    "subscriberId" in value &&
    typeof value.subscriberId === "string"
  );
}

function write(userId: string, lookups: readonly RecentLookup[]): void {
  try {
    localStorage.setItem(key(userId), JSON.stringify(lookups));
  } catch {
    // Full or forbidden: the list is a convenience.
    return;
  }
  dispatchEvent(new Event(CHANGED));
}
