let handedOver: readonly string[] | null = null;

/**
 * Keeps subscriber IDs for the page of the bulk lookup. They stay in the memory of the tab: an address
 * would write them into logs and the browser's history.
 */
export function handOver(subscriberIds: readonly string[] | null): void {
  handedOver = subscriberIds;
}

/** Returns the IDs that another page has handed over, or null. */
export function handedOverIds(): readonly string[] | null {
  return handedOver;
}
