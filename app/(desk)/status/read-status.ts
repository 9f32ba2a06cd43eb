import "server-only";
import { z } from "zod";
import { deskJobs } from "@/lib/channels/jobs";
import { listRefreshRuns, readRefreshHealth } from "@/lib/channels/refresh-health";
import { store } from "@/lib/db/store";
import { env } from "@/lib/env";
import { guard } from "@/lib/guard";
import { lastCallbackAt } from "@/lib/jobs/last-callback";
import { listDeliveries } from "@/lib/jobs/list-deliveries";
import { listJobs } from "@/lib/jobs/list-jobs";
import { success } from "@/lib/result";

/** Refreshes and deliveries that are listed. */
const SHOWN = 20;

/** How the desk fares, for administrators: nothing of it is a subscriber's, and nothing is secret. */
export const readStatus = guard({
  permission: "status",
  audit: null,
  limit: "note",
  input: z.null(),
  async run() {
    const readAt = new Date();
    const desk = await store();
    const names = deskJobs(env(), desk).map(({ name }) => name);
    return success({
      readAt,
      jobs: await listJobs(desk, names, readAt),
      health: await readRefreshHealth(desk, readAt),
      runs: await listRefreshRuns(desk, SHOWN),
      deliveries: await listDeliveries(desk, SHOWN),
      lastCallbackAt: await lastCallbackAt(desk),
    });
  },
});
