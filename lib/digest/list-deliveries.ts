import { asc, desc, eq, inArray, sql } from "drizzle-orm";
import { channels, deliveries, notices } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";
import type { News } from "./notices-of";

/** A notice, as far as the list of deliveries tells of it. */
export type DeliveredNotice = {
  readonly id: number;
  readonly kind: News["kind"];
  /** The slug of the app. */
  readonly app: string;
  readonly channelId: string;
  /** As it was told; null where the channel had none, or nobody asked for it. */
  readonly name: string | null;
};

export type Delivery = typeof deliveries.$inferSelect & {
  /** Of channels that the desk still knows: as many as fit into one message at most. */
  readonly told: readonly DeliveredNotice[];
};

type Wanted = { readonly limit: number; readonly withNames: boolean };

/** The newest deliveries to the webhook and what they tell, the last one first. */
export async function listDeliveries(
  db: Database,
  { limit, withNames }: Wanted,
): Promise<Delivery[]> {
  const rows = await db
    .select()
    .from(deliveries)
    // One run makes several in one moment.
    .orderBy(desc(deliveries.createdAt), desc(deliveries.id))
    .limit(limit);
  const { id, kind, detail, deliveryId } = notices;
  const { app, channelId } = channels;
  const name = withNames ? sql<string | null>`${detail} ->> 'name'` : sql<null>`null`;
  const ids = rows.map((row) => row.id);
  const told = await db
    .select({ id, kind, app, channelId, name, deliveryId })
    .from(notices)
    .innerJoin(channels, eq(channels.key, notices.channelKey))
    .where(inArray(deliveryId, ids))
    .orderBy(asc(id));
  return rows.map((row) => ({ ...row, told: told.filter((each) => each.deliveryId === row.id) }));
}
