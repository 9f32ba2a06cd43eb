import { eq, min } from "drizzle-orm";
import { watches } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";

/** Since when somebody has been watching a channel; null when nobody does. */
export async function readWatchedSince(store: Store, channelKey: number): Promise<Date | null> {
  const [found] = await store
    .select({ since: min(watches.createdAt) })
    .from(watches)
    .where(eq(watches.channelKey, channelKey));
  return found?.since ?? null;
}
