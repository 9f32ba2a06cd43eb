import "server-only";
import {
  type RefreshHealth,
  type RefreshTimes,
  readRefreshHealth,
  readRefreshTimes,
} from "@/lib/channels/refresh-health";
import type { Store } from "@/lib/db/store";

/** How the watched channels of an app fare, and when they are refreshed. */
export type AppHealth = RefreshHealth & RefreshTimes;

/** How the watched channels fare, by app; an app without any is left out. */
export async function readAppHealth(store: Store, now: Date): Promise<AppHealth[]> {
  const health = await readRefreshHealth(store, now);
  return Promise.all(
    health.map(async (row) => ({ ...row, ...(await readRefreshTimes(store, row.app)) })),
  );
}
