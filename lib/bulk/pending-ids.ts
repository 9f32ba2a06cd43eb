let pending: readonly string[] | null = null;

/**
 * Keeps subscriber IDs for the page of the bulk lookup. They stay in the memory of the tab: an address
 * would write them into logs and the browser's history.
 */
export function setPendingIds(subscriberIds: readonly string[] | null): void {
  pending = subscriberIds;
}

/** Returns the IDs that another page has set, or null. */
export function pendingIds(): readonly string[] | null {
  return pending;
}
