import { deliverAlerts } from "@/lib/alerts/deliver";
import { findAlerts } from "@/lib/alerts/find";
import { findViewAlerts } from "@/lib/alerts/view-alerts";
import { removeOldAudit } from "@/lib/audit/retention";
import { refreshDue } from "@/lib/channels/refresh/refresh";
import { REFRESH_EVERY_MS, repairTimes, syncAllSchedules } from "@/lib/channels/refresh/schedule";
import { rollUpSnapshots } from "@/lib/channels/rollup";
import { chatClients } from "@/lib/chat";
import type { Database } from "@/lib/db/database";
import type { Env } from "@/lib/env";
import { HOUR_MS, MINUTE_MS } from "@/lib/time";
import { removeOldRows, vacuumTables } from "./retention";
import type { Job } from "./scheduler";

const hourly = { everyMs: HOUR_MS, limitMs: 15 * MINUTE_MS };

export type DeskJob = Job & {
  /** A new name needs a migration that creates its queue: `select pgboss.create_queue(…)`. */
  readonly name: "refresh" | "schedule" | "rollup" | "retention" | "vacuum" | "alerts";
};

/** Returns all background jobs of the desk, in the order in which the status page shows them. */
export function deskJobs(
  {
    appUrl,
    auditRetentionDays,
    refreshMinutes,
    snapshotDays,
    alertWebhook,
    fieldPolicy,
    database: location,
  }: Env,
  db: Database,
): DeskJob[] {
  const jobs: DeskJob[] = [
    {
      name: "refresh",
      ...{ everyMs: REFRESH_EVERY_MS, limitMs: 2 * MINUTE_MS },
      run: (_, signal) => {
        const apps = [...chatClients()].map(([slug, client]) => ({ slug, client }));
        return refreshDue(db, apps, { now: () => new Date(), random: Math.random, signal });
      },
    },
    {
      name: "schedule",
      ...hourly,
      run: async (now) => {
        await repairTimes(db, now);
        await syncAllSchedules(db, { refreshMinutes, now });
      },
    },
    {
      name: "rollup",
      ...hourly,
      run: (now, signal) => rollUpSnapshots(db, snapshotDays, now, signal),
    },
    {
      name: "retention",
      ...hourly,
      run: async (now, signal) => {
        await removeOldRows(db, { snapshotDays: snapshotDays.day, now, signal });
        await removeOldAudit(db, { retentionDays: auditRetentionDays, now: new Date(), signal });
      },
    },
  ];
  // A PostgreSQL server does this itself.
  if (location.kind === "embedded") {
    jobs.push({ name: "vacuum", ...hourly, run: (_, signal) => vacuumTables(db, signal) });
  }
  jobs.push({
    name: "alerts",
    // A failed delivery is first repeated after a minute.
    ...{ everyMs: MINUTE_MS, limitMs: 2 * MINUTE_MS },
    run: async (now, signal) => {
      await findViewAlerts(db, fieldPolicy, now, signal);
      if (alertWebhook === null) return;
      await findAlerts(db, alertWebhook, now);
      await deliverAlerts(db, alertWebhook, now, { appUrl, fetch, signal });
    },
  });
  return jobs;
}
