import { readRefreshHealth } from "@/lib/channels/refresh-health";
import { repairTerms } from "@/lib/channels/refresh-terms";
import { repairTimes } from "@/lib/channels/repair-times";
import { noteAbsences, noteSightings } from "@/lib/channels/sightings";
import { countSnapshots } from "@/lib/channels/snapshot-rows";
import { thinSnapshots } from "@/lib/channels/thin";
import type { Store } from "@/lib/db/store";
import { keepHealthy } from "@/lib/db/upkeep";
import { findNotices } from "@/lib/digest/notice";
import { pruneJobs } from "@/lib/jobs/prune";
import type { Busy } from "./busy-database";
import type { Figure } from "./figure";
import { APP } from "./seed-directory";

/** What is not done by then is more of the same. */
const LONGEST_MS = 20_000;
const REFRESHED = 500;
const DAYS = { reading: 7, hour: 90, day: 730 };

type Work = {
  readonly name: string;
  run(store: Store, now: Date, signal: AbortSignal): Promise<unknown>;
};

const WORK: readonly Work[] = [
  {
    name: `note ${REFRESHED} refreshed channels`,
    run: (store, now) => noteSightings(store, APP, refreshed(now)),
  },
  {
    name: "note that channels have gone",
    run: (store, now) => {
      const gone = refreshed(now).map(({ channel }) => ({ ...channel, goneAt: now }));
      return noteAbsences(store, APP, gone.slice(0, 50));
    },
  },
  { name: "repair times", run: repairTimes },
  {
    name: "repair terms",
    run: (store, now, signal) => repairTerms(store, { refreshMinutes: 15, now }, signal),
  },
  {
    name: "find what there is to tell",
    run: (store, now) => findNotices(store, { silentDays: 30, movePercent: 10 }, now),
  },
  { name: "thin snapshots", run: (store, now, signal) => thinSnapshots(store, DAYS, now, signal) },
  { name: "prune", run: pruneJobs },
  { name: "read how refreshes fare", run: readRefreshHealth },
  { name: "count snapshots", run: countSnapshots },
];

/** The longest statements of what a desk does by itself, over a store that is full. */
export async function measureWork(store: Store, longest: () => Busy): Promise<Figure[]> {
  // As it is after any hour of work: the planner knows what is in the tables.
  await keepHealthy(store, AbortSignal.timeout(LONGEST_MS));
  const timed: { readonly name: string; readonly time: number }[] = [];
  for (const { name, run } of WORK) {
    longest();
    await run(store, new Date(), AbortSignal.timeout(LONGEST_MS));
    timed.push({ name, time: longest().time });
  }
  const slowest = timed.reduce((a, b) => (b.time > a.time ? b : a));
  await keepHealthy(store, AbortSignal.timeout(LONGEST_MS));
  const upkeep = longest();
  return [
    {
      what: `the longest statement of what the desk does by itself (embedded): ${slowest.name}`,
      unit: "ms",
      value: slowest.time,
      target: { most: 50 },
    },
    {
      what: `the longest statement of the upkeep, every few hours (embedded): ${upkeep.statement}`,
      unit: "ms",
      value: upkeep.time,
      target: { most: 50 },
    },
  ];
}

/** Other counts than before, of channels that are known. */
function refreshed(now: Date) {
  return Array.from({ length: REFRESHED }, (_, index) => ({
    channel: {
      channelId: `@TOA#_channel_${1 + index * 150}`,
      name: `A name ${index}`,
      subscriberCount: index,
      lastMessageAt: now,
    },
    seenAt: now,
  }));
}
