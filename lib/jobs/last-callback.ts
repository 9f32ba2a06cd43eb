import { max } from "drizzle-orm";
import { callbackReceipts } from "@/lib/db/channel-schema";
import type { Store } from "@/lib/db/store";

/** When a callback of the vendor was last taken; null when none was in the last days. */
export async function lastCallbackAt(store: Store): Promise<Date | null> {
  const [row] = await store.select({ at: max(callbackReceipts.receivedAt) }).from(callbackReceipts);
  return row?.at ?? null;
}
