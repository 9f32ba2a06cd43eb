import { setTimeout as pause } from "node:timers/promises";
import { logLine, reasonOf } from "@/lib/log";

/** Less than the 2 s in which the API expects an answer. */
const PATIENCE_MS = 1000;

/** The most callbacks that wait for a slow database. Refreshes catch up on lost ones. */
const MOST_WAITING = 1000;

/** The longest pause between two callbacks. */
const LONGEST_PAUSE_MS = 50;

let waiting = 0;
let last: Promise<void> = Promise.resolve();

/** Callbacks that were lost since the queue was last empty. */
let lost = 0;

/**
 * Does the work of a callback after that of all earlier callbacks. Returns when it is done, or after a
 * second while the work goes on. Never fails.
 */
export async function enqueueCallback(work: () => Promise<void>): Promise<void> {
  if (waiting >= MOST_WAITING) return lose("too many are waiting");
  waiting += 1;
  const done = last.then(() => attempt(work));
  // A pause as long as the work leaves the database to people half of the time.
  last = done.then((ms) => pause(Math.min(ms, LONGEST_PAUSE_MS)));
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([done, patience]);
  clearTimeout(timer);
}

/** Returns the duration in milliseconds. */
async function attempt(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  const problem = await work().then(() => null, reasonOf);
  waiting -= 1;
  if (problem !== null) lose(problem);
  else if (waiting === 0) recover();
  return performance.now() - startedAt;
}

function recover(): void {
  if (lost === 0) return;
  logLine("callbacks", `callbacks are recorded again; lost in between: ${lost}`, {
    level: "warning",
  });
  lost = 0;
}

/** Logs the first loss only: while the database is away, every callback is lost. */
function lose(reason: string): void {
  if (lost === 0) logLine("callbacks", `a callback could not be recorded: ${reason}`);
  lost += 1;
}
