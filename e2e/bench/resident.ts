import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";

const SAMPLE_MS = 50;
const IDLE_SAMPLES = 20;
const KIB = 1024;
const run = promisify(execFile);

export type Resident = {
  /** Bytes of the process's memory: the least before the watch began, and the most during it. */
  end(): Promise<{ readonly idle: number; readonly most: number }>;
};

/** Watches the memory of the process that holds the lock of a data directory, as the system counts it. */
export async function watchResident(directory: string): Promise<Resident> {
  const process = readFileSync(join(directory, "lock"), "utf8");
  const sample = async () => {
    const { stdout } = await run("ps", ["-o", "rss=", "-p", process]);
    return Number(stdout) * KIB;
  };
  let idle = Number.POSITIVE_INFINITY;
  for (let count = 0; count < IDLE_SAMPLES; count += 1) {
    idle = Math.min(idle, await sample());
    await wait(SAMPLE_MS);
  }
  let most = idle;
  let ended = false;
  const watching = (async () => {
    while (!ended) {
      most = Math.max(most, await sample());
      await wait(SAMPLE_MS);
    }
  })();
  return {
    async end() {
      ended = true;
      await watching;
      return { idle, most };
    },
  };
}
