import { setTimeout as pause } from "node:timers/promises";
import { logLine, reasonOf } from "@/lib/log";

/** Less than the 2 s in which the vendor expects an answer. */
const PATIENCE_MS = 1000;

/** Callbacks that wait at most for a database that is slow; refreshing brings later what these would have. */
const MOST_WAITING = 1000;

/** As long as the embedded database, which runs in this process, is busy with a statement. */
const LONGEST_PAUSE_MS = 50;

let waiting = 0;
let last: Promise<void> = Promise.resolve();

/** What was not noted since all that waited was. */
let lost = 0;

/**
 * Does the work of a callback, behind that of all before it: counts move in the order in which they are
 * told of, and people do not wait for a database that has a thousand callbacks to note. Comes back when it is
 * done, or in a second: then it goes on by itself. Never fails.
 */
export async function takeIn(work: () => Promise<void>): Promise<void> {
  if (waiting >= MOST_WAITING) return lose("too many are waiting");
  waiting += 1;
  const done = last.then(() => attempt(work));
  // Who waits for an answer has as much of the time as the database, however many callbacks come.
  last = done.then((ms) => pause(Math.min(ms, LONGEST_PAUSE_MS)));
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([done, patience]);
  clearTimeout(timer);
}

/** Gives how long it took, in milliseconds. */
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
  logLine("callbacks", `callbacks are noted again; lost in between: ${lost}`, { level: "warning" });
  lost = 0;
}

/** The log is told of the first one: while the database is away there are as many as there are callbacks. */
function lose(reason: string): void {
  if (lost === 0) logLine("callbacks", `a callback could not be noted: ${reason}`);
  lost += 1;
}
