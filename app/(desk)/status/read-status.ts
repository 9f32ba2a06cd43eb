import "server-only";
import { z } from "zod";
import { listDeliveries } from "@/lib/alerts/deliver";
import { readLookupHealth } from "@/lib/audit/list";
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
import { HOUR_MS } from "@/lib/time";

/** Number of refreshes and deliveries shown. */
const SHOWN = 20;

/** Returns the state of the desk, for administrators. Contains no personal data and no secrets. */
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
      lookups: await readLookupHealth(desk, new Date(readAt.getTime() - HOUR_MS)),
      health: await readAppHealth(desk, readAt),
      runs: await listRefreshRuns(desk, SHOWN),
      deliveries: await listDeliveries(desk, { limit: SHOWN, withNames }),
      lastCallbackAt: await readLastCallbackAt(desk),
    });
  },
});

export type Status = Extract<Awaited<ReturnType<typeof readStatus>>, { ok: true }>["value"];

/** The state of an app's watched channels, and their refresh times. */
export type AppHealth = RefreshHealth & RefreshTimes;

/** Returns the state of watched channels by app. Apps without any are left out. */
export async function readAppHealth(db: Database, now: Date): Promise<AppHealth[]> {
  const health = await readRefreshHealth(db, now);
  return Promise.all(
    health.map(async (row) => ({ ...row, ...(await readRefreshTimes(db, row.app)) })),
  );
}
