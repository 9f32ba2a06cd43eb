import "server-only";
import { z } from "zod";
import { shownFields } from "@/lib/auth/fields";
import { deskJobs } from "@/lib/channels/jobs";
import { listRefreshRuns } from "@/lib/channels/refresh-health";
import { database } from "@/lib/db/database";
import { listDeliveries } from "@/lib/digest/list-deliveries";
import { env } from "@/lib/env";
import { guard } from "@/lib/http/guard";
import { lastCallbackAt } from "@/lib/jobs/last-callback";
import { listJobs } from "@/lib/jobs/list-jobs";
import { success } from "@/lib/result";
import { readAppHealth } from "./app-health";

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
      lastCallbackAt: await lastCallbackAt(desk),
    });
  },
});
