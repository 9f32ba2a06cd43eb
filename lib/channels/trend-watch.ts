import { eq, min } from "drizzle-orm";
import { watches } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";

/** Since when somebody has been watching a channel; null when nobody does. */
export async function readWatchedSince(db: Database, channelKey: number): Promise<Date | null> {
  const [found] = await db
    .select({ since: min(watches.createdAt) })
    .from(watches)
    .where(eq(watches.channelKey, channelKey));
  return found?.since ?? null;
}
