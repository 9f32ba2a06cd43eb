import type { Store } from "@/lib/db/store";
import type { Digest } from "@/lib/env-services";
import type { Job } from "@/lib/jobs/job";
import { deliverNotices } from "./deliver";
import { findNotices } from "./notice";

/** As soon as a delivery may have to be repeated. */
const EVERY_MS = 60_000;

/** Finds what there is to tell of watched channels, and tells the webhook. */
export function digestJob(store: Store, digest: Digest, appUrl: URL): Job {
  return {
    name: "digest",
    everyMs: EVERY_MS,
    run: async (now, signal) => {
      await findNotices(store, digest, now);
      await deliverNotices(store, digest, now, { appUrl, fetch, signal });
    },
  };
}
