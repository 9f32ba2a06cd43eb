import { desc } from "drizzle-orm";
import { deliveries } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";

export type Delivery = typeof deliveries.$inferSelect;

/** The newest deliveries to the webhook, the last one first. */
export function listDeliveries(store: Store, limit: number): Promise<Delivery[]> {
  return store.select().from(deliveries).orderBy(desc(deliveries.createdAt)).limit(limit);
}
