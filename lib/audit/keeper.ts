import type { Store } from "@/lib/db/store";
import { logLine, reasonOf } from "@/lib/log";
import { pruneAudit } from "./prune";
import { writtenHead } from "./record";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Removes rows older than the retention, now and every day; and logs every hour, and at the end, the
 * newest row that this process has written, where there is a newer one than before. A log that is kept
 * elsewhere thus shows when rows are missing from the end, which the table alone cannot. Gives the
 * function that stops it.
 */
export function keepAudit(store: Store, retentionDays: number): () => Promise<void> {
  const stopping = new AbortController();
  let logged: string | null = null;
  const logHead = () => {
    const head = writtenHead();
    if (head === null || head.hash === logged) return;
    logged = head.hash;
    logLine("audit", `head ${head.sequence}:${head.hash}`, { level: "info" });
  };
  const prune = async () => {
    const now = new Date();
    const before = new Date(now.getTime() - retentionDays * DAY_MS);
    await pruneAudit(store, before, now, stopping.signal).catch((error: unknown) =>
      logLine("audit", `old rows could not be removed: ${reasonOf(error)}`),
    );
  };

  let pruning = prune();
  const timers = [
    setInterval(logHead, HOUR_MS),
    setInterval(() => {
      pruning = pruning.then(prune);
    }, DAY_MS),
  ];
  for (const timer of timers) timer.unref();
  return async () => {
    for (const timer of timers) clearInterval(timer);
    stopping.abort();
    await pruning;
    logHead();
  };
}
