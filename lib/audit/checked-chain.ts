import type { Database } from "@/lib/db/database";
import { type Verdict, verifyAudit } from "./verify";

/** What a verification found, and when it began. */
export type CheckedChain = { readonly verdict: Verdict; readonly at: Date };

type Check = { readonly at: Date; readonly done: Promise<CheckedChain>; isRunning: boolean };

// All rows are read for it, which many pages at once must not do over and over.
const FRESH_MS = 60_000;

const latest = new WeakMap<Database, Check>();

/** The verdict on the chain as it is now, or was a minute ago at most. */
export function checkedChain(db: Database, now: Date): Promise<CheckedChain> {
  const known = latest.get(db);
  if (known && (known.isRunning || now.getTime() - known.at.getTime() < FRESH_MS)) {
    return known.done;
  }
  const check: Check = {
    at: now,
    done: verifyAudit(db).then((verdict) => ({ verdict, at: now })),
    isRunning: true,
  };
  latest.set(db, check);
  check.done.then(
    () => {
      check.isRunning = false;
    },
    // What failed is no answer for the next one who asks.
    () => latest.delete(db),
  );
  return check.done;
}
