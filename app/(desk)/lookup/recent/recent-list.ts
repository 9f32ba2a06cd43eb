import { CHANGED, entries, type RecentLookup } from "./recent";

export function forgetLookups(userId: string): void {
  for (const { key } of entries(userId)) localStorage.removeItem(key);
  dispatchEvent(new Event(CHANGED));
}

/** The latest first, as text, so that it is equal when nothing has changed. */
export function lookupsSnapshot(userId: string): string {
  return JSON.stringify(entries(userId).map(({ lookup }) => lookup));
}

/** Reads a snapshot. */
export function parseLookups(snapshot: string): readonly RecentLookup[] {
  return JSON.parse(snapshot);
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
