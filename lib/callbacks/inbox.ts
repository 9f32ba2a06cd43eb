import { reasonOf } from "@/lib/db/errors";
import { logLine } from "@/lib/log";

/** Less than the 2 s in which the vendor expects an answer. */
const PATIENCE_MS = 1000;

/** Callbacks that wait at most for a store that is slow; refreshing brings later what these would have. */
const MOST_WAITING = 1000;

let waiting = 0;
let isFull = false;

/** Does the work of a callback. Comes back when it is done, or in a second: then it goes on by itself. Never fails. */
export async function takeIn(work: () => Promise<void>): Promise<void> {
  if (waiting >= MOST_WAITING) {
    if (!isFull) logLine("callbacks", "callbacks are not noted: too many are waiting");
    isFull = true;
    return;
  }
  isFull = false;
  waiting += 1;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  const done = work()
    .catch((error: unknown) => {
      logLine("callbacks", `a callback could not be noted: ${reasonOf(error)}`);
    })
    .finally(() => {
      waiting -= 1;
      clearTimeout(timer);
    });
  await Promise.race([done, patience]);
}
