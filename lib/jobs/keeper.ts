import { randomUUID } from "node:crypto";
import type { Database } from "@/lib/db/database";
import { logLine, reasonOf } from "@/lib/log";
import { type Clock, SYSTEM_CLOCK } from "./clock";
import type { Job } from "./job";
import { freeAt, releaseLease, renewLease, takeLease } from "./lease";

/** How long an instance that is killed in the middle of a job keeps the others from it. */
export const LEASE_MS = 60_000;

const RENEW_MS = 20_000;
const LONGEST_PAUSE_MS = 15_000;

// So that instances that wait for one moment do not all ask in it.
const JITTER_MS = 500;

// The others may ask so much later than they could.
const HELD_MS = LEASE_MS - JITTER_MS;

const LONGEST_PROBLEM = 500;

type KeeperOptions = {
  readonly clock: Clock;
  /** In [0, 1), as Math.random. */
  readonly random: () => number;
};

/**
 * Runs jobs when they are due, each by one instance at a time, whichever is first. Gives the function
 * that stops it: runs under way are told to end, and waited for.
 */
export function keepJobs(
  db: Database,
  jobs: readonly Job[],
  options: KeeperOptions = { clock: SYSTEM_CLOCK, random: Math.random },
): () => Promise<void> {
  const stopping = new AbortController();
  const holder = randomUUID();
  const kept = jobs.map((job) => keep({ db, job, holder, ...options }, stopping.signal));
  return async () => {
    stopping.abort();
    await Promise.all(kept);
  };
}

type Turn = KeeperOptions & {
  readonly db: Database;
  readonly job: Job;
  /** Who this instance is to the others. */
  readonly holder: string;
};

async function keep(turn: Turn, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    await pause(turn.clock, await tryToRun(turn, stopping), stopping);
  }
}

/** Runs the job if it is due and free; gives the milliseconds until it is worth another try. */
async function tryToRun(turn: Turn, stopping: AbortSignal): Promise<number> {
  const { db, job, holder, clock, random } = turn;
  try {
    if (await takeLease(db, job.name, holder, HELD_MS, clock.now())) {
      await run(turn, stopping);
    }
    const free = await freeAt(db, job.name);
    const wait = (free?.getTime() ?? 0) - clock.now().getTime();
    return Math.min(Math.max(wait, 0) + random() * JITTER_MS, LONGEST_PAUSE_MS);
  } catch (error) {
    logLine("jobs", `${job.name}: ${reasonOf(error)}`);
    return LONGEST_PAUSE_MS / 2;
  }
}

async function run(turn: Turn, stopping: AbortSignal): Promise<void> {
  const { db, job, holder, clock } = turn;
  const startedAt = clock.now();
  const lost = new AbortController();
  const stopRenewing = keepLease(turn, () => lost.abort());
  const signal = AbortSignal.any([stopping, lost.signal]);
  const problem = await Promise.resolve()
    .then(() => job.run(startedAt, signal))
    .then(() => null, reasonOf);
  await stopRenewing();
  const finishedAt = clock.now();
  const nextAt = new Date(Math.max(startedAt.getTime() + job.everyMs, finishedAt.getTime()));
  const isBrokenOff = stopping.aborted || lost.signal.aborted;
  if (problem !== null && !isBrokenOff) logLine("jobs", `${job.name} failed: ${problem}`);
  const end = { finishedAt, nextAt, problem: problem?.slice(0, LONGEST_PROBLEM) ?? null };
  await releaseLease(db, job.name, holder, isBrokenOff ? null : end);
}

/** Renews the lease from time to time, and tells when it is lost. Gives the function that ends it. */
function keepLease({ db, job, holder, clock }: Turn, onLost: () => void): () => Promise<void> {
  let until = clock.now().getTime() + HELD_MS;
  let isOver = false;
  let renewing: Promise<void> = Promise.resolve();
  let cancel = clock.after(RENEW_MS, begin);

  function begin(): void {
    renewing = renew();
  }
  async function renew(): Promise<void> {
    const now = clock.now();
    const isKept = await renewLease(db, job.name, holder, HELD_MS, now).catch(() => null);
    if (isKept) until = now.getTime() + HELD_MS;
    // Without an answer of the database it may still be ours, until its time is over.
    const isLost = isKept === false || clock.now().getTime() >= until;
    if (isLost) onLost();
    else if (!isOver) cancel = clock.after(RENEW_MS, begin);
  }
  return async () => {
    isOver = true;
    cancel();
    await renewing;
  };
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = () => {
      signal.removeEventListener("abort", end);
      cancel();
      resolve();
    };
    const cancel = clock.after(ms, end);
    signal.addEventListener("abort", end);
  });
}
