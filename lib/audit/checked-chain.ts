import type { Store } from "@/lib/db/store";
import { type Verdict, verifyAudit } from "./verify";

/** What a verification found, and when it began. */
export type CheckedChain = { readonly verdict: Verdict; readonly at: Date };

type Check = { readonly at: Date; readonly done: Promise<CheckedChain>; isRunning: boolean };

// All rows are read for it, which many pages at once must not do over and over.
const FRESH_MS = 60_000;

const latest = new WeakMap<Store, Check>();

/** The verdict on the chain as it is now, or was a minute ago at most. */
export function checkedChain(store: Store, now: Date): Promise<CheckedChain> {
  const known = latest.get(store);
  if (known && (known.isRunning || now.getTime() - known.at.getTime() < FRESH_MS)) {
    return known.done;
  }
  const check: Check = {
    at: now,
    done: verifyAudit(store).then((verdict) => ({ verdict, at: now })),
    isRunning: true,
  };
  latest.set(store, check);
  check.done.then(
    () => {
      check.isRunning = false;
    },
    // What failed is no answer for the next one who asks.
    () => latest.delete(store),
  );
  return check.done;
}
