import { max } from "drizzle-orm";
import { callbackReceipts } from "@/lib/db/channel-schema";
import type { Database } from "@/lib/db/database";

/** When a callback of the vendor was last taken; null when none was in the last days. */
export async function lastCallbackAt(db: Database): Promise<Date | null> {
  const [row] = await db.select({ at: max(callbackReceipts.receivedAt) }).from(callbackReceipts);
  return row?.at ?? null;
}
