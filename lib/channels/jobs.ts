import { chatClients } from "@/lib/chat-clients";
import type { Database } from "@/lib/db/database";
import { vacuumTables } from "@/lib/db/upkeep";
import { digestJob } from "@/lib/digest/job";
import type { Env } from "@/lib/env";
import type { Job } from "@/lib/jobs/job";
import { pruneJobs } from "@/lib/jobs/prune";
import { refreshDue } from "./refresh";
import { REFRESH_EVERY_MS } from "./refresh-plan";
import { repairTerms } from "./refresh-terms";
import { repairTimes } from "./repair-times";
import { thinSnapshots } from "./thin";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type DeskJob = Job & {
  readonly name: "refresh" | "terms" | "thin" | "prune" | "upkeep" | "digest";
};

/** All that a running desk does again and again, in the order in which the status page tells of it. */
export function deskJobs(
  { appUrl, refreshMinutes, snapshotDays, digest, database: location }: Env,
  db: Database,
): DeskJob[] {
  const jobs: DeskJob[] = [
    {
      name: "refresh",
      everyMs: REFRESH_EVERY_MS,
      run: (_, signal) => {
        const apps = [...chatClients()].map(([slug, client]) => ({ slug, client }));
        return refreshDue(db, apps, { now: () => new Date(), random: Math.random, signal });
      },
    },
    {
      name: "terms",
      everyMs: HOUR_MS,
      run: async (now, signal) => {
        await repairTimes(db, now, signal);
        await repairTerms(db, { refreshMinutes, now }, signal);
      },
    },
    {
      name: "thin",
      everyMs: HOUR_MS,
      run: (now, signal) => thinSnapshots(db, snapshotDays, now, signal),
    },
    {
      name: "prune",
      everyMs: HOUR_MS,
      run: (now, signal) => pruneJobs(db, now, signal),
    },
  ];
  // A server sees to its tables itself.
  if (location.kind === "embedded") {
    jobs.push({
      name: "upkeep",
      everyMs: HOUR_MS,
      run: (_, signal) => vacuumTables(db, signal),
    });
  }
  // Where no webhook is configured, nobody is told.
  if (digest !== null) jobs.push({ ...digestJob(db, digest, appUrl), name: "digest" });
  return jobs;
}
