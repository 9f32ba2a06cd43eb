import "server-only";
import {
  type RefreshHealth,
  type RefreshTimes,
  readRefreshHealth,
  readRefreshTimes,
} from "@/lib/channels/refresh-health";
import type { Database } from "@/lib/db/database";

/** How the watched channels of an app fare, and when they are refreshed. */
export type AppHealth = RefreshHealth & RefreshTimes;

/** How the watched channels fare, by app; an app without any is left out. */
export async function readAppHealth(db: Database, now: Date): Promise<AppHealth[]> {
  const health = await readRefreshHealth(db, now);
  return Promise.all(
    health.map(async (row) => ({ ...row, ...(await readRefreshTimes(db, row.app)) })),
  );
}
