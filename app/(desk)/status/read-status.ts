import "server-only";
import { z } from "zod";
import { listDeliveries } from "@/lib/alerts/deliver";
import { shownFields } from "@/lib/auth/fields";
import {
  listRefreshRuns,
  type RefreshHealth,
  type RefreshTimes,
  readRefreshHealth,
  readRefreshTimes,
} from "@/lib/channels/refresh/health";
import { type Database, database } from "@/lib/db/database";
import { env } from "@/lib/env";
import { guard } from "@/lib/http/guard";
import { deskJobs } from "@/lib/jobs/jobs";
import { listJobs, readLastCallbackAt } from "@/lib/jobs/status";
import { success } from "@/lib/result";

/** Refreshes and deliveries that are listed. */
const SHOWN = 20;

/** How the desk fares, for administrators: nothing of it is a subscriber's, and nothing is secret. */
export const readStatus = guard({
  permission: "status",
  audit: null,
  limit: "note",
  input: z.null(),
  async run(_, { role }) {
    const readAt = new Date();
    const desk = await database();
    const withNames = shownFields(env().fieldPolicy, role).includes("name");
    const names = deskJobs(env(), desk).map(({ name }) => name);
    return success({
      readAt,
      jobs: await listJobs(desk, names, readAt),
      health: await readAppHealth(desk, readAt),
      runs: await listRefreshRuns(desk, SHOWN),
      deliveries: await listDeliveries(desk, { limit: SHOWN, withNames }),
      lastCallbackAt: await readLastCallbackAt(desk),
    });
  },
});

/** How the watched channels of an app fare, and when they are refreshed. */
export type AppHealth = RefreshHealth & RefreshTimes;

/** How the watched channels fare, by app; an app without any is left out. */
export async function readAppHealth(db: Database, now: Date): Promise<AppHealth[]> {
  const health = await readRefreshHealth(db, now);
  return Promise.all(
    health.map(async (row) => ({ ...row, ...(await readRefreshTimes(db, row.app)) })),
  );
}
