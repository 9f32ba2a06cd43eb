import { RECENT_PREFIX } from "./recent";

/** Forgets the lookups of all who ever used this browser: what was kept before it was to keep no ids. */
export function forgetEverybodysLookups(): void {
  try {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(RECENT_PREFIX));
    for (const key of keys) localStorage.removeItem(key);
  } catch {
    // The browser keeps nothing for this site: then there is nothing to forget.
  }
}
