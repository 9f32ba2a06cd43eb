import type { Database } from "@/lib/db/database";
import type { Digest } from "@/lib/env-services";
import type { Job } from "@/lib/jobs/job";
import { deliverNotices } from "./deliver";
import { findNotices } from "./notice";

/** As soon as a delivery may have to be repeated. */
const EVERY_MS = 60_000;

/** Finds what there is to tell of watched channels, and tells the webhook. */
export function digestJob(db: Database, digest: Digest, appUrl: URL): Job {
  return {
    name: "digest",
    everyMs: EVERY_MS,
    run: async (now, signal) => {
      await findNotices(db, digest, now);
      await deliverNotices(db, digest, now, { appUrl, fetch, signal });
    },
  };
}
